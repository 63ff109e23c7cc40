"""Notes of the search page on a query: recognised terms, corrected spelling, and other searches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kb.search.query.parsed_query import RecognisedTerm
from kb.search.query.search_query import SearchQuery
from kb.search.results.results import Loosening, SearchResults
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.search_urls import address
from kb.web.labels.facets import Label, label_of, recognised_label


@dataclass(frozen=True)
class Recognised:
    """A term, country or law recognised in the words, and the address that switches it off, or on again."""

    label: Label
    address: str


@dataclass(frozen=True)
class SearchLink:
    """A link to another search, with its text."""

    words: str
    address: str
    language: str = ""


def active_terms(query: SearchQuery, results: SearchResults) -> tuple[Recognised, ...]:
    """Return the terms that are searched besides the reader's words."""
    return tuple(_term(term, query.without_term(term.term_id)) for term in results.recognised if not term.is_off)


def disabled_terms(query: SearchQuery, results: SearchResults) -> tuple[Recognised, ...]:
    """Return the terms that were recognised but that the reader switched off."""
    return tuple(_term(term, query.with_term(term.term_id)) for term in results.recognised if term.is_off)


def _term(term: RecognisedTerm, query: SearchQuery) -> Recognised:
    return Recognised(recognised_label(term.kind, term.term_id), address(query))


def searched_text(query: SearchQuery, results: SearchResults) -> str:
    """Return the words of the results: those typed, or the nearest spelling if no record has those."""
    return results.suggestion if results.is_mended and results.suggestion else query.text


def suggested_search(query: SearchQuery, results: SearchResults) -> SearchLink | None:
    """Return the search that was probably meant, in the language that it was typed in."""
    if not results.suggestion:
        return None
    return SearchLink(results.suggestion, address(query.with_text(results.suggestion)), results.language)


def suggestion_words(results: SearchResults) -> str:
    """Return the text before that search: a question, or the reason why its results are shown."""
    if results.is_mended:
        return _("No record contains “%(words)s”. Showing results for:", words=i18n.listing(results.unknown))
    return _("Did you mean:")


def nearby_searches(query: SearchQuery, results: SearchResults) -> tuple[SearchLink, ...]:
    """Return searches for the terms of the collection that are closest to the words."""
    labels = (recognised_label("term", term_id) for term_id in results.near)
    return tuple(
        SearchLink(label.words, address(SearchQuery(text=label.words, language=query.language)), label.language)
        for label in labels
    )


def loosened_searches(query: SearchQuery, results: SearchResults) -> tuple[SearchLink, ...]:
    """Return words or filters to remove so that something is found, and how much that would be."""
    return tuple(_loosened_searches(query, results))


def _loosened_searches(query: SearchQuery, results: SearchResults) -> Iterator[SearchLink]:
    for loosening in results.loosenings:
        loosened = _loosen(query, searched_text(query, results), loosening)
        if loosened != query.on_page(1):
            yield SearchLink(_words(loosening), address(loosened))


def _words(loosening: Loosening) -> str:
    if loosening.kind == "facet":
        return ngettext(
            "Search without the filter “%(words)s”: %(count)s record",
            "Search without the filter “%(words)s”: %(count)s records",
            loosening.count,
            words=label_of(loosening.facet, loosening.value).text,
        )
    if loosening.kind == "phrase":
        return ngettext(
            "Search for the words in “%(words)s” separately: %(count)s record",
            "Search for the words in “%(words)s” separately: %(count)s records",
            loosening.count,
            words=loosening.text,
        )
    return ngettext(
        "Search without the word “%(words)s”: %(count)s record",
        "Search without the word “%(words)s”: %(count)s records",
        loosening.count,
        words=loosening.text,
    )


def _loosen(query: SearchQuery, text: str, loosening: Loosening) -> SearchQuery:
    if loosening.kind == "facet":
        return query.without(loosening.facet, loosening.value)
    if loosening.kind == "phrase":
        return query.with_text(re.sub(r"[\"“”„«»]", " ", text))
    word = re.compile(rf"(?<!\w){re.escape(loosening.text)}(?!\w)", re.IGNORECASE)
    return query.with_text(word.sub(" ", text))
