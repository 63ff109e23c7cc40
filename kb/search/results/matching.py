"""Matches a query against the index: the score of each record, the words it covers, and its recognised terms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from kb.search.analysis.term_matcher import id_of
from kb.search.analysis.word_forms import fold
from kb.search.index.posting_buffer import FloatArray, IntArray
from kb.search.index.segment import BoolArray, LiveSegment
from kb.search.query.parsed_query import ParsedQuery, Word
from kb.search.results.scoring import (
    READERS_LANGUAGE,
    SpanScores,
    WordScores,
    needed,
    rarity,
    score_span,
    score_word,
    words_begun,
)

# For each concept of the question that an editor assigned to the record: exceeds any words that mention it.
OWN_BONUS = np.float32(10.0)
# For a record whose whole name is in the question: the reader asked for it.
NAME_BONUS = np.float32(100.0)
LONGEST_NAME = 6  # words
# Share of a word's score if it was read as a term: the term then carries the meaning.
SPANNED_SHARE = 0.6
# Share of a score that depends on having all words and all recognised concepts.
WORDS_SHARE = 0.5
TERMS_SHARE = 0.5
# Of the best score: records below it have the words only in passing.
WEAK_SHARE = 0.1

# Finds the records of a segment that contain a phrase, given the places (language and record) with all its words.
HasPhrase = Callable[[LiveSegment, BoolArray, str], BoolArray]


@dataclass(frozen=True)
class Matches:
    """The matches of a question in one segment.

    `cells` are scores by language and record; `beside` is the score a record has in all its languages. All else is by
    record: `covered` counts the question's words that it has, `phrased` says whether it has all phrases, `spans` are
    the recognised spans.
    """

    live: LiveSegment
    cells: FloatArray
    beside: FloatArray
    covered: IntArray
    phrased: BoolArray
    words: tuple[BoolArray, ...] = ()
    spans: tuple[SpanScores, ...] = ()
    phrases: tuple[BoolArray, ...] = ()
    _scores: dict[str, FloatArray] = field(default_factory=dict, compare=False)  # by language

    def scores(self, language: str) -> FloatArray:
        """Return each record's score: that of its best language, with a small bonus for the reader's language.

        The array is shared: change nothing in it.
        """
        if language not in self._scores:
            self._scores[language] = self._score(language)
        return self._scores[language]

    def _score(self, language: str) -> FloatArray:
        best = self.cells.max(axis=0)
        languages = self.live.segment.languages
        if language in languages:  # the larger score of this language takes the place of its own
            np.maximum(best, self.cells[languages.index(language)] * np.float32(READERS_LANGUAGE), out=best)
        score: FloatArray = (best + self.beside) * self._complete()
        return score

    def _complete(self) -> FloatArray:
        """Return a factor for each record: how much it has of all words and of all recognised concepts."""
        complete = np.ones(len(self.live.records), np.float32)
        if self.words:
            complete *= 1 - WORDS_SHARE + WORDS_SHARE * self.covered / len(self.words)
        if recognised := [each.records for each in self.spans if each.having]:
            having = np.sum(recognised, axis=0)
            complete *= 1 - TERMS_SHARE + TERMS_SHARE * having / len(recognised)
        return complete

    def terms_of(self, record: int) -> tuple[str, ...]:
        """Return the ids of the question's terms, countries and law that a record has."""
        having = (concept for span in self.spans for concept, records in span.having.items() if records[record])
        return tuple(dict.fromkeys(map(id_of, having)))

    def has_concept(self) -> BoolArray:
        """Return the records that an editor gave one of the recognised concepts."""
        having = np.zeros(len(self.live.records), np.bool_)
        for span in self.spans:
            having |= span.own
        return having

    def at_least(self, words: int) -> BoolArray:
        """Return the records that have all phrases and cover at least this many words."""
        found: BoolArray = self.live.records & self.phrased & (self.covered >= words)
        return found

    def without_word(self, place: int) -> BoolArray:
        """Return the records that match if one word is dropped."""
        left = self.covered - self.words[place]
        found: BoolArray = self.live.records & self.phrased & (left >= needed(len(self.words) - 1))
        return found

    def without_phrase(self, number: int) -> BoolArray:
        """Return the records that match if the words of one phrase may be scattered."""
        others = self.phrases[:number] + self.phrases[number + 1 :]
        found: BoolArray = self.live.records & _all_of(self.live, others) & (self.covered >= needed(len(self.words)))
        return found

    def without(self, excluded: Sequence[Word]) -> Matches:
        """Return the matches without the records that have one of these words, as a whole word in any language."""
        left = np.ones(len(self.live.records), np.bool_)
        for word in excluded:
            left &= ~score_word(self.live.segment, word, {}).records
        covered = np.where(left, self.covered, 0)
        return replace(self, covered=covered, phrased=self.phrased & left, _scores={})


@dataclass(frozen=True)
class MatchResult:
    """The matches of a question in all segments; `unknown` are the places of the words that no record has."""

    matches: tuple[Matches, ...]
    unknown: tuple[int, ...] = ()

    def found(self, words: int) -> tuple[BoolArray, ...]:
        """Return for each segment the records that cover at least this many words."""
        return tuple(each.at_least(words) for each in self.matches)

    def without(self, excluded: Sequence[Word]) -> MatchResult:
        """Return the result without the records that have one of these words."""
        return MatchResult(tuple(each.without(excluded) for each in self.matches), self.unknown)

    def strong(self, found: Sequence[BoolArray], language: str) -> tuple[BoolArray, ...]:
        """Return those of the records found that do not fall far below the best one.

        A record that has a recognised concept is always strong: it is about what was asked.
        """
        scores = [each.scores(language) for each in self.matches]
        best = max(
            (float(np.max(score[each])) for score, each in zip(scores, found, strict=True) if each.any()), default=0
        )
        return tuple(
            each & ((score >= WEAK_SHARE * best) | matches.has_concept())
            for each, score, matches in zip(found, scores, self.matches, strict=True)
        )


