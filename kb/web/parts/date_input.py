"""Parses a date as people type it, in any of the ways in which Europe writes one."""

from __future__ import annotations

import re
from datetime import date

# Day first, as Europe writes it, or the year first.
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})\.?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,2})\.?", re.ASCII)


def read_day(typed: str) -> date | None:
    """Return the day that somebody typed: 12.03.2027, 12/3/2027 or 2027-03-12; `None` for what is none."""
    text = typed.strip()
    if found := _DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    elif found := _YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
