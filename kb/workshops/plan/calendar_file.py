"""A workshop as a calendar file (iCalendar, RFC 5545): an event for each day, at the time that clocks in the room show.

A workshop has a place and no time zone, so its times are floating ones (section 3.3.5, form 1): 09:00 stands at 09:00
in the calendar of whoever opens it, as it does on the programme.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kb.workshops.model import Workshop
from kb.workshops.plan.timetable import Placed, minutes_of, programme

# Octets in a line without its end (section 3.1).
_LONGEST = 75
_PRODUCT = "-//Praxis//Workshops//EN"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SPECIAL = re.compile(r"([\\;,])")


@dataclass(frozen=True)
class CalendarWords:
    """What the events say, in the language of whoever takes the file: the title, and what each slot is called."""

    title: str
    language: str
    slots: dict[str, str]
    address: str


@dataclass(frozen=True)
class _Day:
    """A day that can be told: from midnight to midnight where nothing says when it begins and ends."""

    number: int
    day: date
    begins: int | None
    ends: int | None
    slots: tuple[Placed, ...] = ()

    def times(self) -> Iterator[str]:
        """Yield the lines that say when it is. Raises `OverflowError` behind the last day that the calendar knows."""
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
    """Return a text as a value of type TEXT (section 3.3.11): without control characters, line ends as `\\n`."""
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _SPECIAL.sub(r"\\\1", plain).replace("\n", "\\n")


def fold(line: str) -> Iterator[str]:
    """Yield the lines in which a long one is written: at most 75 octets each, and no character torn apart."""
    start, octets = 0, 0
    for place, letter in enumerate(line):
        size = len(letter.encode())
        if octets + size > _LONGEST:
            yield line[start:place] if start == 0 else f" {line[start:place]}"
            start, octets = place, 1  # the space that a line goes on with
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
    # The same event when the file is taken again; nobody can tell from it where the workshop is.
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
