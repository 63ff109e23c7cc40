"""What the search page shows, made ready for its template: heading, chips, facets, hits, and the way to other pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from kb.i18n import N_
from kb.practices.evidence import LEVELS
from kb.search.document import FACET_NAMES
from kb.search.query import SearchQuery
from kb.search.results import FacetValue, RecognisedTerm, SearchResults
from kb.vocabulary.model import Term, Vocabularies
from kb.web import i18n
from kb.search.collation import sort_key
from kb.web.hits import Hit, hits
from kb.web.i18n import gettext as _
from kb.web.i18n import ngettext
from kb.web.rendering import library

TITLES: Mapping[str, str] = {
    "area": N_("Practice area"),
    "evidence": N_("Evidence"),
    "country": N_("Country"),
    "kind": N_("Kind of page"),
}
KINDS: Mapping[str, str] = {"practices": N_("practices"), "pages": N_("pages of this site")}
NEIGHBOURS = 2  # pages before and after the current one that have a link of their own


@dataclass(frozen=True)
class Choice:
    """One box to tick. `narrower` are the choices inside it."""

    name: str
    value: str
    words: str
    count: int
    is_chosen: bool
    narrower: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class FacetView:
    """A fact to filter by, with its choices."""

    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Chip:
    """A filter in force, and the address of the search without it."""

    words: str
    address: str


@dataclass(frozen=True)
class Recognised:
    """A term or country read in the reader's words, and the address of the search that filters by it."""

    words: str
    typed: str
    address: str | None


@dataclass(frozen=True)
class PageLink:
    """A page of results; one without an address stands for those left out."""

    number: int
    address: str | None
    is_current: bool = False


@dataclass(frozen=True)
class SearchPage:
    """One page of results."""

    query: SearchQuery
    results: SearchResults
    heading: str
    hits: tuple[Hit, ...]
    facets: tuple[FacetView, ...]
    chips: tuple[Chip, ...]
    all_address: str
    recognised: tuple[Recognised, ...]
    unknown: str
    pages: tuple[PageLink, ...]
    previous: str | None
    next: str | None

    @property
    def filters(self) -> tuple[tuple[str, str], ...]:
        """The filters in force as parameters, so that a new question keeps them."""
        return tuple((name, value) for name, values in self.query.facets.items() for value in values)


def address(query: SearchQuery) -> str:
    """Return the address of a search in the reader's language."""
    values: dict[str, Any] = MultiDict(query.to_params()).to_dict(flat=False)
    return url_for("search.index", **values)


def search_page(query: SearchQuery, results: SearchResults) -> SearchPage:
    """Return what the template of the search shows."""
    vocabularies = library().vocabularies
    page, last = results.page, results.pages
    return SearchPage(
        query=query,
        results=results,
        heading=_heading(query, results),
        hits=hits((hit.kind, hit.id) for hit in results.hits),
        facets=() if results.partial else _facets(query, results, vocabularies),
        chips=tuple(_chips(query, vocabularies)),
        all_address=address(query.without_facets()),
        recognised=tuple(_recognised(each, query, vocabularies) for each in results.recognised),
        unknown=i18n.listing(results.unknown),
        pages=page_links(query, page, last),
        previous=address(query.on_page(page - 1)) if page > 1 else None,
        next=address(query.on_page(page + 1)) if page < last else None,
    )


def _heading(query: SearchQuery, results: SearchResults) -> str:
    if results.partial:
        return _("Nothing fits all of “%(text)s”", text=query.text)
    if query.text:
        return ngettext(
            "%(count)s result for “%(text)s”", "%(count)s results for “%(text)s”", results.total, text=query.text
        )
    return ngettext("%(count)s result", "%(count)s results", results.total)


def words_of(facet: str, value: str, vocabularies: Vocabularies) -> str:
    """Return what a reader calls a value of a facet."""
    if facet == "country":
        return i18n.country_name(value)
    if facet == "kind":
        return _(KINDS[value]) if value in KINDS else value
    term = vocabularies.find_term(value)
    if term is None:
        return value
    label = term.label(i18n.current().code)
    return f"{term.notation} {label}" if facet == "evidence" and term.notation else label


