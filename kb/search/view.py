"""The index at one commit, which never changes: a request takes one and asks it everything it needs.

Arrays are shared with earlier and later views where the segment is the same.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from kb.search.document import FieldKind, fields_of
from kb.search.matching import Outcome, enough, everything, match
from kb.search.query import SearchQuery
from kb.search.ranking import Place, best, facets_of, ranks
from kb.search.results import Facet, Hit, SearchResults
from kb.search.scoring import READERS_LANGUAGE, LiveSegment, filtered
from kb.search.segment import BoolArray
from kb.search.terms import TermFinder
from kb.search.understanding import Question, understand

PARTIAL_LIMIT = 20  # nearest records shown where none fits
_STEMMED = tuple(each.name for each in fields_of(FieldKind.STEMS))


class IndexView:
    """All segments of one commit. Immutable, so that any number of threads may search in it."""

    def __init__(self, segments: Sequence[LiveSegment], languages: Sequence[str], finder: TermFinder) -> None:
        self.segments = tuple(segments)
        held = (name for live in self.segments for name in live.segment.languages)
        self.languages = tuple(dict.fromkeys((*languages, *held)))
        self._finder = finder

    @cached_property
    def documents(self) -> int:
        """The number of documents: one for each record and language."""
        return sum(int(np.count_nonzero(live.documents)) for live in self.segments)

    @cached_property
    def records(self) -> int:
        """The number of records."""
        return sum(int(np.count_nonzero(live.records)) for live in self.segments)

    def fingerprints(self) -> dict[tuple[str, str], str]:
        """Return the fingerprint of each record, by kind and id."""
        return {
            (facts.kind, facts.id): facts.fingerprint
            for live in self.segments
            for facts, is_there in zip(live.segment.records, live.records.tolist(), strict=True)
            if is_there
        }

    def find(self, query: SearchQuery) -> SearchResults:
        """Return one page of the records that a query finds. Raises `Unavailable` if the index turns out damaged."""
        began = time.perf_counter()
        question = understand(query.text, query.language, self.languages, self._finder, self._has_form)
        outcome = match(question, self.segments) if question.words else everything(self.segments)
        found = outcome.found(enough(question))
        if question.words and not any(each.any() for each in found):
            results = self._nearest(outcome, query)
        else:
            results = self._page(question, outcome, found, query)
        return replace(
            results,
            recognised=question.recognised(),
            words=tuple(word.text for word in question.words),
            unknown=outcome.unknown,
            took=time.perf_counter() - began,
        )

    def _has_form(self, form: str, language: str) -> bool:
        return any(live.has_token(_STEMMED, form, language) for live in self.segments)

    def _page(
        self, question: Question, outcome: Outcome, found: Sequence[BoolArray], query: SearchQuery
    ) -> SearchResults:
        fitting = self._filtered(found, query)
        total = sum(int(np.count_nonzero(each)) for each in fitting)
        pages = max(1, -(-total // query.per_page))
        page = min(query.page, pages)
        first = best(outcome, fitting, self._ranks, query.language, page * query.per_page)
        hits = self._hits(first[(page - 1) * query.per_page :], query.language)
        is_all = not question.words and not query.facets
        facets = self._facets_of_all if is_all else facets_of(self.segments, found, query.facets)
        return SearchResults(total, hits, facets, page=page, pages=pages)

    def _nearest(self, outcome: Outcome, query: SearchQuery) -> SearchResults:
        """Return the records that cover most words, where none covers enough of them."""
        fitting = self._filtered(outcome.found(1), query)
        nearest = best(outcome, fitting, self._ranks, query.language, PARTIAL_LIMIT, by_coverage=True)
        return SearchResults(len(nearest), self._hits(nearest, query.language), partial=True)

    def _filtered(self, found: Sequence[BoolArray], query: SearchQuery) -> list[BoolArray]:
        return [records & filtered(live, query.facets) for live, records in zip(self.segments, found, strict=True)]

    @cached_property
    def _ranks(self) -> list[np.typing.NDArray[np.int32]]:
        return ranks(self.segments)

    @cached_property
    def _facets_of_all(self) -> tuple[Facet, ...]:
        return facets_of(self.segments, [live.records for live in self.segments], {})

    def _hits(self, places: Sequence[Place], language: str) -> tuple[Hit, ...]:
        return tuple(self._hit(place, language) for place in places)

    def _hit(self, place: Place, language: str) -> Hit:
        live = place.matches.live
        facts = live.segment.records[place.record]
        fit = {live.segment.language(each): float(place.matches.scores[each]) for each in place.documents}
        matched = max(fit, key=lambda each: self._preference(each, fit, language))
        shown = language if language in fit else matched
        return Hit(facts.kind, facts.id, shown, matched, place.score, place.matches.terms_of(place.record))

    def _preference(self, name: str, fit: Mapping[str, float], language: str) -> tuple[float, bool, int]:
        """Order the languages of a record: by score, the reader's ahead, then as the site lists them."""
        is_readers = name == language
        return fit[name] * (READERS_LANGUAGE if is_readers else 1), is_readers, -self.languages.index(name)
