"""A card and the country's version of the form tell the police the same."""

from __future__ import annotations

import pytest

from kb.content_store.validation import lines_of
from kb.kinds.adaptation.cross_checks import between_country
from kb.records.bundle import SOURCE
from tests.builders import a_register, a_tool, an_adaptation
from tests.kinds.country.checking import a_country, a_country_text
from tests.kinds.country.test_guidance import rows
from tests.kinds.tool.checking import beside

# Verdict of the police, crime group, chosen model, and whether they contradict each other.
CASES = [
    ("yes", "g1", "m4", False),
    ("yes", "g1", "m2", True),
    ("if-agreed", "g1", "m4", True),
    ("if-agreed", "g1", "m2", False),
    ("yes", "g3", "m2", False),  # a report to the child protection service is a duty of its own
    ("yes", "g2", "m2", False),  # the row is about g1
]


@pytest.mark.parametrize(("verdict", "group", "model", "is_wrong"), CASES)
def test_a_verdict_that_contradicts_a_form_is_an_error_of_both(
    verdict: str, group: str, model: str, is_wrong: bool
) -> None:
    guidance = rows({"groups": ["g1", "g3"], "verdict": verdict})
    chosen = [{"id": "ch-model", "values": [f"{group}={model}"]}]
    country = a_country(guidance=guidance)
    house = [a_tool(), a_register(), country]
    found = [each.where for each in beside("adaptations", house, chosen=chosen) if each.code == "verdict-against-form"]
    assert found == ([("chosen", 0, "values", 0)] if is_wrong else [])
    adaptation = an_adaptation(chosen=chosen)
    problems = between_country(
        country,
        lines_of({SOURCE: a_country_text(guidance=guidance)}),
        lambda name: [adaptation] if name == "adaptations" else [],
    )
    found = [each.where for each in problems if each.code == "verdict-against-form"]
    assert found == ([("guidance", 0, "verdict")] if is_wrong else [])
