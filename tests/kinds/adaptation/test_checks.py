"""The rules of an adaptation: those of a tool, its country, what it chose and filled in."""

from __future__ import annotations

from typing import Any

import pytest

from kb.content_store.reference_data import ReferenceData
from tests.kinds.tool.checking import Found, checked, codes


def found(knowledge: ReferenceData, **changes: Any) -> Found:
    return codes(checked("adaptations", knowledge.vocabularies, **changes))


def test_a_good_adaptation_has_no_problem(knowledge: ReferenceData) -> None:
    assert found(knowledge) == []


def test_an_adaptation_is_called_by_its_tool_and_country(knowledge: ReferenceData) -> None:
    assert found(knowledge, country="RO") == [("other-id", ("id",))]
    assert found(knowledge, country="UK", id="referral-form-uk") == [("unknown-country", ("country",))]


def test_the_rules_of_tools_hold(knowledge: ReferenceData) -> None:
    assert found(knowledge, parts=[{"id": "nowhere"}]) == [("part-without-section", ("parts", 0, "id"))]


def test_what_was_chosen_is_asked_for(knowledge: ReferenceData) -> None:
    chosen = [{"id": "ch-other", "values": ["a"]}, {"id": "ch-model", "values": []}]
    assert found(knowledge, chosen=chosen) == [
        ("unasked-choice", ("chosen", 0, "id")),
        ("nothing-chosen", ("chosen", 1, "values")),
    ]


def test_groups_are_those_of_crimes(knowledge: ReferenceData) -> None:
    assert found(knowledge, chosen=[{"id": "ch-model", "values": ["g12=m2", "gx=m2", "g9=m2"]}]) == [
        ("unknown-group", ("chosen", 0, "values", 0)),
        ("unknown-group", ("chosen", 0, "values", 1)),
    ]


@pytest.mark.parametrize(
    ("row", "code", "key"),
    [
        ({"id": "b-emergency"}, "nothing-filled", "text"),
        ({"id": "b-emergency", "absent": "no"}, "nothing-filled", "text"),
        ({"id": "b-emergency", "absent": "yes", "text": "112"}, "filled-and-absent", "text"),
        ({"id": "b-dpa", "text": "Authority"}, "blank-not-in-uses", "id"),
        ({"id": "b-emergency", "text": "112", "source": "s9"}, "unknown-source", "source"),
        ({"id": "b-emergency", "text": "{{b-service}}"}, "not-filled", "text"),
    ],
)
def test_what_was_filled_in_is_a_blank_with_a_text(
    knowledge: ReferenceData, row: dict[str, str], code: str, key: str
) -> None:
    sections = {"offer": "May I tell you about {{b-service}}? Ring {{b-emergency}}.[^s1]"}
    assert found(knowledge, filled=[row], sections=sections) == [(code, ("filled", 0, key))]


def test_a_source_that_is_filled_in_from_is_cited(knowledge: ReferenceData) -> None:
    assert found(knowledge, filled=[{"id": "b-emergency", "text": "112"}]) == [("uncited-source", ("sources", 0, "id"))]


def test_nobody_is_said_to_have_reviewed_what_a_machine_drafted(knowledge: ReferenceData) -> None:
    assert found(knowledge, reviewed_by_lawyer="A lawyer") == [("person-claimed", ("reviewed_by_lawyer",))]
    assert found(knowledge, reviewed_by_lawyer="A lawyer", origin=None) == []
