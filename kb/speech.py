"""Localized text for documents: messages, dates, names and lengths of time in one language, for all layers.

The caller provides the message catalogue; dates and names come from Babel. `web/i18n.py` does the same for pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache, lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date, format_time, format_timedelta, get_day_names
from babel.lists import format_list

from kb.i18n import LANGUAGES

_ANY = 1_000_000  # 48 hours are not shown as 2 days
Span = Literal["hour", "day", "week", "month", "year"]
_SPANS: dict[str, tuple[Span, int]] = {
    "hours": ("hour", 1),
    "days": ("day", 24),
    "weeks": ("week", 7 * 24),
    "months": ("month", 30 * 24),
    "years": ("year", 365 * 24),
}
WORKING_DAYS = "working-days"


@dataclass(frozen=True)
class LocaleWords:
    """Formatting with Babel in one language, given by its code: dates, names of countries and languages, lists."""

    code: str

    @property
    def locale(self) -> Locale:
        """The Babel locale."""
        return _locale(LANGUAGES[self.code].babel)

    def date(self, day: date) -> str:
        """Return a date in long form: 25 November 2026."""
        return format_date(day, "long", self.locale)

    def country(self, code: str) -> str:
        """Return the name of a country, or its code if Babel has no name."""
        return _country(self.code, code)

    def language(self, code: str) -> str:
        """Return the name of a language, or its code if Babel has no name."""
        return str(self.locale.languages.get(code, code))

    def listing(self, names: Iterable[str]) -> str:
        """Return names as a list in words: a, b and c."""
        every = list(names)
        return every[0] if len(every) == 1 else format_list(every, locale=self.locale)


@dataclass(frozen=True)
class Speech(LocaleWords):
    """One language: its code, and functions that translate a message and a plural message."""

    translate: Callable[[str], str]
    plural: Callable[[str, str, int], str]

    def say(self, message: str, **places: object) -> str:
        """Return a message with its named placeholders filled."""
        words = self.translate(message)
        return words % places if places else words

    def count(self, singular: str, plural: str, number: int, **places: object) -> str:
        """Return a message for a number of things; `%(count)s` is the number."""
        return self.plural(singular, plural, number) % {"count": number, **places}

    def time(self, moment: time) -> str:
        """Return a time of day."""
        return format_time(moment, "short", locale=self.locale)

    def day_name(self, day: int) -> str:
        """Return the name of a day of the week, from 0 for Monday."""
        return str(get_day_names("wide", context="stand-alone", locale=self.locale)[day])

    def span(self, amount: int, unit: str) -> str:
        """Return a length of time in `hours`, `days`, `weeks`, `months`, `years` or `working-days`."""
        if unit == WORKING_DAYS:
            return self.count("%(count)s working day", "%(count)s working days", amount)
        name, hours = _SPANS[unit]
        return format_timedelta(timedelta(hours=amount * hours), name, _ANY, locale=self.locale)


def lower_first(words: str) -> str:
    """Return a label as it is written within a sentence: its first letter in lower case.

    A first word with more capitals, such as “AI” or “PDF”, stays as it is. Not for labels that begin with a name.
    """
    first = words.partition(" ")[0]
    return words if first[1:] != first[1:].lower() else words[:1].lower() + words[1:]


@lru_cache(maxsize=4096)
def _country(language: str, code: str) -> str:
    return str(LocaleWords(language).locale.territories.get(code, code))


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)
