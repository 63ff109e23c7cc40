"""The records of an index that a question finds: how well each fits, how many words it covers, which terms it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kb.search.index import FloatArray, IntArray
from kb.search.scoring import Asked, LiveSegment, needed, rarity, to_records, weights
from kb.search.segment import BoolArray
from kb.search.terms import id_of
from kb.search.understanding import Question


@dataclass(frozen=True)
class Matches:
    """What a question finds in one segment.

    `scores` are by document, all else by record: `covered` counts the words of the question that a record has,
    `spans` says for each recognised span and each of its concepts which records have it.
    """

    live: LiveSegment
    scores: FloatArray
    covered: IntArray
    spans: tuple[Mapping[str, BoolArray], ...] = ()

    def terms_of(self, record: int) -> tuple[str, ...]:
        """Return the ids of the terms and countries of the question that a record has."""
        having = (concept for span in self.spans for concept, records in span.items() if records[record])
        return tuple(dict.fromkeys(map(id_of, having)))

    def at_least(self, words: int) -> BoolArray:
        """Return the records that cover so many words."""
        found: BoolArray = self.live.records & (self.covered >= words)
        return found


@dataclass(frozen=True)
class Outcome:
    """What a question finds in all segments; `unknown` are the words that no record has."""

    matches: tuple[Matches, ...]
    unknown: tuple[str, ...] = ()

    def found(self, words: int) -> tuple[BoolArray, ...]:
        """Return for each segment the records that cover so many words."""
        return tuple(each.at_least(words) for each in self.matches)


def everything(segments: Sequence[LiveSegment]) -> Outcome:
    """Return all records, which is what a question without words finds."""
    return Outcome(
        tuple(
            Matches(live, np.zeros(live.segment.documents, np.float32), np.zeros(len(live.records), np.int32))
            for live in segments
        )
    )


def match(question: Question, segments: Sequence[LiveSegment]) -> Outcome:
    """Weigh every document by the words and terms of a question."""
    asked = [*(word.asked for word in question.words), *(span.asked for span in question.spans)]
    weighed = [[weights(live, each) for each in asked] for live in segments]
    having = [[to_records(live.segment, each) for each in row] for live, row in zip(segments, weighed, strict=True)]
    rare = _rarities(asked, segments, having)
    matches = tuple(
        _in_segment(question, live, row, records, rare)
        for live, row, records in zip(segments, weighed, having, strict=True)
    )
    return Outcome(matches, _unknown(question, having))


def _rarities(
    asked: Sequence[Asked], segments: Sequence[LiveSegment], having: Sequence[Sequence[BoolArray]]
) -> list[float]:
    records = sum(int(np.count_nonzero(live.records)) for live in segments)
    return [rarity(records, sum(int(np.count_nonzero(row[place])) for row in having)) for place in range(len(asked))]


def _in_segment(
    question: Question,
    live: LiveSegment,
    weighed: Sequence[FloatArray],
    having: Sequence[BoolArray],
    rare: Sequence[float],
) -> Matches:
    scores = np.zeros(live.segment.documents, np.float32)
    for weight, factor in zip(weighed, rare, strict=True):
        scores += weight * np.float32(factor)
    covered = np.zeros(len(live.records), np.int32)
    for word, records in zip(question.words, having, strict=False):
        covered += np.stack([records, *(having[len(question.words) + span] for span in word.spans)]).any(axis=0)
    spans = (zip(span.concepts, span.asked.alternatives, strict=True) for span in question.spans)
    return Matches(
        live, scores, covered, tuple({name: live.records_with(each) for name, each in span} for span in spans)
    )


def _unknown(question: Question, having: Sequence[Sequence[BoolArray]]) -> tuple[str, ...]:
    def is_known(place: int) -> bool:
        return any(row[place].any() for row in having)

    first_span = len(question.words)
    return tuple(
        word.text
        for place, word in enumerate(question.words)
        if not is_known(place) and not any(is_known(first_span + span) for span in word.spans)
    )


def enough(question: Question) -> int:
    """Return how many words a record has to cover to be a result."""
    return needed(len(question.words))