def everything(segments: Sequence[LiveSegment]) -> MatchResult:
    """Return all records, the result of a question without words."""
    return MatchResult(tuple(_all(live) for live in segments))


def _all(live: LiveSegment) -> Matches:
    count = len(live.records)
    return Matches(
        live,
        np.zeros(live.segment.exists.shape, np.float32),
        np.zeros(count, np.float32),
        np.zeros(count, np.int32),
        np.ones(count, np.bool_),
    )


def match(question: ParsedQuery, segments: Sequence[LiveSegment], has_phrase: HasPhrase) -> MatchResult:
    """Score every record by the words, phrases and terms of a question."""
    begun = [words_begun([live.segment for live in segments], word) for word in question.words]
    words = [
        [score_word(live.segment, word, each[number]) for word, each in zip(question.words, begun, strict=True)]
        for number, live in enumerate(segments)
    ]
    spans = [[score_span(live.segment, span) for span in question.spans] for live in segments]
    records = sum(int(np.count_nonzero(live.records)) for live in segments)
    word_rarities = [rarity(records, _having(segments, words, place)) for place in range(len(question.words))]
    span_rarities = [
        rarity(records, _count(segments, [row[place].records for row in spans])) for place in range(len(question.spans))
    ]
    matches = tuple(
        _in_segment(question, live, in_words, in_spans, word_rarities, span_rarities, has_phrase)
        for live, in_words, in_spans in zip(segments, words, spans, strict=True)
    )
    return MatchResult(matches, _unknown(question, matches))


def _count(segments: Sequence[LiveSegment], found: Sequence[BoolArray]) -> int:
    return sum(int(np.count_nonzero(each & live.records)) for live, each in zip(segments, found, strict=True))


def _having(segments: Sequence[LiveSegment], words: Sequence[Sequence[WordScores]], place: int) -> int:
    """Return how many records have a word; only whole words count, if there are any."""
    return _count(segments, [row[place].whole for row in words]) or _count(
        segments, [row[place].records for row in words]
    )


def _in_segment(
    question: ParsedQuery,
    live: LiveSegment,
    words: Sequence[WordScores],
    spans: Sequence[SpanScores],
    word_rarities: Sequence[float],
    span_rarities: Sequence[float],
    has_phrase: HasPhrase,
) -> Matches:
    cells = np.zeros(live.segment.exists.shape, np.float32)
    beside = np.zeros(len(live.records), np.float32)
    for asked, word, rarest in zip(question.words, words, word_rarities, strict=True):
        rare = rarest * (SPANNED_SHARE if asked.spans else 1)
        cells += np.multiply(word.cells, np.float32(rare), out=word.cells)  # nobody else needs the scores of the word
        if word.called is not None:
            beside += word.called * np.float32(rarest)
    for span, rare in zip(spans, span_rarities, strict=True):
        beside += span.scores * np.float32(rare) + OWN_BONUS * span.own
    named = _named(question, live)
    beside[named] += NAME_BONUS
    covering = [span.records for span in spans]
    has = tuple(_covered(word, found, covering) for word, found in zip(question.words, words, strict=True))
    covered = np.zeros(len(live.records), np.int32)
    for each in has:
        covered += each
    covered[named] = len(question.words)  # the reader asked for it, whatever else the question says
    phrases = tuple(_phrased(question, live, words, number, has_phrase) for number in range(len(question.phrases)))
    return Matches(live, cells, beside, covered, _all_of(live, phrases), has, tuple(spans), phrases)


def _all_of(live: LiveSegment, phrases: Sequence[BoolArray]) -> BoolArray:
    every = np.ones(len(live.records), np.bool_)
    for each in phrases:
        every &= each
    return every


def _named(question: ParsedQuery, live: LiveSegment) -> BoolArray:
    """Return the records whose whole name is in the question."""
    words = [fold(token.written) for token in question.tokens]
    named = np.zeros(len(live.records), np.bool_)
    for start in range(len(words)):
        for end in range(start + 1, min(start + LONGEST_NAME, len(words)) + 1):
            named[live.segment.called(" ".join(words[start:end]))] = True
    return named


def _covered(word: Word, found: WordScores, spans: Sequence[BoolArray]) -> BoolArray:
    records = found.records
    for span in word.spans:
        records = records | spans[span]
    return records


def _phrased(
    question: ParsedQuery,
    live: LiveSegment,
    words: Sequence[WordScores],
    number: int,
    has_phrase: HasPhrase,
) -> BoolArray:
    """Return the records with a phrase in one of their texts, checking only places with all its words."""
    inside = [found for word, found in zip(question.words, words, strict=True) if word.phrase == number]
    if not inside:
        return live.records  # only stop words: they are everywhere
    together = live.segment.exists & live.records
    for found in inside:
        together = together & found.anywhere
    return has_phrase(live, together, question.phrases[number])


def _unknown(question: ParsedQuery, matches: Sequence[Matches]) -> tuple[int, ...]:
    return tuple(
        place
        for place in range(len(question.words))
        if not any((each.words[place] & each.live.records).any() for each in matches)
    )


def enough(question: ParsedQuery) -> int:
    """Return how many words a record must cover to be a result."""
    return needed(len(question.words))
