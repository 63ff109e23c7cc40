"""Data of the pages for a person who was harmed: the countries to choose from, and the help in one country."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from kb.i18n import DEFAULT
from kb.kinds.country.emergency_number import is_112_answered
from kb.kinds.country.kind import KIND as COUNTRY
from kb.kinds.country.membership import EUROPE
from kb.kinds.country.model import HelplineKind
from kb.records.sources import Source
from kb.search.analysis.collation import sort_key
from kb.web.countries.helplines import HelplineGroup, HelplineView, helpline_groups, sources_of
from kb.web.countries.leaflet import CountryLeaflet, country_leaflet
from kb.web.countries.page import find_reading
from kb.web.http import i18n
from kb.web.http.rendering import generation
from kb.web.parts.passages import StateLine
from kb.web.practices.page import line

# How many numbers are shown at first, and the kinds that most people need.
_FEW = 5
_FIRST = (
    *(HelplineKind.VICTIMS, HelplineKind.DOMESTIC_VIOLENCE, HelplineKind.SEXUAL_VIOLENCE, HelplineKind.CHILDREN),
    HelplineKind.EMOTIONAL_SUPPORT,
)


@dataclass(frozen=True)
class CountryOption:
    """A country to choose."""

    name: str
    address: str


@dataclass(frozen=True)
class HelpIndexPage:
    """The countries: with numbers that we checked, with 112 alone, and without a known number.

    `spoken` is the one where the language of the page is spoken: an offer, and no guess of where the reader is.
    """

    spoken: tuple[CountryOption, ...]
    checked: tuple[CountryOption, ...]
    others: tuple[CountryOption, ...]
    unknown: tuple[CountryOption, ...]


@dataclass(frozen=True)
class NumberToCall:
    """A helpline with the words for whom it is; the first of its kind has an `anchor`, to which a search leads."""

    whom: str
    line: HelplineView
    anchor: str = ""


@dataclass(frozen=True)
class HelpPage:
    """The help in one country. `urgent` is its first number for danger, `None` if its record names none.

    `numbers` are the few to look at first, `more` the others. `leaflet` is the text for victims. `line` is the origin
    of the notes on the numbers.
    """

    name: str
    address: str
    urgent: HelplineView | None
    numbers: tuple[NumberToCall, ...]
    more: tuple[NumberToCall, ...]
    leaflet: CountryLeaflet | None
    sources: tuple[Source, ...]
    line: StateLine | None
    is_112_answered: bool


def help_index_page() -> HelpIndexPage:
    """Return the countries to choose from."""
    checked = {entry.id.upper() for entry in generation().catalog.entries(COUNTRY) if entry.card.numbers}
    others = {code for code in EUROPE - checked if is_112_answered(code)}
    language = i18n.current()
    spoken = {language.babel.partition("_")[2]} & checked if language.code != DEFAULT else ()
    return HelpIndexPage(_options(spoken), _options(checked), _options(others), _options(EUROPE - checked - others))


def help_page(code: str) -> HelpPage:
    """Return the help in a country; without checked numbers, at least what is known."""
    reading = find_reading(code)
    groups = helpline_groups(reading) if reading is not None else ()
    notes = [each.note for group in groups for each in group.lines if each.note is not None]
    urgent = next((each for group in groups for each in group.lines if group.id == HelplineKind.EMERGENCY), None)
    every = tuple(_Ranked(group, place, line) for group in groups for place, line in enumerate(group.lines))
    every = tuple(each for each in every if each.line != urgent)
    first = sorted(every, key=_need)[:_FEW]
    return HelpPage(
        name=i18n.country_name(code),
        address=url_for("countries.show", record_id=code.lower()),
        urgent=urgent,
        numbers=tuple(each.number for each in every if each in first),
        more=tuple(each.number for each in every if each not in first),
        leaflet=country_leaflet(code),
        sources=sources_of(groups),
        line=line(reading, notes) if reading is not None and notes else None,
        is_112_answered=is_112_answered(code),
    )


@dataclass(frozen=True)
class _Ranked:
    """A helpline with its group and its place in it."""

    group: HelplineGroup
    place: int
    line: HelplineView

    @property
    def number(self) -> NumberToCall:
        return NumberToCall(self.group.title, self.line, "" if self.place else f"call-{self.group.id}")


def _need(each: _Ranked) -> tuple[bool, bool, int]:
    """Return the rank of a helpline. Of each kind the first one counts before the second of any kind."""
    return each.group.id != HelplineKind.EMERGENCY, each.group.id not in _FIRST, each.place


def _options(codes: Iterable[str]) -> tuple[CountryOption, ...]:
    language = i18n.current().code
    options = (CountryOption(i18n.country_name(code), url_for("help.show", record_id=code.lower())) for code in codes)
    return tuple(sorted(options, key=lambda option: sort_key(option.name, language)))
