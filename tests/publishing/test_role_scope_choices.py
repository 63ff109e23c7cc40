"""The limits that a role can have."""

from __future__ import annotations

import pytest

from kb.accounts.role_scope import Reach
from kb.content_store.reference_data import ReferenceData
from kb.publishing.role_scope_choices import areas, unknown_limits


@pytest.mark.parametrize(
    ("reach", "fields"),
    [
        (Reach(("PT", "EU", "XK"), ("referral", "opt-in-referral"), ("lt",)), []),
        (Reach(("US", "pt"), ("stages",), ("de",)), ["countries", "countries", "areas", "languages"]),
        (Reach(areas=("risk-assessment", "nothing")), ["areas"]),
    ],
)
def test_a_limit_that_nothing_could_meet_is_a_problem(
    knowledge: ReferenceData, reach: Reach, fields: list[str]
) -> None:
    assert [problem.where[0] for problem in unknown_limits(reach, knowledge.vocabularies)] == fields


def test_areas_are_those_of_the_vocabulary(knowledge: ReferenceData) -> None:
    assert "referral" in {term.id for term in areas(knowledge.vocabularies)}
