"""Help in searches: phone numbers above the results for readers who may need help, and help pages as results.

The language of a search does not tell where the reader is. So the numbers of the country in the address, or of those
that the search names, are shown, and other countries are only offered as links. On a phone the box must leave room: a
country has its emergency number and the helplines that fit the search best, and the others are on its help page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from flask import url_for

from kb.i18n import DEFAULT, LANGUAGES
from kb.kinds.country import emergency_number
from kb.kinds.country.helpline_audiences import TERMS
from kb.kinds.country.kind import KIND as COUNTRY
from kb.kinds.country.membership import EUROPE
from kb.kinds.country.model import HelplineKind
from kb.search.analysis.collation import sort_key
from kb.search.analysis.word_forms import normal
from kb.search.query.search_query import SearchQuery
from kb.search.results.results import SearchResults
from kb.web.countries.help_page import CountryOption
from kb.web.countries.helplines import HelplineGroup, HelplineView, helpline_groups
from kb.web.countries.page import find_reading
from kb.web.http import i18n
from kb.web.http.country_urls import home_country
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, store
from kb.web.search.page_hits import allows, page_hit
from kb.web.search.passages import MarkedHit

KIND = "help"  # a value of the facet of kinds that is not in the index
_SHOWN = 2  # countries with numbers above the results; others get a link
_HELPLINES = 2  # of all these countries together, besides the emergency numbers


@dataclass(frozen=True)
class CountryNumbers:
    """The first numbers of a country that a search names. `is_112_first` if its record has no number for danger."""

    choice: CountryOption
    groups: tuple[HelplineGroup, ...]
    is_112_first: bool


@dataclass(frozen=True)
class HelpBox:
    """The box above the results: numbers of the named countries, and links to others that the reader may mean."""

    countries: tuple[CountryNumbers, ...]
    offers: tuple[CountryOption, ...]


@dataclass(frozen=True)
class FoundHelp:
    """The help on one page of results: the box, and the help pages that it finds."""

    box: HelpBox | None = None
    hits: tuple[MarkedHit, ...] = ()


NO_HELP = FoundHelp()


def find_help(query: SearchQuery, results: SearchResults | None) -> FoundHelp:
    """Return the help for a page of results, or for the page without an index.

    A search in a victim's own words has the box; help pages are among its results only if they are searched for.
    """
    asking = store().help_words.languages(query.text)
    is_for_help = query.is_selected("kind", KIND)
    named = countries_of(query, results) if query.text else _named_countries(query, results)
    if not asking:
        return FoundHelp(hits=_help_hits(query, named)) if not query.text and is_for_help else NO_HELP
    seems = results.language if results is not None else ""
    shown, kinds = named[:_SHOWN], _fitting_kinds(query, results)
    most = max(1, _HELPLINES // max(1, len(shown)))
    numbers = tuple(_country_numbers(code, query.text, kinds, most) for code in shown)
    offers = help_offers(asking, seems, leave_out=shown, kinds=kinds) if len(shown) < _SHOWN else ()
    return FoundHelp(HelpBox(numbers, offers), _help_hits(query, named) if is_for_help else ())


def help_offers(
    asking: tuple[str, ...], seems: str = "", leave_out: Iterable[str] = (), kinds: frozenset[str] = frozenset()
) -> tuple[CountryOption, ...]:
    """Return the countries where the language of a call for help is spoken, else that of the page.

    `asking` are all languages that the call may be in. If the language it `seems` to be in, or that of the page, is
    among them, that one counts. English is spoken everywhere: it offers the countries of all languages of the site,
    unless there is a country to `leave_out`. The links lead to the first helpline of these `kinds`, if there is one.
    """
    here = i18n.current().code
    meant = next(((code,) for code in (seems, here) if code in asking), asking)
    spoken = [code for code in meant if code in LANGUAGES and code != DEFAULT] or [here]
    if spoken == [DEFAULT] and not leave_out:
        spoken = list(LANGUAGES)
    codes = [LANGUAGES[code].country for code in spoken if code != DEFAULT]
    return tuple(_option(code, kinds) for code in codes if code in EUROPE and code not in leave_out)


def countries_of(query: SearchQuery, results: SearchResults | None) -> tuple[str, ...]:
    """Return the countries of Europe that a search is about: those named, else that of the reader."""
    home = home_country()
    return _named_countries(query, results) or ((home,) if home in EUROPE else ())


def _named_countries(query: SearchQuery, results: SearchResults | None) -> tuple[str, ...]:
    """Return the countries of Europe that the filters or the words name."""
    recognised = results.recognised if results is not None else ()
    in_words = (each.term_id for each in recognised if each.kind == "country" and not each.is_off)
    named = dict.fromkeys((*query.facets.get("country", ()), *in_words))
    return tuple(code for code in named if code in EUROPE)


def _option(code: str, kinds: frozenset[str] = frozenset()) -> CountryOption:
    groups = _groups(code, i18n.current().code, generation().stamp) if kinds else ()
    fitting = next((f"call-{group.id}" for group in groups if group.id in kinds), None)
    return CountryOption(i18n.country_name(code), url_for("help.show", record_id=code.lower(), _anchor=fitting))


def _fitting_kinds(query: SearchQuery, results: SearchResults | None) -> frozenset[str]:
    """Return the kinds of helplines for what the words and filters name, and for somebody who does not want to live."""
    recognised = results.recognised if results is not None else ()
    terms = {each.term_id for each in recognised if not each.is_off}.union(*query.facets.values())
    kinds = {str(kind) for kind, fitting in TERMS.items() if not fitting.isdisjoint(terms)}
    return frozenset(
        kinds | {str(HelplineKind.EMOTIONAL_SUPPORT)} if store().help_words.is_despair(query.text) else kinds
    )


def _country_numbers(code: str, text: str, kinds: frozenset[str], most: int) -> CountryNumbers:
    groups = first_numbers(_groups(code, i18n.current().code, generation().stamp), text, kinds, most)
    has_urgent = any(each.id == HelplineKind.EMERGENCY for each in groups)
    return CountryNumbers(_option(code), groups, not has_urgent and emergency_number.is_112_answered(code))


def first_numbers(
    groups: tuple[HelplineGroup, ...], text: str, kinds: frozenset[str], most: int
) -> tuple[HelplineGroup, ...]:
    """Return the emergency number and so many other helplines: named ones, then those of fitting kinds, then others.

    Of each kind the first line comes before the second of any kind.
    """
    urgent = tuple(replace(each, lines=each.lines[:1]) for each in groups if each.id == HelplineKind.EMERGENCY)
    ranked = sorted(
        (not _is_named(line, text), group.id not in kinds, place, at)
        for at, group in enumerate(groups)
        if group.id != HelplineKind.EMERGENCY
        for place, line in enumerate(group.lines)
    )
    places = [(at, place) for _named, _fits, place, at in ranked[:most]]
    chosen = (
        replace(groups[at], lines=tuple(groups[at].lines[place] for here, place in places if here == at))
        for at in dict.fromkeys(at for at, _place in places)
    )
    return (*urgent, *chosen)


def _is_named(line: HelplineView, text: str) -> bool:
    """Return whether a search has the name of a helpline, or its number."""
    name, digits = normal(line.helpline.name).casefold(), line.helpline.digits
    return name in normal(text).casefold() or (digits != "" and digits in re.sub(r"[^+0-9]", "", text))


@lru_cache(maxsize=512)
def _groups(code: str, _language: str, _stamp: str) -> tuple[HelplineGroup, ...]:
    """Return the helplines of a country; cached, because reading the record of a country takes 10 ms."""
    reading = find_reading(code)
    return helpline_groups(reading) if reading is not None else ()


def _help_hits(query: SearchQuery, named: tuple[str, ...]) -> tuple[MarkedHit, ...]:
    """Return the help pages of the named countries, else the page of all; all of them if only help is searched.

    The country is their only facet.
    """
    if not allows(query, KIND):
        return ()
    if "country" in query.facets:
        named = tuple(code for code in named if query.is_selected("country", code))
        return tuple(map(_country_hit, named))
    if named:
        return tuple(map(_country_hit, named))
    return (_first_hit(), *(() if query.text else map(_country_hit, _countries_with_numbers())))


def _countries_with_numbers() -> list[str]:
    language = i18n.current().code
    codes = (entry.id.upper() for entry in generation().catalog.entries(COUNTRY) if entry.card.numbers)
    return sorted(codes, key=lambda code: sort_key(i18n.country_name(code), language))


def _first_hit() -> MarkedHit:
    text = _("Numbers to call in each European country if you are in danger or have been affected by a crime.")
    return page_hit(KIND, _("Need help now?"), url_for("help.index"), text)


def _country_hit(code: str) -> MarkedHit:
    choice = _option(code)
    entry = generation().catalog.find(COUNTRY, code.lower())
    known = entry.card.numbers if entry is not None else ()
    numbers = dict.fromkeys(known or (("112",) if emergency_number.is_112_answered(code) else ()))
    return page_hit(KIND, f"{_('Need help now?')} {choice.name}", choice.address, " · ".join(numbers), choice.name)
