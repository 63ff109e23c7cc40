"""Computes start and end times of slots, and warnings where they do not fit. Pure arithmetic.

Times are minutes since midnight.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

from kb.i18n import N_
from kb.kinds.exercise.work_methods import WorkMethod
from kb.problems import Problem, Severity

_MIDNIGHT = 24 * 60
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


class Timed(Protocol):
    """The attributes of a slot that the computation needs."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def day(self) -> int:
        """The day of the workshop, from 1."""

    @property
    def starts(self) -> str:
        """The fixed start time; empty if the slot follows the previous one."""

    @property
    def minutes(self) -> int:
        """The duration in minutes."""

    @property
    def method(self) -> str:
        """The work method."""


@dataclass(frozen=True)
class Placed:
    """A slot with computed times. `early` is its overlap with the previous slot in minutes; `free` is a gap."""

    slot_id: str
    begins: int
    ends: int
    early: int = 0
    free: int = 0

    @property
    def clock(self) -> tuple[str, str]:
        """Start and end as clock times."""
        return clock(self.begins), clock(self.ends)


@dataclass(frozen=True)
class Day:
    """One day: its slots, its working minutes, and its minutes past the end time."""

    number: int
    slots: tuple[Placed, ...]
    work: int
    late: int = 0

    @property
    def begins(self) -> int:
        """The start of the first slot."""
        return self.slots[0].begins

    @property
    def ends(self) -> int:
        """The end of the last slot."""
        return max(slot.ends for slot in self.slots)


@dataclass(frozen=True)
class Timetable:
    """All days, with warnings. `where` of each warning names the slot."""

    days: tuple[Day, ...]
    warnings: tuple[Problem, ...]

    def warnings_of(self, slot_id: str) -> tuple[Problem, ...]:
        """Return the warnings of a slot."""
        return tuple(problem for problem in self.warnings if problem.where[:2] == ("slots", slot_id))


def minutes_of(time: str) -> int | None:
    """Return the minutes since midnight of `09:30`, `9:30` or `9.30`, or `None` for an invalid time."""
    match = _CLOCK.fullmatch(time.strip())
    return int(match[1]) * 60 + int(match[2]) if match else None


def clock(minutes: int) -> str:
    """Return minutes since midnight as `09:30`. Times past midnight wrap around."""
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def programme(slots: Sequence[Timed], starts: str, ends: str = "") -> Timetable:
    """Compute a programme whose days begin at `starts`, and should be over at `ends` if that is set.

    A slot with a fixed start time keeps it, regardless of the others.
    """
    begin, limit = minutes_of(starts) or 0, minutes_of(ends)
    days = tuple(
        _day(number, list(group), begin, limit)
        for number, group in groupby(sorted(slots, key=lambda slot: slot.day), key=lambda slot: slot.day)
    )
    return Timetable(days, tuple(problem for day in days for problem in _warnings(day, limit)))


def _day(number: int, slots: Sequence[Timed], begin: int, limit: int | None) -> Day:
    placed, now = list[Placed](), begin
    for index, slot in enumerate(slots):
        fixed = minutes_of(slot.starts)
        start = now if fixed is None else fixed
        apart = 0 if index == 0 else start - now
        placed.append(Placed(slot.id, start, start + slot.minutes, early=max(-apart, 0), free=max(apart, 0)))
        now = start + slot.minutes
    work = sum(slot.minutes for slot in slots if slot.method != WorkMethod.BREAK)
    end = max(slot.ends for slot in placed)
    return Day(number, tuple(placed), work, late=max(end - limit, 0) if limit is not None else 0)


def _warnings(day: Day, limit: int | None) -> Iterator[Problem]:
    for slot in day.slots:
        where = ("slots", slot.slot_id)
        if slot.early:
            message = N_("Starts at %(time)s, %(minutes)s min before the previous session ends.")
            yield _warning("overlap", message, where, time=clock(slot.begins), minutes=slot.early)
        if slot.free:
            message = N_("Unplanned time before %(time)s: %(minutes)s min.")
            yield _warning("gap", message, where, time=clock(slot.begins), minutes=slot.free)
        if slot.begins < _MIDNIGHT < slot.ends or slot.begins >= _MIDNIGHT:
            yield _warning(
                "past-midnight", N_("Runs past midnight. Shorten a session or move it to another day."), where
            )
    if day.late and limit is not None:
        message = N_("Day %(day)s ends at %(time)s, %(minutes)s min after the latest end time (%(limit)s).")
        where = ("days", str(day.number))
        yield _warning(
            "too-long-day", message, where, day=day.number, time=clock(day.ends), minutes=day.late, limit=clock(limit)
        )


def _warning(code: str, message: str, where: tuple[str, str], **params: object) -> Problem:
    return Problem(code, message, where, params=params, severity=Severity.WARNING)
