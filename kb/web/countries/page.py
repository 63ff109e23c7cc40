"""Data of the list of countries and of each country: key facts, practices from there, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from kb.content_store.catalog import CatalogEntry
from kb.i18n import N_
from kb.kinds.country.card import CountryCard
from kb.kinds.country.emergency_number import is_112_answered
from kb.kinds.country.guidance import ReaderRole
from kb.kinds.country.kind import KIND as COUNTRY
from kb.kinds.country.membership import EUROPE, is_bound, is_member
from kb.kinds.country.model import Country
from kb.kinds.country.neighbours import neighbours
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.records.record import Passage, Reading, State
from kb.search.analysis.collation import sort_key
from kb.search.query.search_query import SearchQuery
from kb.web.countries.directive_status import BondView, bond_view
from kb.web.countries.helplines import HelplineGroup, helpline_groups
from kb.web.countries.ready_tools import ReadyTool, ready_tools
from kb.web.countries.short_answer import VerdictGroup, role_answers, verdict_groups
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import generation
from kb.web.http.search_urls import address
from kb.web.labels.practice_facts import Value
from kb.web.parts.answer_links import AnswerLink, GuidedCountry, crime_options, guided_countries
from kb.web.parts.cards import RecordCard, hits
from kb.web.parts.facet_counts import tally
from kb.web.parts.passages import PagePart, StateLine, files_of, marks, section_html
from kb.web.parts.record_languages import LanguageLine, language_lines
from kb.web.parts.sources import SourceView, source_views
from kb.web.parts.tile_map import Tile, codes, tiles
from kb.web.practices.page import line

MOST_PRACTICES = 3  # the search has all
MOST_NUMBERS = 4  # needs for which a number is shown; the page for people who were harmed has all numbers
# Too small for a tile, but bound to its neighbours by treaties.
WITHOUT_TILE = ("LI",)
# Practices across borders and tools of the Union, which belong to no single country.
UNION = "EU"


@dataclass(frozen=True)
class CountryRow:
    """One row of the table."""

    code: str
    name: str
    address: str
    count: int
    is_member: bool
    is_bound: bool
    bond: str
    numbers: int
    help: str


@dataclass(frozen=True)
class SortColumn:
    """One sortable column of the table. `sort` is its value of `aria-sort`."""

    words: str
    address: str
    sort: str


# In the order of the columns: heading, `aria-sort`, and the sort key before the name.
SORTS: Mapping[str, tuple[str, str, Callable[[CountryRow], object]]] = {
    "country": (N_("Country"), "ascending", lambda row: 0),
    "practices": (N_("Practices"), "descending", lambda row: -row.count),
    "bound": (N_("Bound by the Directive?"), "other", lambda row: (not row.is_bound, not row.is_member)),
    "help": (N_("Numbers to call"), "descending", lambda row: -row.numbers),
}


@dataclass(frozen=True)
class CountriesPage:
    """All countries on a map and in a table.

    `guided` have answers, `without` counts those without a practice, `union` the practices of the Union.
    """

    tiles: tuple[Tile, ...]
    rows: tuple[CountryRow, ...]
    columns: tuple[SortColumn, ...]
    guided: tuple[GuidedCountry, ...]
    without: int
    union: int
    union_address: str


@dataclass(frozen=True)
class CountryPage:
    """One country in one language. The values of its record are empty if it has none yet.

    `verdicts` are those of the police, `groups` the most urgent helplines by need, and `lines` counts all of them.
    """

    code: str
    title: str
    title_language: str
    summary: Passage | None
    head_line: StateLine | None
    is_machine_drafted: bool
    reading: Reading[Country] | None
    bond: BondView
    is_112_answered: bool
    verdicts: tuple[VerdictGroup, ...]
    roles: tuple[AnswerLink, ...]
    tools: tuple[ReadyTool, ...]
    crimes: tuple[tuple[str, str], ...]
    groups: tuple[HelplineGroup, ...]
    lines: int
    parts: tuple[PagePart, ...]
    sources: tuple[SourceView, ...]
    practices: tuple[AnswerLink, ...]
    count: int
    search: str
    tried: tuple[AnswerLink, ...]
    neighbours: tuple[Value, ...]
    languages: tuple[LanguageLine, ...]
    path: tuple[Value, ...]


def find_reading(code: str) -> Reading[Country] | None:
    """Return the record of a country, or `None` if none is published."""
    catalog, record_id = generation().catalog, code.lower()
    if catalog.find(COUNTRY, record_id) is None:
        return None
    return catalog.reading(COUNTRY, record_id, i18n.current().code)


def practice_counts() -> Counter[str]:
    """Return how many practices there are from each country."""
    return tally().counts("country")


def _search_of(code: str) -> str:
    """Return the address of the search for the practices of a country."""
    return address(SearchQuery(facets={"kind": ("practices",), "country": (code,)}))


def countries_page(sort: str) -> CountriesPage:
    """Return the data for the template of the list; `sort` is a column, else the first one."""
    counts = practice_counts()
    sort = sort if sort in SORTS else next(iter(SORTS))
    rows = _rows(counts, sort)
    return CountriesPage(
        tiles=tiles(counts),
        rows=rows,
        columns=tuple(_column(name, sort) for name in SORTS),
        guided=guided_countries(),
        without=sum(not row.count for row in rows),
        union=counts[UNION],
        union_address=_search_of(UNION),
    )


def _rows(counts: Mapping[str, int], sort: str) -> tuple[CountryRow, ...]:
    entries = generation().catalog.entries(COUNTRY)
    numbers = {entry.id.upper(): len(entry.card.numbers) for entry in entries if isinstance(entry.card, CountryCard)}
    shown = {*codes(), *WITHOUT_TILE, *(EUROPE & (counts.keys() | numbers.keys()))}
    rows = [_row(code, counts.get(code, 0), numbers.get(code, 0)) for code in shown]
    language, key = i18n.current().code, SORTS[sort][2]
    return tuple(sorted(rows, key=lambda row: (key(row), sort_key(row.name, language))))


def _row(code: str, count: int, numbers: int) -> CountryRow:
    record_id = code.lower()
    return CountryRow(
        code=code,
        name=i18n.country_name(code),
        address=url_for("countries.show", record_id=record_id),
        count=count,
        is_member=is_member(code),
        is_bound=is_bound(code),
        bond=bond_view(code).short,
        numbers=numbers,
        help=url_for("help.show", record_id=record_id),
    )


def _column(name: str, sort: str) -> SortColumn:
    words, direction, _key = SORTS[name]
    first = next(iter(SORTS))
    target = url_for("countries.index") if name == first else url_for("countries.index", sort=name)
    return SortColumn(_(words), target, direction if name == sort else "")


def country_page(code: str) -> CountryPage:
    """Return the data for the template of a country."""
    reading = find_reading(code)
    title = reading.title if reading is not None else None
    entries = generation().catalog.entries(PRACTICE)
    own = [entry for entry in entries if code in entry.facets.get("country", ())]
    tried = [entry for entry in entries if code in entry.card.tried_in and entry not in own]
    groups = helpline_groups(reading) if reading is not None else ()
    return CountryPage(
        code=code,
        title=title.text if title is not None else i18n.country_name(code),
        title_language=title.language if title is not None else i18n.current().code,
        summary=reading.passages["summary"] if reading is not None else None,
        head_line=line(reading, (reading.title, reading.passages["summary"])) if reading is not None else None,
        is_machine_drafted=reading is not None and reading.record.is_machine_drafted,
        reading=reading,
        bond=bond_view(code),
        is_112_answered=is_112_answered(code),
        verdicts=verdict_groups(reading.record, ReaderRole.POLICE) if reading is not None else (),
        roles=tuple(role_answers(reading.record if reading is not None else None, code)),
        tools=ready_tools(code),
        crimes=crime_options(),
        groups=groups[:MOST_NUMBERS],
        lines=sum(len(group.lines) for group in groups),
        parts=_parts(reading) if reading is not None else (),
        sources=_sources(reading) if reading is not None else (),
        practices=_links(own)[:MOST_PRACTICES],
        count=len(own),
        search=_search_of(code),
        tried=_links(tried),
        neighbours=_neighbours(code),
        languages=language_lines(reading) if reading is not None else (),
        path=(Value(_("Countries"), url_for("countries.index")),),
    )


def _links(entries: Iterable[CatalogEntry]) -> tuple[AnswerLink, ...]:
    """Return practices by title, each with its rating, place, years and an overdue review in words."""
    language = i18n.current().code
    by_title = sorted(entries, key=lambda entry: sort_key(entry.title(language)[0], language))
    return tuple(_link(hit) for hit in hits(entry.key for entry in by_title))


def _link(hit: RecordCard) -> AnswerLink:
    rating = (hit.rating.level_words, hit.rating.direction_words) if hit.rating is not None else ()
    short = " · ".join(filter(None, (*rating, *hit.facts, hit.overdue)))
    return AnswerLink(hit.title, hit.address, short, False, language=hit.title_language)


def _numbers(reading: Reading[Country]) -> dict[str, int]:
    country = reading.record
    return {source.id: number for number, source in enumerate(country.sources, 1)}


def _parts(reading: Reading[Country]) -> tuple[PagePart, ...]:
    numbers = _numbers(reading)
    return tuple(_part(reading, section, numbers) for section in reading.sections())


def _part(reading: Reading[Country], section: Passage, numbers: dict[str, int]) -> PagePart:
    found = line(reading, (section,), anchor=section.name)
    return PagePart(
        id=section.name,
        heading=section.heading or "",
        heading_language=section.language,
        html=section_html(section, numbers, files_of(reading.bundle)),
        language=section.language,
        line=None if section.state is State.ORIGINAL else found,
    )


def _sources(reading: Reading[Country]) -> tuple[SourceView, ...]:
    return source_views(reading.record.sources, marks(reading.sections(), {}))


def _neighbours(code: str) -> tuple[Value, ...]:
    """Return the neighbouring countries that have practices, by name."""
    counts, language = practice_counts(), i18n.current().code
    found = [
        Value(i18n.country_name(each), url_for("countries.show", record_id=each.lower()), note=_practices(counts[each]))
        for each in neighbours(code)
        if counts[each]
    ]
    return tuple(sorted(found, key=lambda value: sort_key(value.text, language)))


def _practices(count: int) -> str:
    return ngettext("%(count)s practice", "%(count)s practices", count)
