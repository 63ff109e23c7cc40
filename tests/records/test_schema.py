from __future__ import annotations

from datetime import date
from enum import StrEnum

import pytest

from kb.problems import Problem
from kb.records.front_matter import read_yaml
from kb.records.record import Address, CountryCode, Facts, RecordId, RowId, Year
from kb.records.schema import validate
from kb.records.segments import Words


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Part(Facts):
    id: RowId
    label: Words
    year: Year | None = None


class Sample(Facts):
    id: RecordId
    title: Words
    country: CountryCode | None = None
    address: Address | None = None
    day: date | None = None
    number: int = 0
    yes: bool = False
    colour: Colour | None = None
    parts: tuple[Part, ...] = ()
    group: Part | None = None
    named: dict[str, Part] | None = None


def problems_of(yaml: str, *, head: str = "id: one\ntitle: T\n") -> tuple[Problem, ...]:
    front, problems = read_yaml(head + yaml)
    assert problems == ()
    return validate(Sample, front)[1]


def only(yaml: str) -> Problem:
    problems = problems_of(yaml)
    assert len(problems) == 1, problems
    return problems[0]


def test_right_facts_become_a_model() -> None:
    front, _ = read_yaml("id: one\ntitle: NO\nday: 2026-11-25\nnumber: 012\nyes: no\nparts:\n- {id: a, label: 7}\n")
    sample, problems = validate(Sample, front)
    assert problems == ()
    assert sample is not None
    assert (sample.title, sample.day, sample.number, sample.yes) == ("NO", date(2026, 11, 25), 12, False)
    assert sample.parts == (Part(id="a", label="7"),)


@pytest.mark.parametrize(
    ("yaml", "code", "message"),
    [
        ("day: 25.11.2026\n", "bad-date", "Enter a date, for example 2026-11-30."),
        ("day: 2026-02-30\n", "bad-date", "Enter a date, for example 2026-11-30."),
        ("number: many\n", "bad-number", "number must be a number."),
        ("yes: perhaps\n", "unknown-value", "perhaps is not in the list: yes, no."),
        ("colour: green\n", "unknown-value", "green is not in the list: red, blue."),
        (
            "country: pt\n",
            "bad-country",
            "Enter the two-letter country code in capitals, for example PT. For the European Union, enter EU.",
        ),
        ("address: example.org\n", "bad-address", "Enter a full web address that starts with https:// or http://."),
        ("address: 'javascript:x'\n", "bad-address", "Enter a full web address that starts with https:// or http://."),
        ("parts: [a]\n", "expected-group", "parts must be a group of keys and values."),
        ("parts: a\n", "expected-list", "parts must be a list. Write its entries in square brackets or one per line."),
        ("group: a\n", "expected-group", "group must be a group of keys and values."),
        ("country: [PT]\n", "expected-text", "country must be a text, not a list or a group of keys."),
        ("parts: [{id: a}]\n", "missing-key", "label is missing."),
        ("parts: [{id: a, label: x, year: 20}]\n", "bad-year", "Enter a year with four digits, for example 2010."),
        ("colour: {a: b}\n", "unknown-value", "{'a': 'b'} is not in the list: red, blue."),
    ],
)
def test_each_mistake_says_what_to_write(yaml: str, code: str, message: str) -> None:
    problem = only(yaml)
    assert (problem.code, problem.text(), problem.line) == (code, message, 3)


def test_an_id_is_words_joined_by_hyphens() -> None:
    front, _ = read_yaml("id: One_two\ntitle: T\n")
    assert [problem.code for problem in validate(Sample, front)[1]] == ["bad-id"]


def test_a_missing_key_is_told_at_the_first_line_or_at_its_row() -> None:
    first, second = problems_of("parts:\n- {id: a, label: x}\n- {id: b}\n", head="id: one\n")
    assert (first.code, first.where, first.line) == ("missing-key", ("title",), 1)
    assert (second.where, second.line) == (("parts", 1, "label"), 4)


def test_an_empty_key_is_a_missing_key() -> None:
    assert [problem.where for problem in problems_of("", head="id: one\ntitle:\n")] == [("title",)]


def test_an_unknown_key_is_told_with_the_nearest() -> None:
    problem = only("colur: red\n")
    assert (problem.code, problem.params) == ("unknown-key", {"key": "colur", "near": "colour"})
    assert only("parts:\n- {id: a, label: x, yeer: 2020}\n").params["near"] == "year"
    assert only("group: {id: a, label: x, yeer: 2020}\n").params["near"] == "year"


def test_an_unknown_key_unlike_all_is_to_be_removed() -> None:
    problem = only("zzz: x\n")
    assert problem.text() == "The key zzz does not exist here. Remove it."
    assert problem.params == {"key": "zzz"}


def test_all_problems_come_at_once_with_their_lines() -> None:
    problems = problems_of("country: pt\nday: soon\nzzz: x\ncolour: green\n")
    assert {(problem.code, problem.line) for problem in problems} == {
        *(("bad-country", 3), ("bad-date", 4), ("unknown-key", 5), ("unknown-value", 6)),
    }


def test_a_very_long_value_is_cut_in_the_message() -> None:
    assert len(only(f"colour: {'x' * 500}\n").text()) < 150
