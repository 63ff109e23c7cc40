"""Yield the rows of the speed benchmark's table, and as texts the lines about the answers below it."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from unittest.mock import patch

from flask import Flask

from benchmarks.engines import Peers
from benchmarks.fts5 import Answer
from benchmarks.peers import PeerQuery, peer_query, phrase_tokens
from benchmarks.searches import Searches
from benchmarks.timing import Row, Timing, timed
from kb.i18n import LANGUAGES
from kb.search.analysis.word_forms import fold, written_words
from kb.search.index_view import IndexView
from kb.search.query.search_query import SearchQuery
from kb.search.query.spelling import nearest_word
from kb.search.results import scoring
from kb.search.results.results import SearchResults

PEER_QUERIES = 20  # queries of each sort for the other engines: FTS5 takes a quarter of a second for some
PAGE_QUERIES = 60  # queries of each sort that are requested as whole pages
PHRASES = 60  # fewer than the phrases whose records are cached, so that later rounds find them cached

Found = Iterator[Row | str]


def search_rows(view: IndexView, searches: Searches, peers: Peers) -> Found:
    """Measure our engine, and FTS5 on whole words."""

    def row(
        name: str, queries: Sequence[SearchQuery], target: tuple[float, float] | None = None, most: int = PEER_QUERIES
    ) -> Row:
        ours = timed([partial(view.find, query) for query in queries])
        asked = [_asked(view.find(query), query) for query in queries[:most]]
        return Row(name, ours, target, _once_warm([partial(peers.fts5.find, each) for each in asked]))

    yield row("three words, all facets", searches.three, (2, 4))
    yield row("the same with two filters", searches.filtered, (2, 4))
    yield row("one word", searches.one)
    everything = [SearchQuery("", language) for language in LANGUAGES]  # FTS5 has one answer to it
    yield row("everything", everything * 20, (3, 0), PEER_QUERIES // 4)
    prefixes = [f'"{query.language}_{fold(query.text)}" *' for query in searches.prefix]
    quoted = searches.phrase[:PHRASES]
    phrases = ['"' + " ".join(phrase_tokens(query.text, query.language)) + '"' for query in quoted]
    for name, queries, expressions in (
        ("the beginning of a word", searches.prefix, prefixes),
        ("two words in quotes", quoted, phrases),
    ):
        ours = timed([partial(view.find, query) for query in queries])
        theirs = _once_warm([partial(peers.fts5.find_expression, each) for each in expressions[:PEER_QUERIES]])
        yield Row(name, ours, None, theirs)


def _once_warm(calls: Sequence[Callable[[], object]]) -> Timing:
    """Time an engine without a cache: run each call once, with its data in memory."""
    return timed(calls, 1)


def _asked(results: SearchResults, query: SearchQuery) -> PeerQuery:
    return peer_query(results.words, query.facets)


def plain_rows(view: IndexView, searches: Searches, peers: Peers) -> Found:
    """Measure the same plain words in all engines, and report whether the answers are equal."""
    for name, queries in (("three", searches.three), ("three and two filters", searches.filtered)):
        ours = [plain(view, query) for query in queries]
        asked = [_asked(view.find(query), query) for query in ours[:PEER_QUERIES]]
        with patch.object(scoring, "HEADS_FROM", 10**6):  # no word counts as a prefix
            answers = [view.find(query) for query in ours]
            timing = timed([partial(view.find, query) for query in ours])
        found: list[Answer] = []
        fts5 = _once_warm([partial(_keep, found, partial(peers.fts5.find, each)) for each in asked])
        pairs = list(zip(answers[: len(asked)], found[: len(asked)], strict=True))
        equal = [(mine.total, _counts(mine)) == (total, _counted(counts)) for mine, (total, _, counts) in pairs]
        prepared = [peers.tantivy.prepared(each) for each in asked]
        totals = [peers.tantivy.find(each)[0] for each in prepared]
        alike = [total == theirs for total, (_, (theirs, _, _)) in zip(totals, pairs, strict=True)]
        tantivy = timed([partial(peers.tantivy.find, each) for each in prepared])
        yield Row(f"{name}: the same plain words", timing, None, fts5, tantivy)
        median = statistics.median(each.total for each in answers)
        yield (
            f"{name}: totals and all facet counts equal to FTS5's in {sum(equal)} of {len(asked)} queries, totals to "
            f"tantivy's in {sum(alike)} of {len(asked)}; median total {median:g}"
        )


def plain(view: IndexView, query: SearchQuery) -> SearchQuery:
    """Return a query in which everything recognised is switched off."""
    while on := [each.term_id for each in view.find(query).recognised if not each.is_off]:
        query = replace(query, off=(*query.off, *on))
    return query


def _keep(answers: list[Answer], ask: Callable[[], Answer]) -> None:
    answers.append(ask())


def _counts(results: SearchResults) -> dict[str, dict[str, int]]:
    return _counted({facet.name: {value.id: value.count for value in facet.values} for facet in results.facets})


def _counted(facets: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Remove values with a count of zero."""
    counts = {name: {value: count for value, count in values.items() if count} for name, values in facets.items()}
    return {name: values for name, values in counts.items() if values}


def aid_rows(view: IndexView, searches: Searches, peers: Peers) -> Found:
    """Measure suggestions, corrected typos and similar records."""
    mended = [view.find(query).suggestion for query in searches.typos]
    typed = [(_folded(text, language), text, language) for text, language in searches.typed]
    typed = [each for each in typed if each[0]]
    yield Row(
        "a suggestion (each keystroke)",
        timed([partial(view.suggest, text, language) for _, text, language in typed]),
        (3, 0),
        _once_warm([partial(peers.fts5.suggest, tokens) for tokens, _, _ in typed]),
    )
    words = [_mistyped(was, now) for was, now in zip(searches.three, searches.typos, strict=True)]
    orders = [(query.language, *view.languages) for query in searches.typos]
    calls = [partial(nearest_word, word, order, view.segments) for word, order in zip(words, orders, strict=True)]
    yield Row("did you mean", timed(calls), (3, 0))
    yield Row("three words with a typo", timed([partial(view.find, query) for query in searches.typos]))
    right = [
        fold(suggestion.lower()) == fold(query.text.lower())
        for suggestion, query in zip(mended, searches.three, strict=True)
        if suggestion is not None
    ]
    yield f"typos: {len(right)} of {len(mended)} get a suggestion, {sum(right)} of those the word that was meant"
    yield Row("more like this", timed([partial(view.similar, *each) for each in searches.records]))


def _folded(text: str, language: str) -> list[str]:
    return [f"{language}_{fold(word)}" for word in written_words(text)]


def _mistyped(was: SearchQuery, now: SearchQuery) -> str:
    return next((new for old, new in zip(was.text.split(), now.text.split(), strict=True) if old != new), now.text)


def page_rows(app: Flask, searches: Searches) -> Found:
    """Measure whole pages."""
    client = app.test_client()

    def ask(query: SearchQuery) -> None:
        answer = client.get(f"/{query.language}/search", query_string=list(query.to_params()))
        if answer.status_code != 200:
            message = f"{answer.status} for {query}"
            raise RuntimeError(message)

    for name, queries in (
        ("result page, three words", searches.three),
        ("result page with two filters", searches.filtered),
    ):
        yield Row(name, timed([partial(ask, query) for query in queries[:PAGE_QUERIES]], 1), (15, 0))
