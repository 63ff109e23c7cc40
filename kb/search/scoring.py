"""BM25F, coverage and facet counts over the arrays of one segment; no words and no files here.

A document's score for one word is that of its best form, so that a word that stems alike in all languages gains
nothing by it. A record scores as its best document does, the reader's language a little ahead.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from kb.search.document import FieldKind, fields_of
from kb.search.index import FloatArray, IntArray
from kb.search.segment import BoolArray, Segment

K1, B = 1.2, 0.75
READERS_LANGUAGE = 1.1  # times the score: decides between languages of one record, hardly between records
ALL_UP_TO = 2  # words; of more, two thirds are enough


@dataclass(frozen=True)
class Clause:
    """A token in a field, and what it is worth there."""

    field: str
    token: str
    boost: float


@dataclass(frozen=True)
class Alternative:
    """One form of a word in all fields; `languages` are those of the documents in which it stands for the word."""

    clauses: tuple[Clause, ...]
    languages: frozenset[str] | None = None


@dataclass(frozen=True)
class Asked:
    """A word or a recognised term: the best alternative counts, `also` is added, `bonus` only to what fits anyway."""

    alternatives: tuple[Alternative, ...]
    also: tuple[Clause, ...] = ()
    bonus: tuple[Clause, ...] = ()


@dataclass(frozen=True)
class LiveSegment:
    """A segment as one view sees it: what is deleted is taken out, lengths are measured by the view's averages."""

    segment: Segment
    documents: BoolArray
    records: BoolArray
    norms: Mapping[str, FloatArray]
    _in_languages: dict[frozenset[str], BoolArray] = field(default_factory=dict)

    @cached_property
    def has_deletions(self) -> bool:
        """Whether some documents no longer count."""
        return not self.documents.all()

    def languages(self, names: frozenset[str]) -> BoolArray:
        """Return which documents are in one of these languages; kept, as there are few such sets."""
        known = self._in_languages.get(names)
        if known is None:
            codes = [code for code, name in enumerate(self.segment.languages) if name in names]
            known = self._in_languages[names] = np.isin(self.segment.language_of, codes)
        return known

    def has_token(self, fields: Iterable[str], token: str, language: str) -> bool:
        """Whether a document of this language has a token in one of the fields."""
        if language not in self.segment.languages:
            return False
        code = self.segment.languages.index(language)
        found = (self.segment.postings(name, token)[0] for name in fields)
        return any(bool((self.documents[ids] & (self.segment.language_of[ids] == code)).any()) for ids in found)

    def records_with(self, alternative: Alternative) -> BoolArray:
        """Return which records have one of the tokens, in a document that counts."""
        documents = np.zeros(self.segment.documents, np.bool_)
        for clause in alternative.clauses:
            documents[self.segment.postings(clause.field, clause.token)[0]] = True
        return to_records(self.segment, documents & self.documents)

    def documents_of(self, record: int) -> list[int]:
        """Return the documents of a record that count."""
        return [each for each in self.segment.documents_of(record) if self.documents[each]]


def live_segments(segments: Sequence[tuple[Segment, IntArray]]) -> tuple[LiveSegment, ...]:
    """Return the segments as one view sees them, given the deleted documents of each; empty ones are left out."""
    masks = [(segment, _without(segment.documents, deleted)) for segment, deleted in segments]
    masks = [(segment, documents) for segment, documents in masks if documents.any()]
    names = [each.name for each in fields_of(FieldKind.STEMS)]
    averages = {name: _average([segment.lengths[name][documents] for segment, documents in masks]) for name in names}
    return tuple(_live(segment, documents, averages) for segment, documents in masks)


def _without(documents: int, deleted: IntArray) -> BoolArray:
    mask = np.ones(documents, np.bool_)
    mask[deleted] = False
    return mask


def _average(lengths: Sequence[FloatArray]) -> float:
    """Return the mean length of a field where it is not empty."""
    count = sum(int(np.count_nonzero(each)) for each in lengths)
    return float(sum(each.sum() for each in lengths)) / count if count else 1.0


def _live(segment: Segment, documents: BoolArray, averages: Mapping[str, float]) -> LiveSegment:
    norms = {name: K1 * ((1 - B) + B * segment.lengths[name] / average) for name, average in averages.items()}
    return LiveSegment(segment, documents, to_records(segment, documents), norms)


def to_records(segment: Segment, documents: BoolArray | FloatArray) -> BoolArray:
    """Return which records have one of these documents."""
    records = np.zeros(len(segment.records), np.bool_)
    records[segment.record_of[np.flatnonzero(documents)]] = True
    return records


def weights(live: LiveSegment, asked: Asked) -> FloatArray:
    """Return for each document how well it fits, before rarity is weighed in; 0 if it does not."""
    best = np.zeros(live.segment.documents, np.float32)
    for alternative in asked.alternatives:
        scores = _sum(live, alternative.clauses)
        if alternative.languages is not None and not alternative.languages.issuperset(live.segment.languages):
            scores *= live.languages(alternative.languages)
        np.maximum(best, scores, out=best)
    best += _sum(live, asked.also)
    if asked.bonus:
        best += _sum(live, asked.bonus) * (best > 0)
    if live.has_deletions:
        best *= live.documents
    return best


def _sum(live: LiveSegment, clauses: Iterable[Clause]) -> FloatArray:
    scores = np.zeros(live.segment.documents, np.float32)
    for clause in clauses:
        documents, counts = live.segment.postings(clause.field, clause.token)
        norm = live.norms[clause.field][documents] if clause.field in live.norms else K1
        scores[documents] += clause.boost * counts * (K1 + 1) / (counts + norm)  # each document once, so += is right
    return scores


def rarity(records: int, having: int) -> float:
    """Return the weight of a word that `having` of all records have (the usual idf, never below 0)."""
    return math.log(1 + (records - having + 0.5) / (having + 0.5))


def needed(words: int) -> int:
    """Return how many of the words of a query a record has to cover: all, of three or more two thirds rounded up."""
    return words if words <= ALL_UP_TO else -(-2 * words // 3)


def best_by_record(live: LiveSegment, scores: FloatArray, language: str) -> FloatArray:
    """Return each record's score: that of its best document."""
    ahead = np.where(live.languages(frozenset({language})), scores * READERS_LANGUAGE, scores)
    order, starts = live.segment.documents_by_record
    best: FloatArray = np.maximum.reduceat(ahead[order], starts[:-1])  # every record has a document
    return best


def filtered(live: LiveSegment, filters: Mapping[str, Sequence[str]], *, but: str = "") -> BoolArray:
    """Return the records that fit every filter, leaving out that of one facet."""
    fitting = live.records.copy()
    for name, values in filters.items():
        if name != but:
            column = live.segment.columns[name]
            fitting &= np.stack([column.mask(value) for value in values]).any(axis=0)
    return fitting


def facet_counts(
    live: LiveSegment, found: BoolArray, filters: Mapping[str, Sequence[str]]
) -> dict[str, dict[str, int]]:
    """Return how many of the records found each facet value has, under the filters of all other facets."""
    everywhere = found & filtered(live, filters)
    return {
        name: column.counts(found & filtered(live, filters, but=name) if name in filters else everywhere)
        for name, column in live.segment.columns.items()
    }
