from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb.kinds.exercise.model import EXERCISE
from kb.kinds.programme.checks import between, check, links
from kb.kinds.programme.model import PROGRAMME
from kb.kinds.programme.template import new_programme
from kb.law.model import Law
from kb.problems import Where
from kb.records.bundle import SOURCE, read_bundle, read_source
from kb.records.front_matter import splice
from kb.records.links import RecordLink
from kb.records.record import Bundle
from kb.vocabulary.model import Vocabularies

SAMPLE = Path(__file__).parents[2] / "sample"
TEXT = (SAMPLE / "programmes" / "short-evening" / "programme.md").read_text(encoding="utf-8")
CASE = (SAMPLE / "exercises" / "lost-key" / "exercise.md").read_text(encoding="utf-8")


def a_programme(text: str = TEXT) -> Bundle[Any]:
    bundle, problems = read_bundle(PROGRAMME, "short-evening", {SOURCE: text})
    assert bundle is not None, [str(problem) for problem in problems]
    return bundle


def codes(text: str = TEXT) -> list[tuple[str, Where]]:
    found = check(a_programme(text), lambda _part, _where: None, Vocabularies(), Law())
    return [(problem.code, problem.where) for problem in found]


def exercises(kind: str) -> list[Bundle[Any]]:
    assert kind == "exercises"
    bundle, _ = read_bundle(EXERCISE, "lost-key", {SOURCE: CASE})
    assert bundle is not None
    return [bundle]


def test_a_good_programme_has_no_problem() -> None:
    assert codes() == []
    assert between(a_programme(), lambda _part, _where: None, exercises) == ()


def test_each_day_is_as_long_as_its_slots() -> None:
    programme = a_programme().record
    assert (programme.minutes_of("1"), programme.minutes_of("2")) == (75, 45)


def test_what_slots_work_with_are_links() -> None:
    assert links(a_programme()) == (
        RecordLink("exercises", "lost-key", None, SOURCE, ("slots", 1, "records", 0)),
        RecordLink("tools", "gate-slip", None, SOURCE, ("slots", 1, "records", 1)),
    )


def test_a_slot_that_is_shorter_than_its_exercise_is_warned_of() -> None:
    found = between(
        a_programme(TEXT.replace('"45", method: case', '"44", method: case')), lambda _p, _w: None, exercises
    )
    assert [(problem.code, problem.where) for problem in found] == [("short-slot", ("slots", 1, "minutes"))]
    assert found[0].severity == "warning"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('day: "2"', 'day: "3"', ("days-out-of-order", ("slots", 3, "day"))),
        ("id: s1,", 'id: s1, day: "3",', ("days-out-of-order", ("slots", 0, "day"))),
        ("title: Break}", "title: Break, records: [tools/gate-slip]}", ("work-in-break", ("slots", 2, "records"))),
        ('"18:00"', '"23:00"', ("too-long-day", ("slots",))),
    ],
)
def test_what_cannot_be_is_found(old: str, new: str, expected: tuple[str, Where]) -> None:
    assert expected in codes(TEXT.replace(old, new))


def test_without_slots_it_is_not_published() -> None:
    nothing: dict[str, Any] = {"slots": []}
    assert codes(splice(TEXT, nothing)) == [("no-slots", ("slots",))]


def test_nothing_is_wrong_with_a_new_programme_but_what_is_missing() -> None:
    _, _, problems = read_source(PROGRAMME, "a-day", new_programme("a-day", "en"))
    assert [(problem.code, problem.where) for problem in problems] == [
        ("missing-key", ("title",)),
        ("missing-key", ("summary",)),
        ("missing-key", ("audience",)),
        ("missing-key", ("aims",)),
    ]
