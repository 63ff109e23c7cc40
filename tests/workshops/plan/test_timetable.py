"""Programmes: times add up, or the page says where they do not."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kb.kinds.exercise.work_methods import WorkMethod
from kb.workshops.plan.timetable import clock, minutes_of, programme


@dataclass(frozen=True)
class A:
    id: str
    minutes: int
    starts: str = ""
    day: int = 1
    method: str = WorkMethod.TALK


def codes(*slots: A, ends: str = "") -> list[tuple[str, str]]:
    return [(problem.code, str(problem.where[1])) for problem in programme(slots, "09:00", ends).warnings]


def test_each_slot_begins_when_the_one_before_it_ends() -> None:
    found = programme([A("a", 20), A("b", 55), A("c", 15, method=WorkMethod.BREAK), A("d", 90)], "9:00", "12:00")
    assert [slot.clock for slot in found.days[0].slots] == [
        ("09:00", "09:20"),
        ("09:20", "10:15"),
        ("10:15", "10:30"),
        ("10:30", "12:00"),
    ]
    assert (found.days[0].work, found.warnings) == (165, ())


def test_a_slot_that_begins_before_the_one_above_it_ends_is_warned_of_and_keeps_its_time() -> None:
    found = programme([A("case", 90, "10:30"), A("talk", 40, "11:50"), A("lunch", 60)], "10:30")
    assert [slot.clock for slot in found.days[0].slots][1:] == [("11:50", "12:30"), ("12:30", "13:30")]
    (warning,) = found.warnings_of("talk")
    assert warning.text() == "Starts at 11:50, 10 min before the previous session ends."


def test_time_that_is_not_planned_is_said() -> None:
    assert codes(A("a", 30), A("b", 30, "10:00")) == [("gap", "b")]
    assert codes(A("a", 30, "10:00")) == []  # nothing can be missing before the first slot


def test_a_day_that_ends_too_late_says_by_how_much() -> None:
    found = programme([A("a", 90), A("b", 100)], "09:00", "12:00")
    assert [problem.text() for problem in found.warnings] == [
        "Day 1 ends at 12:10, 10 min after the latest end time (12:00)."
    ]
    assert found.days[0].late == 10


def test_a_long_slot_that_another_one_lies_within_still_decides_when_the_day_ends() -> None:
    assert programme([A("a", 120), A("b", 10, "09:30")], "09:00").days[0].ends == 11 * 60


def test_each_day_begins_anew() -> None:
    found = programme([A("a", 60), A("b", 60), A("c", 45, day=2)], "09:00", "10:30")
    assert [(day.number, clock(day.begins), clock(day.ends), day.late) for day in found.days] == [
        (1, "09:00", "11:00", 30),
        (2, "09:00", "09:45", 0),
    ]


def test_midnight_is_warned_of() -> None:
    assert codes(A("a", 600), A("b", 400)) == [("past-midnight", "b")]
    assert codes(A("a", 600), A("b", 300)) == []


def test_an_empty_programme_is_one() -> None:
    assert programme([], "09:00").days == ()


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("09:30", 570), ("9:30", 570), ("9.30", 570), (" 23:59 ", 1439), ("24:00", None), ("9", None), ("", None)],
)
def test_times_as_people_type_them(typed: str, minutes: int | None) -> None:
    assert minutes_of(typed) == minutes
