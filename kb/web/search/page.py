"""The search page (heading, notes, chips, facets, hits, links), and the page with all values of a facet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flask import current_app, url_for

from kb.i18n import N_
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.records.record import State
from kb.search.query.search_query import SearchQuery, Sort
from kb.search.results.results import SearchResults
from kb.speech import lower_first
from kb.web.http import i18n
from kb.web.http.country_urls import home_country
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import store
from kb.web.http.search_index import ask_index
from kb.web.http.search_urls import address, feed_address, file_address, follow_address, values_address
from kb.web.labels.facets import TITLES, Label, feed_title, filters_in_words
from kb.web.parts.pagination import PageLink, page_links
from kb.web.rights.search_offers import LawOffer, law_offers
from kb.web.search.answer_hits import KIND as ANSWERS
from kb.web.search.answer_hits import answer_hits
from kb.web.search.facets import FacetChoice, FacetView, all_choices, boxes, facet_views, hidden_params
from kb.web.search.help import KIND as HELP
from kb.web.search.help import HelpBox, countries_of, find_help
from kb.web.search.page_hits import with_pages
from kb.web.search.passages import MarkedHit, mark_hits
from kb.web.search.query_notes import (
    Recognised,
    SearchLink,
    active_terms,
    disabled_terms,
    loosened_searches,
    nearby_searches,
    searched_text,
    suggested_search,
    suggestion_words,
)
from kb.web.search.workshop_results import NONE, FoundWorkshops, beginning, for_records, found_workshops

ORDERS: Mapping[Sort, str] = {
    Sort.RELEVANCE: N_("Relevance"),
    Sort.EVIDENCE: N_("Evidence"),
    Sort.NEWEST: N_("Newest"),
    Sort.TITLE: N_("Title"),
}
PER_PAGE, BELOW_HELP = 8, 3  # results: at most three screens of a phone
_NAMED = 4  # facets, in the line that opens the filters
HEADING_LIMIT = 80  # letters of the typed text
# Searches with filters and the like are endless, and other pages show all that they show.
_FOR_ROBOTS, _OPEN_TO_ROBOTS, _CLOSED_TO_ROBOTS = "index, follow", "noindex, follow", "noindex, nofollow"


@dataclass(frozen=True)
class Chip:
    """An active filter, and the address of the search without it."""

    label: Label
    address: str


@dataclass(frozen=True)
class Order:
    """A sort order of the results."""

    words: str
    address: str
    is_current: bool


@dataclass(frozen=True)
class SearchPage:
    """One page of results."""

    query: SearchQuery
    results: SearchResults
    heading: str
    lead: str
    description: str
    robots: str
    help: HelpBox | None
    hits: tuple[MarkedHit, ...]
    workshops: FoundWorkshops
    nearest: tuple[MarkedHit, ...]
    facets: tuple[FacetView, ...]
    filter_form_params: tuple[tuple[str, str], ...]
    search_form_params: tuple[tuple[str, str], ...]
    chips: tuple[Chip, ...]
    all_address: str
    filters_words: str
    filters_named: str
    show_words: str
    found_words: str
    home: str
    everywhere: str
    laws: tuple[LawOffer, ...]
    recognised: tuple[Recognised, ...]
    disabled: tuple[Recognised, ...]
    suggestion: SearchLink | None
    suggestion_words: str
    nearby: tuple[SearchLink, ...]
    loosened: tuple[SearchLink, ...]
    excluded: str
    unknown: str
    orders: tuple[Order, ...]
    address: str
    feed: str
    follow: str
    feed_title: str
    word: str
    pdf: str
    languages: str | None
    pages: tuple[PageLink, ...]
    previous: str | None
    next: str | None

    @property
    def has_machine_texts(self) -> bool:
        """Whether a text in the list was translated by AI and not checked by a person."""
        lines = (each.hit.line for each in (*self.hits, *self.nearest))
        return any(line is not None and line.state is State.MACHINE for line in lines)

    @property
    def has_versions(self) -> bool:
        """Whether a tool in the list has versions for other countries, which are no results of their own."""
        return any(each.versions for each in self.hits)


@dataclass(frozen=True)
class ValuesPage:
    """The values of a facet whose names match the typed text, and the hidden parameters of the forms."""

    facet: str
    title: str
    find: str
    results: str
    choices: tuple[FacetChoice, ...]
    hidden: tuple[tuple[str, str], ...]
    state: tuple[tuple[str, str], ...]
    back: str
    all_address: str


def find_page(query: SearchQuery) -> SearchPage | None:
    """Return the page of a search, for its view and for its files; `None` without an index."""
    query = replace(query, is_grouped=True, is_cut=True, home=home_country() or "")
    results = find_results(for_records(query))
    if results is None:
        return None
    workshops, found = found_workshops(query, results), find_help(query, results)
    answers = answer_hits(query, results, countries_of(query, results))
    for kind, pages in ((HELP, found.hits), (ANSWERS, answers)):
        results = with_pages(query, results, kind, len(pages))
    return _search_page(query, workshops.among(query, results), workshops, found.box, (*answers, *found.hits))


def per_page(text: str) -> int:
    """Return how many results a page has; fewer below numbers to call."""
    return BELOW_HELP if store().help_words.languages(SearchQuery(text).text) else PER_PAGE


def practices_page() -> SearchPage | None:
    """Return the list of all practices: a search for that kind of page, by title."""
    kind = {"kind": (PRACTICE.name,)}
    page = find_page(SearchQuery(language=i18n.current().code, facets=kind, sort=Sort.TITLE, per_page=PER_PAGE))
    if page is None:
        return None
    total = page.results.total
    return replace(
        page,
        heading=_("All practices"),
        lead=ngettext(
            "%(number)s practice, by title.", "%(number)s practices, by title.", total, number=i18n.number(total)
        ),
        description=_("All practices in the collection, by title."),
        robots=_FOR_ROBOTS,
        search_form_params=tuple(page.query.sorted_by(Sort.RELEVANCE).to_params()),
    )


def find_results(query: SearchQuery) -> SearchResults | None:
    """Return the results of the index, or `None` where it cannot answer."""
    return ask_index(lambda view: view.find(query))


def _search_page(
    query: SearchQuery,
    results: SearchResults,
    workshops: FoundWorkshops = NONE,
    box: HelpBox | None = None,
    pages: tuple[MarkedHit, ...] = (),
) -> SearchPage:
    """Return the data of the search template; the total of `results` includes workshops and `pages`."""
    page, last = results.page, results.pages
    others = workshops.total + len(pages)  # not sorted with the records
    facets = () if results.partial else tuple(facet_views(query, results))
    if workshops.is_alone:  # workshops have no other facets
        facets = tuple(facet for facet in facets if facet.name == "kind")
    chips = tuple(Chip(label, address(query.without(name, value))) for name, value, label in filters_in_words(query))
    found = mark_hits(results, results.hits)
    # Without a record that has all words, the nearest ones after the first few are shown as weaker matches.
    shown, weaker = (found[:PER_PAGE], found[PER_PAGE:]) if results.partial else (found, ())
    return SearchPage(
        query=query,
        results=results,
        heading=_heading(query, results, workshops) if box is None else _results_for(query),
        lead="",
        description=_(
            "Search victim support practices in any language of the site, and filter them by country, theme, evidence "
            "and more."
        ),
        robots=_robots_rule(query),
        help=box,
        hits=(*(pages if page == 1 else ()), *shown),
        workshops=workshops,
        nearest=(*weaker, *mark_hits(results, results.nearest)),
        facets=facets,
        filter_form_params=hidden_params(query, (box for facet in facets for box in boxes(facet.choices))),
        search_form_params=query.with_text("").to_params(),
        chips=chips,
        all_address=address(query.without_facets()),
        filters_words=_filters_words(len(chips)),
        filters_named=", ".join((facets[0].title, *(lower_first(facet.title) for facet in facets[1:_NAMED])))
        if facets
        else "",
        show_words=ngettext("Show %(count)s result", "Show %(count)s results", results.total),
        found_words=ngettext(
            "For people who work with victims: %(count)s result",
            "For people who work with victims: %(count)s results",
            results.total,
        ),
        home=i18n.country_name(query.home) if _ranks_home(query, results) else "",
        everywhere=address(query, in_country=False),
        laws=law_offers(query.text, _laws(results)),
        recognised=active_terms(query, results),
        disabled=disabled_terms(query, results),
        suggestion=suggested_search(query, results),
        suggestion_words=suggestion_words(results),
        nearby=nearby_searches(query, results),
        loosened=loosened_searches(query, results),
        excluded=i18n.listing(word.text for word in results.questions[0].excluded) if results.questions else "",
        unknown="" if results.is_mended else i18n.listing(results.unknown),
        orders=() if results.partial or results.total - others < 2 else tuple(_orders(query)),
        address=address(query.on_page(1)),
        feed=feed_address(query),
        follow=follow_address(query),
        feed_title=feed_title(query),
        word=file_address(query, "docx"),
        pdf=file_address(query, "pdf"),
        languages=_languages_address(),
        pages=page_links(page, last, lambda number: address(query.on_page(number))),
        previous=address(query.on_page(page - 1)) if page > 1 else None,
        next=address(query.on_page(page + 1)) if page < last else None,
    )


def _laws(results: SearchResults) -> Iterator[str]:
    return (each.term_id for each in results.recognised if each.kind == "law" and not each.is_off)


def _ranks_home(query: SearchQuery, results: SearchResults) -> bool:
    """Return whether records of the reader's country rank higher, as the search names no other."""
    has_order = bool(query.text) and query.sort is Sort.RELEVANCE and "country" not in query.facets
    return (
        has_order
        and bool(query.home)
        and not any(each.kind == "country" and not each.is_off for each in results.recognised)
    )


