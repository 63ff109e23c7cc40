"""Conditions that can be read, and ask about what is asked."""

from __future__ import annotations

from typing import Any

import pytest

from kb.content_store.reference_data import ReferenceData
from tests.kinds.tool.checking import Found, checked, codes


def part_when(knowledge: ReferenceData, condition: str) -> Found:
    return codes(checked("tools", knowledge.vocabularies, parts=[{"id": "offer", "when": condition}]))


@pytest.mark.parametrize(
    "condition",
    ["ch-model=m2", "ch-model(g1)!=m4", "b-service=absent and ch-model=m2", "b-service=open or b-service=filled"],
)
def test_good_conditions_have_no_problem(knowledge: ReferenceData, condition: str) -> None:
    assert part_when(knowledge, condition) == []


@pytest.mark.parametrize(
    "condition",
    [
        *("m2", "ch-model", "ch-model=m2 and b-service=open or ch-model=m4", "ch-model(g0)=m2", "b-service(g1)=open"),
        *("b-service=empty", "ch-model = ", "not ch-model=m2"),
    ],
)
def test_bad_conditions_are_told(knowledge: ReferenceData, condition: str) -> None:
    assert part_when(knowledge, condition) == [("bad-condition", ("parts", 0, "when"))]


@pytest.mark.parametrize("condition", ["ch-consent=a", "b-dpa=absent"])
def test_a_condition_asks_about_what_the_tool_asks(knowledge: ReferenceData, condition: str) -> None:
    assert part_when(knowledge, condition) == [("unasked-condition", ("parts", 0, "when"))]


def test_a_slip_is_told_with_what_was_meant(knowledge: ReferenceData) -> None:
    (problem,) = checked("tools", knowledge.vocabularies, parts=[{"id": "offer", "when": "ch-modell=m2"}])
    assert problem.text() == "This tool does not ask about ch-modell. Add it to choices_used, or enter ch-model."


def test_whether_a_blank_is_asked_for_depends_on_choices_alone(knowledge: ReferenceData) -> None:
    found = checked("tools", knowledge.vocabularies, uses=[{"id": "b-service", "when": "b-service=open"}])
    assert codes(found) == [("bad-condition", ("uses", 0, "when"))]


@pytest.mark.parametrize(
    ("key", "row"),
    [
        ("fields", {"id": "a1", "part": "offer", "type": "text", "label": "Name", "when": "perhaps"}),
        ("own_cautions", {"id": "w1", "when": "perhaps", "text": "Take care."}),
    ],
)
def test_conditions_of_all_lists_are_read(knowledge: ReferenceData, key: str, row: dict[str, Any]) -> None:
    changes: dict[str, Any] = {key: [row]}
    assert codes(checked("tools", knowledge.vocabularies, **changes)) == [("bad-condition", (key, 0, "when"))]


def test_conditions_of_the_register_are_read(knowledge: ReferenceData) -> None:
    cautions = [{"id": "w1", "when": "always", "text": "Take care."}]
    assert codes(checked("register", knowledge.vocabularies, cautions=cautions)) == [
        ("bad-condition", ("cautions", 0, "when"))
    ]
