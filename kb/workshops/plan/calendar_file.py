"""Exports a workshop as a calendar file (iCalendar, RFC 5545): one event per day, in local time of the venue.

A workshop has a place and no time zone, so its times are floating (section 3.3.5, form 1). Every calendar shows 09:00
as 09:00, like the programme.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kb.workshops.model import Workshop
from kb.workshops.plan.timetable import Placed, minutes_of, programme

# Octets in a line without its line end (section 3.1).
_LONGEST = 75
_PRODUCT = "-//Praxis//Workshops//EN"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SPECIAL = re.compile(r"([\\;,])")


@dataclass(frozen=True)
class CalendarWords:
    """Texts of the events in the reader's language: the title, and the name of each slot."""

    title: str
    language: str
    slots: dict[str, str]
    address: str


@dataclass(frozen=True)
class _Day:
    """A day with a date. It runs from midnight to midnight if start and end are not known."""

    number: int
    day: date
    begins: int | None
    ends: int | None
    slots: tuple[Placed, ...] = ()

    def times(self) -> Iterator[str]:
        """Yield the lines with start and end. Raises `OverflowError` after the last date the calendar supports."""
        if self.begins is None or self.ends is None:
            yield f"DTSTART;VALUE=DATE:{_written(self.day)}"
            yield f"DTEND;VALUE=DATE:{_written(self.day + timedelta(days=1))}"
            return
        midnight = datetime.combine(self.day, time())
        for name, minutes in (("DTSTART", self.begins), ("DTEND", self.ends)):
            moment = midnight + timedelta(minutes=minutes)
            yield f"{name}:{_written(moment)}T{moment:%H%M%S}"


def calendar_file(workshop: Workshop, words: CalendarWords) -> str | None:
    """Return the file, or `None` for a workshop without a date."""
    try:
        events = [tuple(_event(workshop, words, day)) for day in _days(workshop)]
    except OverflowError:
        return None
    if not events:
        return None
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}"]
    for event in events:
        lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in fold(line))


def escaped(text: str) -> str:
    r"""Escape a text as a value of type TEXT (section 3.3.11): without control characters, line ends as `\n`."""
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SPECIAL.sub(r"\\\1", plain).replace("\n", "\\n")


def fold(line: str) -> Iterator[str]:
    """Fold a long line into lines of at most 75 octets each, without splitting a character."""
    start, octets = 0, 0
    for place, letter in enumerate(line):
        size = len(letter.encode())
        if octets + size > _LONGEST:
            yield line[start:place] if start == 0 else f" {line[start:place]}"
            start, octets = place, 1  # the space at the start of a continuation line
        octets += size
    yield line[start:] if start == 0 else f" {line[start:]}"


def _days(workshop: Workshop) -> Iterator[_Day]:
    if not workshop.held:
        return
    first = date.fromisoformat(workshop.held)
    slots = sorted(workshop.slots, key=lambda slot: slot.position)
    planned = programme(slots, workshop.starts, workshop.ends)
    for each in planned.days:
        yield _Day(each.number, first + timedelta(days=each.number - 1), each.begins, each.ends, each.slots)
    if not planned.days:
        begins, ends = minutes_of(workshop.starts), minutes_of(workshop.ends)
        is_told = begins is not None and ends is not None and begins < ends
        yield _Day(1, first, begins, ends) if is_told else _Day(1, first, None, None)


def _event(workshop: Workshop, words: CalendarWords, day: _Day) -> Iterator[str]:
    changed = workshop.changed.astimezone(UTC)
    stamp = f"{_written(changed)}T{changed:%H%M%S}Z"
    # The UID stays the same when the file is downloaded again. It does not reveal the URL of the workshop.
    yield f"UID:{uuid.uuid5(uuid.NAMESPACE_OID, f'praxis workshop {workshop.id} {day.number}')}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield from day.times()
    yield f"SUMMARY;LANGUAGE={words.language}:{escaped(words.title)}"
    if workshop.place:
        yield f"LOCATION:{escaped(workshop.place)}"
    if day.slots:
        lines = (f"{each.clock[0]} {words.slots.get(each.slot_id, '')}".strip() for each in day.slots)
        yield f"DESCRIPTION:{escaped(chr(10).join(lines))}"
    yield f"URL:{words.address}"


def _written(day: date) -> str:
    return f"{day.year:04}{day:%m%d}"