def _chips(query: SearchQuery, vocabularies: Vocabularies) -> Iterator[Chip]:
    for facet in FACET_NAMES:
        for value in query.facets.get(facet, ()):
            yield Chip(words_of(facet, value, vocabularies), address(query.without(facet, value)))


def _recognised(term: RecognisedTerm, query: SearchQuery, vocabularies: Vocabularies) -> Recognised:
    if term.kind == "country":
        return Recognised(i18n.country_name(term.term_id), term.text, _filter_address(query, "country", term.term_id))
    is_area = vocabularies.is_in(term.term_id, "practice-areas")
    found = vocabularies.find_term(term.term_id)
    words = found.label(i18n.current().code) if found else term.text
    return Recognised(words, term.text, _filter_address(query, "area", term.term_id) if is_area else None)


def _filter_address(query: SearchQuery, facet: str, value: str) -> str | None:
    return None if query.is_selected(facet, value) else address(query.with_(facet, value))


def _facets(query: SearchQuery, results: SearchResults, vocabularies: Vocabularies) -> tuple[FacetView, ...]:
    makers: Mapping[str, Callable[[Sequence[FacetValue]], Iterator[Choice]]] = {
        "area": lambda values: _areas(values, vocabularies),
        "evidence": lambda values: _levels(values, vocabularies),
        "country": lambda values: _by_name("country", values, vocabularies),
        "kind": lambda values: _by_name("kind", values, vocabularies),
    }
    made = (FacetView(_(title), tuple(makers[name](results.facet(name).values))) for name, title in TITLES.items())
    return tuple(facet for facet in made if facet.choices)


def _levels(values: Sequence[FacetValue], vocabularies: Vocabularies) -> Iterator[Choice]:
    """Yield every level, the highest first: that nothing reaches it is worth seeing."""
    counted = {value.id: value for value in values}
    for level in reversed(LEVELS):
        value = counted.get(level, FacetValue(level, 0))
        yield Choice("evidence", level, words_of("evidence", level, vocabularies), value.count, value.selected)


def _by_name(name: str, values: Sequence[FacetValue], vocabularies: Vocabularies) -> Iterator[Choice]:
    """Yield the values that readers can count on, those with most results first, then by name."""
    code = i18n.current().code
    named = [(words_of(name, value.id, vocabularies), value) for value in values]
    for words, value in sorted(named, key=lambda each: (-each[1].count, sort_key(each[0], code))):
        yield Choice(name, value.id, words, value.count, value.selected)


def _areas(values: Sequence[FacetValue], vocabularies: Vocabularies) -> Iterator[Choice]:
    """Yield the widest areas in the order of the vocabulary, with the narrower ones that have results inside."""
    counted = {value.id: value for value in values}
    shown = {area for each in counted for area in (each, *vocabularies.broader_chain(each))}

    def choice(term: Term) -> Choice:
        value = counted.get(term.id, FacetValue(term.id, 0))
        below = tuple(choice(vocabularies.term(each)) for each in vocabularies.narrower(term.id) if each in shown)
        return Choice("area", term.id, words_of("area", term.id, vocabularies), value.count, value.selected, below)

    for term in vocabularies.terms():
        if term.vocabulary == "practice-areas" and term.broader is None:
            yield choice(term)


def page_links(query: SearchQuery, current: int, last: int) -> tuple[PageLink, ...]:
    """Return links to the first and last pages and to those around this one; nothing for a single page."""
    if last == 1:
        return ()
    near = {1, last, *range(max(1, current - NEIGHBOURS), min(last, current + NEIGHBOURS) + 1)}
    links: list[PageLink] = []
    for number in sorted(near):
        if links and number > links[-1].number + 1:
            links.append(PageLink(number - 1, None))
        links.append(PageLink(number, address(query.on_page(number)), number == current))
    return tuple(links)
