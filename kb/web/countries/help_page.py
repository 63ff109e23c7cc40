"""Data of the pages with numbers to call: the countries to choose from, and the helplines of one country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from kb.kinds.country.emergency_number import is_112_answered
from kb.kinds.country.kind import KIND as COUNTRY
from kb.kinds.country.membership import EUROPE
from kb.kinds.country.model import HelplineKind
from kb.records.sources import Source
from kb.search.analysis.collation import sort_key
from kb.web.countries.helplines import HelplineGroup, helpline_groups, sources_of
from kb.web.countries.page import find_reading
from kb.web.http import i18n
from kb.web.http.rendering import generation
from kb.web.parts.passages import StateLine
from kb.web.practices.page import line


@dataclass(frozen=True)
class CountryOption:
    """A country to choose."""

    name: str
    address: str


@dataclass(frozen=True)
class HelpIndexPage:
    """The countries: with numbers that we checked, with 112 alone, and without a known number."""

    checked: tuple[CountryOption, ...]
    others: tuple[CountryOption, ...]
    unknown: tuple[CountryOption, ...]


@dataclass(frozen=True)
class HelpPage:
    """The helplines of one country; `urgent` is `None` if its record names no emergency number."""

    name: str
    address: str
    urgent: HelplineGroup | None
    groups: tuple[HelplineGroup, ...]
    sources: tuple[Source, ...]
    source_numbers: Mapping[str, int]
    line: StateLine | None
    is_112_answered: bool


def help_index_page() -> HelpIndexPage:
    """Return the countries to choose from."""
    checked = {entry.id.upper() for entry in generation().catalog.entries(COUNTRY) if entry.card.numbers}
    others = {code for code in EUROPE - checked if is_112_answered(code)}
    return HelpIndexPage(_options(checked), _options(others), _options(EUROPE - checked - others))


def help_page(code: str) -> HelpPage:
    """Return the helplines of a country; without checked ones, at least what is known."""
    reading = find_reading(code)
    groups = helpline_groups(reading) if reading is not None else ()
    sources = sources_of(groups)
    notes = [each.note for group in groups for each in group.lines if each.note is not None]
    return HelpPage(
        name=i18n.country_name(code),
        address=url_for("countries.show", record_id=code.lower()),
        urgent=next((group for group in groups if group.id == HelplineKind.EMERGENCY), None),
        groups=tuple(group for group in groups if group.id != HelplineKind.EMERGENCY),
        sources=sources,
        source_numbers={source.id: number for number, source in enumerate(sources, 1)},
        line=line(reading, notes) if reading is not None and notes else None,
        is_112_answered=is_112_answered(code),
    )


def _options(codes: Iterable[str]) -> tuple[CountryOption, ...]:
    language = i18n.current().code
    options = (CountryOption(i18n.country_name(code), url_for("help.show", record_id=code.lower())) for code in codes)
    return tuple(sorted(options, key=lambda option: sort_key(option.name, language)))
