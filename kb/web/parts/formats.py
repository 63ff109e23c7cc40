"""Formats of numbers, years, time limits and times in the reader's language; typed dates are parsed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Literal

from babel.dates import format_datetime, format_timedelta
from babel.numbers import format_decimal
from flask import Flask
from markupsafe import Markup

from kb.web.http import i18n
from kb.web.http.i18n import ngettext

# Matches 2 500 000 and 30.24, but not the 7 of E7.
_NUMBER = re.compile(r"(?<![\w.,])(?:\d{1,3}(?: \d{3})+|\d+(?:\.\d+)?)(?![\w.,]*\w)")
_PERCENT = re.compile(r" ?%")
_UNITS: Mapping[str, tuple[Literal["hour", "day", "week", "month", "year"], int]] = {
    "hour": ("hour", 1),
    "day": ("day", 24),
    "week": ("week", 7 * 24),
    "month": ("month", 30 * 24),
    "year": ("year", 365 * 24),
}
_LIMIT = re.compile(rf"(?:(\d+)[–-])?(\d+) (working day|{'|'.join(_UNITS)})s?")
_ANY = 1_000_000  # 48 hours are not written as 2 days
# Day first, as in Europe, or year first.
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})\.?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,2})\.?", re.ASCII)


def dialled(number: str) -> str:
    """Return a telephone number as a telephone dials it, without spaces and hyphens."""
    return re.sub(r"[^+0-9]", "", number)


def amount(value: str) -> str:
    """Return a figure with its numbers in the reader's format; other text stays as it is."""
    words = _NUMBER.sub(lambda found: _decimal(found[0]), period(value))
    return _PERCENT.sub("\N{NO-BREAK SPACE}%", words)


def _decimal(digits: str) -> str:
    return format_decimal(Decimal(digits.replace(" ", "")), locale=i18n.locale(), decimal_quantization=False)


def period(value: str) -> str:
    """Return a year or a range of years, `2012-2017`, with an en dash between them."""
    return re.sub(r"(?<=\d)-(?=\d)", "–", value)


def day_words(value: str) -> str:
    """Return a day, `2024-04-01`, in the reader's format; of some only the month or the year is known."""
    year, *rest = value.split("-")
    if not rest:
        return year
    try:
        day = date(int(year), int(rest[0]), int(rest[1]) if len(rest) > 1 else 1)
    except ValueError:  # a month 13 is shown unchanged
        return value
    return i18n.date_words(day) if len(rest) > 1 else i18n.month_words(day)


def limit(value: str) -> str:
    """Return a time limit, `3 days`, in the reader's words; unchanged if it is more than a number and a unit."""
    found = _LIMIT.fullmatch(value)
    if found is None:
        return value
    start, end, unit = found.groups()
    if unit in _UNITS:
        name, hours = _UNITS[unit]
        words = format_timedelta(timedelta(hours=int(end) * hours), name, _ANY, locale=i18n.locale())
    else:
        words = ngettext("%(count)s working day", "%(count)s working days", int(end), count=end)
    return words.replace(end, f"{start}–{end}", 1) if start else words


def init_app(app: Flask) -> None:
    """Register the filter for times in templates."""
    app.jinja_env.globals.update(moment=moment)


def moment(at: datetime) -> Markup:
    """Return a time to the minute in UTC, so that all editors see the same history."""
    at = at.astimezone(UTC)
    words = format_datetime(at, "medium", locale=i18n.locale()).rsplit(":", 1)[0]
    return Markup('<time datetime="{}">{} UTC</time>').format(at.isoformat(timespec="minutes"), words)


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
