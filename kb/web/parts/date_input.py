"""Parse dates typed in the formats that are usual in Europe."""

from __future__ import annotations

import re
from datetime import date

# Day first, as in Europe, or year first.
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})\.?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,2})\.?", re.ASCII)


def read_day(typed: str) -> date | None:
    """Parse a typed date: 12.03.2027, 12/3/2027 or 2027-03-12; `None` if it is not a date."""
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
