"""The rules of key facts."""

from __future__ import annotations

from typing import Any

import pytest

from kb.problems import Where
from tests.kinds.country.checking import problems_of

SUPPORT: dict[str, Any] = {"confidence": "high", "sources": ["s1"], "checked": "2026-11-20"}


def a_fact(fact_id: str = "k1", **changes: Any) -> dict[str, Any]:
    row = {"id": fact_id, "fact": "f-dpa", "known": "answered", "name": "Garante", "number": "06 1", **SUPPORT}
    return {key: value for key, value in (row | changes).items() if value is not None}


def found(*facts: dict[str, Any]) -> list[tuple[str, Where]]:
    return [(problem.code, problem.where) for problem in problems_of(facts=list(facts))]


@pytest.mark.parametrize(
    "good",
    [
        {},
        {"fact": "f-limits", "name": None, "number": None, "amount": "72", "unit": "hours"},
        {"fact": "f-age", "name": None, "number": None, "amount": "18"},
        {"known": "absent", "name": None, "number": None, "text": "There is no single line."},
        {"known": "not-known", "name": None, "number": None, "confidence": None, "sources": None, "checked": None},
    ],
)
def test_a_good_fact_has_no_problem(good: dict[str, Any]) -> None:
    assert found(a_fact(**good)) == []


def test_a_fact_is_one_that_tools_know() -> None:
    (problem,) = problems_of(facts=[a_fact(fact="f-dpo")])
    assert (problem.code, problem.where) == ("unknown-fact", ("facts", 0, "fact"))
    assert problem.text() == "f-dpo does not exist. Did you mean f-dpa?"


def test_an_answer_says_something_and_what_is_not_known_does_not() -> None:
    assert found(a_fact(name=None, number=None)) == [("no-answer", ("facts", 0))]
    (problem,) = problems_of(facts=[a_fact(known="absent")])
    assert (
        problem.text()
        == "This answer is marked as absent but has an entry for name, number. Correct the mark or remove the entry."
    )


def test_a_unit_stands_beside_an_amount() -> None:
    assert found(a_fact(unit="days")) == [("unit-of-nothing", ("facts", 0, "unit"))]


def test_hours_can_be_read() -> None:
    assert found(a_fact(hours=["daily"])) == [("bad-hours", ("facts", 0, "hours", 0))]


def test_who_reads_is_told_that_sources_contradict_each_other() -> None:
    other = a_fact("k2", number="06 2")
    assert found(a_fact(), other) == [
        ("unsaid-conflict", ("facts", 0, "conflicting")),
        ("unsaid-conflict", ("facts", 1, "conflicting")),
    ]
    assert found(a_fact(conflicting="yes"), other | {"conflicting": "yes"}) == []
    assert found(a_fact(conflicting="yes")) == [("lonely-conflict", ("facts", 0, "conflicting"))]


def test_rows_of_different_bodies_or_facts_do_not_contradict_each_other() -> None:
    assert found(a_fact(), a_fact("k2", name="Another", number="06 2")) == []
    assert found(a_fact(), a_fact("k2", fact="f-complaints", number="06 2")) == []
    assert found(a_fact(), a_fact("k2", number=None, email="a@example.org")) == []
