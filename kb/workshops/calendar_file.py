"""A workshop as a calendar file (iCalendar, RFC 5545): one event for each day, at the time that the clock in the room shows.

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
from kb.workshops.programme import Placed, clock, minutes_of, programme

# Octets in a line without its end (section 3.1).
_LONGEST = 75
_PRODUCT = "-//Praxis//Workshops//EN"
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SPECIAL = re.compile(r"([\\;,])")


@dataclass(frozen=True)
class Words:
    """What the events say, in the language of whoever takes the file: the title, and what each slot is called."""

    title: str
    language: str
    slots: dict[str, str]
    address: str


def calendar_file(workshop: Workshop, words: Words) -> str | None:
    """Return the file, or `None` for a workshop without a date."""
    days = tuple(_days(workshop))
    if not days:
        return None
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_PRODUCT}"]
    for number, times, placed in days:
        lines += ["BEGIN:VEVENT", *_event(workshop, words, number, times, placed), "END:VEVENT"]
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


def _days(workshop: Workshop) -> Iterator[tuple[int, tuple[str, ...], tuple[Placed, ...]]]:
    """Yield each day that can be told: its number, when it begins and ends, and what is in it."""
    if not workshop.held:
        return
    first = date.fromisoformat(workshop.held)
    planned = programme(sorted(workshop.slots, key=lambda slot: slot.position), workshop.starts, workshop.ends)
    for day in planned.days:
        yield from _day(first, day.number, day.begins, day.ends, day.slots)
    if not planned.days:
        begins, ends = minutes_of(workshop.starts), minutes_of(workshop.ends)
        is_known = begins is not None and ends is not None and begins < ends
        yield from _day(first, 1, *((begins, ends) if is_known else (None, None)), ())


def _day(
    first: date, number: int, begins: int | None, ends: int | None, placed: tuple[Placed, ...]
) -> Iterator[tuple[int, tuple[str, ...], tuple[Placed, ...]]]:
    try:
        day = first + timedelta(days=number - 1)
        if begins is None or ends is None:
            after = day + timedelta(days=1)
            yield number, (f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"), placed
        else:
            midnight = datetime.combine(day, time())
            moments = (midnight + timedelta(minutes=minutes) for minutes in (begins, ends))
            yield (
                number,
                tuple(
                    f"{name}:{_local(moment)}" for name, moment in zip(("DTSTART", "DTEND"), moments, strict=True)
                ),
                placed,
            )
    except OverflowError:  # behind the last day that the calendar knows
        return


def _event(
    workshop: Workshop, words: Words, number: int, times: tuple[str, ...], placed: tuple[Placed, ...]
) -> Iterator[str]:
    changed = f"{workshop.changed.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    # The same event when the file is taken again; nobody can tell from it where the workshop is.
    yield f"UID:{uuid.uuid5(uuid.NAMESPACE_OID, f'praxis workshop {workshop.id} {number}')}"
    yield f"DTSTAMP:{changed}"
    yield f"LAST-MODIFIED:{changed}"
    yield from times
    yield f"SUMMARY;LANGUAGE={words.language}:{escaped(words.title)}"
    if workshop.place:
        yield f"LOCATION:{escaped(workshop.place)}"
    if placed:
        lines = (f"{clock(each.begins)} {words.slots.get(each.slot_id, '')}".strip() for each in placed)
        yield f"DESCRIPTION:{escaped(chr(10).join(lines))}"
    yield f"URL:{words.address}"


def _local(moment: datetime) -> str:
    return f"{moment.year:04}{moment:%m%dT%H%M%S}"
