"""Parses opening hours such as `mo-fr 09:00-17:00` into days and times; other modules put them into words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

ALWAYS, NOT_KNOWN = "always", "not-known"
DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
_DAY = "|".join(DAYS)
_SPAN = re.compile(rf"(?P<first>{_DAY})(?:-(?P<last>{_DAY}))? (?P<start>\d\d:\d\d)-(?P<end>\d\d:\d\d)")
_MIDNIGHT = "24:00"


@dataclass(frozen=True)
class Opening:
    """A range of days (0 is Monday, both ends included) with a start time and an end time.

    An end before the start is on the next day. An end equal to the start means the whole day.
    """

    first: int
    last: int
    start: time
    end: time


def read_opening(text: str) -> Opening | None:
    """Parse an entry such as `mo-fr 09:00-17:00` or `sa 10:00-12:30`; return `None` if it is malformed."""
    match = _SPAN.fullmatch(text)
    if match is None:
        return None
    start, end = _time(match["start"]), _time(match["end"])
    if start is None or end is None or match["start"] == match["end"]:
        return None
    first = DAYS.index(match["first"])
    last = DAYS.index(match["last"]) if match["last"] else first
    return Opening(first, last, start, end) if first <= last else None


def _time(text: str) -> time | None:
    """Parse a time of day; `24:00` becomes `00:00`. Return `None` if it is malformed."""
    try:
        return time.fromisoformat("00:00" if text == _MIDNIGHT else text)
    except ValueError:
        return None