def values_page(query: SearchQuery, results: SearchResults, name: str, find: str) -> ValuesPage:
    """Return the data of the page. An unknown facet is replaced by the first one."""
    facet = name if name in TITLES else next(iter(TITLES))
    words = SearchQuery(text=find).text  # trimmed, and without invisible characters
    choices = all_choices(query, results.facet(facet), words)
    state = query.on_page(1).to_params()
    return ValuesPage(
        facet=facet,
        title=_(TITLES[facet]),
        find=words,
        results=_heading(query, results),
        choices=choices,
        hidden=hidden_params(query, boxes(choices)),
        state=state,
        back=address(query),
        all_address=values_address(query, facet),
    )


def _heading(query: SearchQuery, results: SearchResults, workshops: FoundWorkshops = NONE) -> str:
    """Return how much was found, and for what. A query without letters or digits finds all records."""
    text = beginning(searched_text(query, results), HEADING_LIMIT)
    if results.partial and not workshops.total:
        return _("No record contains all the words in “%(text)s”", text=beginning(query.text, HEADING_LIMIT))
    if text and not any(map(str.isalnum, text)):
        return _(
            "“%(text)s” contains no words to search for. Number of records shown: %(count)s",
            text=text,
            count=i18n.number(results.total),
        )
    if text:
        return ngettext("%(count)s result for “%(text)s”", "%(count)s results for “%(text)s”", results.total, text=text)
    return ngettext("%(count)s result", "%(count)s results", results.total)


