"""Scores of one word and one recognised term for each record of a segment, as arrays.

The scores of a word are a table: a row for each language, a column for each record. In each language the best form
counts, so a word with the same stem in all languages gains no advantage.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kb.search.analysis.term_matcher import kind_of
from kb.search.index.index_document import BROADER_BOOST, CALLED_BOOST, COUNTRY_BOOST, TERM_BOOST, TYPED_BOOST
from kb.search.index.lexicon import HEADS_FROM
from kb.search.index.posting_buffer import FloatArray, IntArray
from kb.search.index.segment import BoolArray, IndexSegment
from kb.search.index.stored_rows import OWN_TERM
from kb.search.query.parsed_query import RecognisedSpan, Word

READERS_LANGUAGE = 1.1  # times the score: decides between languages of one record, hardly between records
PREFIX_SHARE = 0.25  # of a whole word's score, for a word with only the same beginning
OTHERS_SHARE = 0.3  # of the scores of the other concepts that the same words may mean
SPOKEN_OF_BOOST = 1.5  # for a term that the requested article deals with
NEAR_SHARE = 0.4  # of a term's score, for a related one or one inside its words
ALL_UP_TO = 2  # words; of more, two thirds suffice


@dataclass(frozen=True)
class WordScores:
    """The scores of a word: `cells` by language and record, `called` by record.

    `records` have the word; those in `whole` have it not only as a prefix.
    """

    cells: FloatArray
    called: FloatArray | None
    records: BoolArray
    whole: BoolArray

    @property
    def anywhere(self) -> BoolArray:
        """Places with the word, by language and record; a record with this name counts in all its languages."""
        found: BoolArray = self.cells > 0
        return found if self.called is None else found | (self.called > 0)


Begun = Mapping[str, IntArray]  # by language, the rows of the forms of all words with the same beginning


def words_begun(segments: Sequence[IndexSegment], word: Word) -> Sequence[Begun]:
    """Return for each segment the forms of words with this prefix; the words may come from any segment."""
    begun: list[dict[str, IntArray]] = [{} for _ in segments]
    if word.phrase >= 0 or len(word.folded) < HEADS_FROM:
        return begun
    for language in word.forms:
        having = [number for number, each in enumerate(segments) if language in each.lexicons]
        rows = [segments[number].lexicons[language].forms_of_prefix(word.folded) for number in having]
        if len(having) > 1:
            forms = [segments[number].forms[language] for number in having]
            tokens = np.unique(np.concatenate([each.tokens[which] for each, which in zip(forms, rows, strict=True)]))
            rows = [each.rows(tokens) for each in forms]
        for number, which in zip(having, rows, strict=True):
            begun[number][language] = which
    return begun


def score_word(segment: IndexSegment, word: Word, begun: Begun) -> WordScores:
    """Return the score of a word for each record, before rarity."""
    cells = np.zeros(segment.exists.shape, np.float32)
    whole = np.zeros(len(segment.records), np.bool_)
    for number, language in enumerate(segment.languages):
        for form in word.forms.get(language, ()):
            places, weights = segment.forms[language].find(form)
            row = cells[number]
            row[places] = np.maximum(row[places], weights)
            whole[places] = True
    _add_typed(segment, word, cells)
    called = _called(segment, word, whole)
    records = whole | _add_begun(segment, begun, cells) if begun else whole
    return WordScores(cells, called, records, whole)


def _add_typed(segment: IndexSegment, word: Word, cells: FloatArray) -> None:
    """Add a small bonus for heads that have the word exactly as typed, including accents."""
    places, _ = segment.heads.find(word.written)
    flat = cells.reshape(-1)
    flat[places] += TYPED_BOOST * (flat[places] > 0)


def _called(segment: IndexSegment, word: Word, whole: BoolArray) -> FloatArray | None:
    """Return the score for records with this name; they count as having the word, in any language."""
    places, _ = segment.names_called.find(word.folded)
    if not len(places):
        return None
    whole[places] = True
    called = np.zeros(len(segment.records), np.float32)
    called[places] = CALLED_BOOST
    return called


def _add_begun(segment: IndexSegment, begun: Begun, cells: FloatArray) -> BoolArray:
    """Score words with the same beginning, unless the whole word scores more; return the records that have one."""
    records = np.zeros(len(segment.records), np.bool_)
    for number, language in enumerate(segment.languages):
        if language not in begun:
            continue
        places, weights = segment.forms[language].at_all(begun[language])
        if len(places):
            row = cells[number]
            row[places] = np.maximum(row[places], PREFIX_SHARE * weights)
            records[places] = True
    return records


@dataclass(frozen=True)
class SpanScores:
    """Scores of a recognised span by record; which records have it, have it as their own, and have each concept."""

    scores: FloatArray
    records: BoolArray
    own: BoolArray
    having: dict[str, BoolArray]


def score_span(segment: IndexSegment, span: RecognisedSpan) -> SpanScores:
    """Return the score of a recognised span for each record: the best of its possible concepts."""
    best = np.zeros(len(segment.records), np.float32)
    every = np.zeros(len(segment.records), np.float32)
    own = np.zeros(len(segment.records), np.bool_)
    having: dict[str, BoolArray] = {}
    for concept in span.concepts:
        scores = _concept(segment, concept)
        having[concept] = scores > 0
        np.maximum(best, scores, out=best)
        every += scores
        _mark_own(segment, concept, own)
    best += OTHERS_SHARE * (every - best)
    for concept in span.spoken_of:
        np.maximum(best, (_concept(segment, concept) > 0) * np.float32(SPOKEN_OF_BOOST), out=best)
    records = best > 0
    if span.near:
        best += NEAR_SHARE * np.max([_concept(segment, concept) for concept in span.near], axis=0)
    if span.is_hint:
        for concept in span.near:
            _mark_own(segment, concept, own)
    return SpanScores(best, records, own, having)


def _mark_own(segment: IndexSegment, concept: str, own: BoolArray) -> None:
    for postings in (segment.terms, segment.broader):
        places, weights = postings.find(concept)
        own[places[weights >= OWN_TERM]] = True


def _concept(segment: IndexSegment, concept: str) -> FloatArray:
    boost = TERM_BOOST if kind_of(concept) == "term" else COUNTRY_BOOST
    scores = np.zeros(len(segment.records), np.float32)
    for postings, worth in ((segment.terms, boost), (segment.broader, BROADER_BOOST)):
        places, weights = postings.find(concept)
        scores[places] += worth * weights
    return scores


def rarity(records: int, having: int) -> float:
    """Return the weight of a word that `having` of all records have (the usual idf, never below 0)."""
    return math.log(1 + (records - having + 0.5) / (having + 0.5))


def needed(words: int) -> int:
    """Return how many query words a record must cover: all; of three or more, two thirds rounded up."""
    return words if words <= ALL_UP_TO else -(-2 * words // 3)
