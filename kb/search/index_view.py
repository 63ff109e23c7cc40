"""Immutable snapshot of the index at one commit; a request uses one for all its queries.

Views share the arrays of segments that did not change.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from kb.search.index.segment import BoolArray, LiveSegment
from kb.search.query.interpretation import SearchKnowledge, understand
from kb.search.query.parsed_query import ParsedQuery
from kb.search.query.search_query import SearchQuery, Sort
from kb.search.query.spelling import SpellingCorrector
from kb.search.results.autocomplete import RATINGS, Autocomplete
from kb.search.results.facet_crosstab import Crosstab, cross
from kb.search.results.families import Families
from kb.search.results.matching import MatchResult, enough, everything, match
from kb.search.results.more_like_this import most_similar
from kb.search.results.phrases import PhraseFinder
from kb.search.results.ranking import Orders, RankedRecord, best, facets_of
from kb.search.results.results import Facet, Hit, Loosening, SearchResults, SearchSuggestion
from kb.search.results.scoring import READERS_LANGUAGE

PARTIAL_LIMIT = 20  # nearest records shown if none matches
FEW = 3  # results; with fewer, a rare word is probably a typing error
FEW_HITS = 10  # results; with fewer, near matches are shown below
NEAR_LIMIT = 6  # terms offered if nothing is found
LOOSENING_LIMIT = 5


@dataclass(frozen=True)
class Tools:
    """Objects shared by all views of a site: knowledge besides documents, phrase finder, suggestions."""

    knowledge: SearchKnowledge
    phrases: PhraseFinder
    suggestions: Autocomplete


class IndexView:
    """All segments of one commit. Immutable, so safe to search from any number of threads."""

    def __init__(self, segments: Sequence[LiveSegment], languages: Sequence[str], tools: Tools) -> None:
        self.segments = tuple(live for live in segments if live.records.any())
        held = (name for live in self.segments for name in live.segment.languages)
        self.languages = tuple(dict.fromkeys((*languages, *held)))
        self._order = {code: number for number, code in enumerate(self.languages)}
        self._tools = tools
        self._corrector = SpellingCorrector(self.segments, self.languages)

    @cached_property
    def documents(self) -> int:
        """The number of documents: one for each record and language."""
        return sum(int(np.count_nonzero(live.segment.exists & live.records)) for live in self.segments)

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
        """Return one page of search results. Raises `Unavailable` if the index turns out to be damaged."""
        began = time.perf_counter()
        question, outcome = self._asked(query.text, query)
        typed = question
        unknown = outcome.unknown
        foreign = self._corrector.find_foreign(question, unknown, query.language)
        suggestion = self._corrector.suggest(question, (*unknown, *foreign), query.language, foreign)
        is_mended = suggestion is not None
        if is_mended:
            unknown = tuple(sorted((*unknown, *foreign)))
        missing = tuple(question.words[place].text for place in unknown)
        if suggestion is not None:
            suggestion = " ".join((suggestion, *(f"-{word.text}" for word in typed.excluded)))
            question, outcome = self._asked(suggestion, query)
        results = self._results(question, outcome, query)
        if results.partial or (suggestion is None and results.total < FEW):
            suggestion = suggestion or self._corrector.suggest(question, range(len(question.words)), query.language)
        return replace(
            results,
            recognised=question.recognised(),
            language=question.language,
            words=tuple(word.text for word in question.words),
            phrases=question.phrases,
            unknown=missing,
            suggestion=suggestion,
            is_mended=is_mended,
            questions=(typed, question) if is_mended else (typed,),
            took=time.perf_counter() - began,
        )

    def understand(self, text: str, query: SearchQuery) -> ParsedQuery:
        """Interpret a text by the documents here, in the query's language, without switched-off terms."""
        tools, off = self._tools, frozenset(query.off)
        return understand(text, query.language, self.languages, tools.knowledge, self._has_form, off)

    def ranked(self, question: ParsedQuery, language: str) -> tuple[str, ...]:
        """Return the ids of all records that match a parsed query, best first; another view may have parsed it."""
        outcome = self._matched(question)
        places = best(outcome, outcome.found(enough(question)), self._orders, language, self.records)
        return tuple(each.matches.live.segment.records[each.record].id for each in places)

    def suggest(self, text: str, language: str, limit: int = 8) -> tuple[SearchSuggestion, ...]:
        """Return completions of the text that a user types in a language."""
        return self._tools.suggestions.of(SearchQuery(text).text, language, self.segments, limit)

    def similar(self, kind: str, record_id: str, language: str, limit: int = 5) -> tuple[Hit, ...]:
        """Return the records most similar to one, for display in a language; empty for an unknown record."""
        found = most_similar(self.segments, kind, record_id, limit)
        return tuple(_similar_hit(live, record, score, language) for live, record, score in found)

    def cross(self, rows: str, columns: str, facets: Mapping[str, Sequence[str]]) -> Crosstab:
        """Count the records that match these filters for each pair of values of two facets."""
        return cross(self.segments, rows, columns, facets)

    def _asked(self, text: str, query: SearchQuery) -> tuple[ParsedQuery, MatchResult]:
        question = self.understand(text, query)
        return question, self._matched(question)

    def _matched(self, question: ParsedQuery) -> MatchResult:
        if question.words:
            found = match(question, self.segments, self._tools.phrases.records)
        else:
            found = everything(self.segments)
        return found.without(question.excluded) if question.excluded else found

    def _has_form(self, form: str, language: str) -> bool:
        return any(live.has_form(form, language) for live in self.segments)

    def _results(self, question: ParsedQuery, outcome: MatchResult, query: SearchQuery) -> SearchResults:
        if query.home and any(term.kind == "country" and not term.is_off for term in question.recognised()):
            query = replace(query, home="")  # the reader asks about a certain country
        found = outcome.found(enough(question))
        if query.is_cut:
            found = self._strong(outcome, found, query)
        if question.words and not any(each.any() for each in found):
            results = self._nearest(outcome, query)
        else:
            results = self._page(question, outcome, found, query)
        if results.total and not results.partial:
            return self._with_nearest(results, outcome, found, query)
        content = [token for token in question.tokens if any(word.written == token.written for word in question.words)]
        finder = self._tools.knowledge.terms
        near = [
            term
            for term in finder.near(content, question.language)
            if finder.vocabularies.term(term).vocabulary not in RATINGS
        ]
        return replace(results, near=tuple(near[:NEAR_LIMIT]), loosenings=self._loosenings(question, outcome, query))

    def _strong(self, outcome: MatchResult, found: tuple[BoolArray, ...], query: SearchQuery) -> tuple[BoolArray, ...]:
        """Return the records found without those far below the best one, unless only those fit the filters."""
        strong = outcome.strong(found, query.language)
        is_any_left = any(each.any() for each in self._filtered(strong, query.facets))
        return strong if is_any_left else found

    def _page(
        self, question: ParsedQuery, outcome: MatchResult, found: Sequence[BoolArray], query: SearchQuery
    ) -> SearchResults:
        fitting = self._filtered(found, query.facets)
        total = self._total(fitting, query)
        pages = max(1, -(-total // query.per_page))
        page = min(query.page, pages)
        first = self._best(outcome, fitting, query, page * query.per_page)
        hits = self._hits(first[(page - 1) * query.per_page :], query.language)
        is_all = not question.words and not query.facets
        facets = self._facets_of_all if is_all else facets_of(self.segments, found, query.facets)
        if query.is_grouped:
            facets = self._families.counted(facets, found, query.facets)
        return SearchResults(total, hits, facets, page=page, pages=pages)

    def _with_nearest(
        self, results: SearchResults, outcome: MatchResult, found: Sequence[BoolArray], query: SearchQuery
    ) -> SearchResults:
        """Add near matches if there are few results."""
        if results.total >= FEW_HITS or results.page < results.pages or not outcome.matches[0].words:
            return results
        others = [
            live.records & (each.covered >= 1) & ~records
            for live, each, records in zip(self.segments, outcome.matches, found, strict=True)
        ]
        if query.is_grouped:
            others = self._families.without_relatives(others, self._filtered(found, query.facets))
        fitting = self._filtered(others, query.facets)
        places = self._best(outcome, fitting, query, FEW_HITS, by_coverage=True)
        return replace(results, nearest=self._hits(places, query.language))

    def _nearest(self, outcome: MatchResult, query: SearchQuery) -> SearchResults:
        """Return the records that cover most words, for queries where no record covers enough."""
        covering = [
            live.records & (each.covered >= 1) for live, each in zip(self.segments, outcome.matches, strict=True)
        ]
        fitting = self._filtered(covering, query.facets)
        nearest_ones = self._best(outcome, fitting, query, PARTIAL_LIMIT, by_coverage=True)
        return SearchResults(len(nearest_ones), self._hits(nearest_ones, query.language), partial=True)

    def _best(
        self,
        outcome: MatchResult,
        fitting: Sequence[BoolArray],
        query: SearchQuery,
        count: int,
        *,
        by_coverage: bool = False,
    ) -> list[RankedRecord]:
        """Return the first records; of each family only the first, or its version for the reader's country."""
        more = self._families.surplus(fitting) if query.is_grouped else 0
        sort = Sort.RELEVANCE if by_coverage else query.sort
        ranked = best(
            outcome, fitting, self._orders, query.language, count + more,
            sort=sort, by_coverage=by_coverage, home=query.home,
        )  # fmt: skip
        if not more:
            return ranked
        firsts = list(self._families.firsts(ranked))[:count]
        return [self._at_home(each, outcome, fitting, query.home) for each in firsts]

    def _at_home(
        self, ranked: RankedRecord, outcome: MatchResult, fitting: Sequence[BoolArray], home: str
    ) -> RankedRecord:
        facts = ranked.matches.live.segment.records[ranked.record]
        found = self._families.at_home(facts.family, home, fitting) if home and facts.family else None
        if found is None:
            return ranked
        return RankedRecord(outcome.matches[found.segment], found.record, ranked.score)

    def _total(self, fitting: Sequence[BoolArray], query: SearchQuery) -> int:
        """Return the number of results: of records, or of families."""
        return _count(fitting) - (self._families.surplus(fitting) if query.is_grouped else 0)

    def _filtered(self, found: Sequence[BoolArray], facets: Mapping[str, Sequence[str]]) -> list[BoolArray]:
        if not facets:
            return list(found)
        return [
            records & live.unpacked(live.fitting(facets)) for live, records in zip(self.segments, found, strict=True)
        ]

    @cached_property
    def _orders(self) -> Orders:
        return Orders(self.segments)

    @cached_property
    def _families(self) -> Families:
        return Families(self.segments)

    @cached_property
    def _facets_of_all(self) -> tuple[Facet, ...]:
        return facets_of(self.segments, [live.records for live in self.segments], {})

    def _loosenings(self, question: ParsedQuery, outcome: MatchResult, query: SearchQuery) -> tuple[Loosening, ...]:
        """Return words, phrases and filters to remove so that something is found, most results first."""
        found = outcome.found(enough(question))

        def count(records: Sequence[BoolArray], facets: Mapping[str, Sequence[str]]) -> int:
            return self._total(self._filtered(records, facets), query)

        tried = [
            Loosening("facet", value, count(found, query.without(name, value).facets), name, value)
            for name, values in query.facets.items()
            for value in values
        ]
        if len(question.words) > 1:
            for place, word in enumerate(question.words):
                left = [each.without_word(place) for each in outcome.matches]
                tried.append(Loosening("word", word.text, count(left, query.facets)))
        for number, phrase in enumerate(question.phrases):
            loose = [each.without_phrase(number) for each in outcome.matches]
            tried.append(Loosening("phrase", phrase, count(loose, query.facets)))
        helpful = [each for each in tried if each.count]
        return tuple(sorted(helpful, key=lambda each: -each.count)[:LOOSENING_LIMIT])

    def _hits(self, places: Sequence[RankedRecord], language: str) -> tuple[Hit, ...]:
        return tuple(self._hit(place, language) for place in places)

    def _hit(self, place: RankedRecord, language: str) -> Hit:
        """Return a record as a hit, with the language of the highest score; the reader's language gets a bonus."""
        segment = place.matches.live.segment
        facts = segment.records[place.record]
        matched, highest, is_readable = "", -1.0, False
        for code, is_there, score in zip(
            segment.languages,
            segment.exists[:, place.record].tolist(),
            place.matches.cells[:, place.record].tolist(),
            strict=True,
        ):
            if not is_there:
                continue
            is_readable |= code == language
            ahead = score * READERS_LANGUAGE if code == language else score
            if (ahead, code == language, -self._order[code]) > (
                highest,
                matched == language,
                -self._order.get(matched, 0),
            ):
                matched, highest = code, ahead
        shown = language if is_readable else matched
        return Hit(facts.kind, facts.id, shown, matched, place.score, place.matches.terms_of(place.record))


def _count(found: Sequence[BoolArray]) -> int:
    return sum(int(np.count_nonzero(each)) for each in found)


def _similar_hit(live: LiveSegment, record: int, score: float, language: str) -> Hit:
    segment = live.segment
    facts = segment.records[record]
    codes = [segment.languages[each] for each in segment.documents_of(record)]
    shown = language if language in codes else codes[0]
    return Hit(facts.kind, facts.id, shown, shown, score)