def _results_for(query: SearchQuery) -> str:
    """Return the heading for a victim's own words: what comes first is no result, so none are counted."""
    return _("Results for “%(text)s”", text=beginning(query.text, HEADING_LIMIT))


def _robots_rule(query: SearchQuery) -> str:
    """Return the robots rule of this page for search engines.

    The empty search is open like other pages. Crawlers may follow the links of a plain search for words.
    """
    if query.facets or query.off or query.sort is not Sort.RELEVANCE or query.page > 1:
        return _CLOSED_TO_ROBOTS
    return _OPEN_TO_ROBOTS if query.text else _FOR_ROBOTS


def _languages_address() -> str | None:
    """Return the address of the page on the search in each language, where there is one."""
    endpoint = "search_languages.index"
    return url_for(endpoint) if endpoint in current_app.view_functions else None


def _filters_words(count: int) -> str:
    words = _("Filters")
    return _("%(label)s (%(words)s)", label=words, words=i18n.number(count)) if count else words


def _orders(query: SearchQuery) -> Iterator[Order]:
    """Yield the sort orders. Without typed words there is no relevance, and the newest come first anyway."""
    current = query.sort if query.text or query.sort is not Sort.RELEVANCE else Sort.NEWEST
    for sort, words in ORDERS.items():
        if query.text or sort is not Sort.RELEVANCE:
            yield Order(_(words), address(query.sorted_by(sort)), sort is current)
