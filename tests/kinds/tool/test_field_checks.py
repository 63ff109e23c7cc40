"""The rules of case fields."""

from __future__ import annotations

from typing import Any

import pytest

from kb.content_store.reference_data import ReferenceData
from kb.problems import Severity
from kb.records.segments import fingerprint
from tests.kinds.tool.checking import Found, checked, codes


def found(knowledge: ReferenceData, **changes: Any) -> Found:
    field: dict[str, Any] = {"id": "a1", "part": "offer", "type": "text", "label": "Name"} | changes
    return codes(checked("tools", knowledge.vocabularies, fields=[field]))


@pytest.mark.parametrize(
    "good",
    [
        {"type": "text", "length": "60"},
        {"type": "many", "options": "one"},
        {"type": "grid", "options": "yes | no", "rows": "house | gate"},
        {"type": "need", "criteria": ["ASM-01"]},
    ],
)
def test_a_good_field_has_no_problem(knowledge: ReferenceData, good: dict[str, Any]) -> None:
    assert found(knowledge, **good) == []


def test_a_field_stands_in_a_section_that_is_printed(knowledge: ReferenceData) -> None:
    assert found(knowledge, part="nowhere") == [("unknown-part", ("fields", 0, "part"))]
    assert found(knowledge, part="note") == [("never-printed", ("fields", 0, "part"))]


@pytest.mark.parametrize(
    ("changes", "places"),
    [
        ({"type": "one"}, ["options"]),
        ({"type": "one", "options": "yes"}, ["options"]),
        ({"type": "one", "options": "yes | "}, ["options"]),
        ({"type": "many"}, ["options"]),
        ({"type": "grid", "rows": "house"}, ["options"]),
        ({"type": "grid"}, ["options", "rows"]),
    ],
)
def test_what_is_chosen_from_is_there(knowledge: ReferenceData, changes: dict[str, str], places: list[str]) -> None:
    assert found(knowledge, **changes) == [("no-entries", ("fields", 0, place)) for place in places]


def test_entries_that_a_type_has_no_use_for_are_noticed(knowledge: ReferenceData) -> None:
    assert found(knowledge, options="yes | no") == [("needless-entries", ("fields", 0, "options"))]


def italian(options: str, source: str) -> str:
    words = {"title": "Modulo", "summary": "Che cosa si invia.", "fields.a1.options": options}
    made = {"fields.a1.options": {"source": source, "by": "machine"}}
    return "\n".join(
        (
            "---",
            "language: it",
            "words:",
            *(f"  {name}: {text}" for name, text in words.items()),
            "made_from:",
            *(f"  {name}: {{source: {row['source']}, by: machine}}" for name, row in made.items()),
            "---",
            "",
        )
    )


def test_a_translation_has_as_many_options(knowledge: ReferenceData) -> None:
    fresh, old = fingerprint("yes | no"), "0" * 16
    assert checked("tools", knowledge.vocabularies, {"it": italian("si | no", fresh)}) == ()
    (problem,) = checked("tools", knowledge.vocabularies, {"it": italian("si | no | forse", fresh)})
    assert (problem.code, problem.path, problem.line) == ("other-number", "it", 6)
    assert (problem.params, problem.severity) == ({"expected": 2, "found": 3}, Severity.ERROR)
    (problem,) = checked("tools", knowledge.vocabularies, {"it": italian("si", old)})
    assert problem.severity is Severity.WARNING
