"""Which of the records found come first, and how many have each facet value, over all segments of a view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from kb.search.document import FACET_NAMES
from kb.search.index import IntArray
from kb.search.matching import Matches, Outcome
from kb.search.results import Facet, FacetValue
from kb.search.scoring import LiveSegment, best_by_record, facet_counts
from kb.search.segment import BoolArray


@dataclass(frozen=True)
class Place:
    """One record among those found: its number in a segment, and its score."""

    matches: Matches
    record: int
    score: float

    @cached_property
    def documents(self) -> list[int]:
        """The documents of the record, one for each language."""
        return self.matches.live.documents_of(self.record)


def ranks(segments: Sequence[LiveSegment]) -> list[IntArray]:
    """Return for each segment the place of every record where all are sorted: the newest first, then by id."""
    facts = [(each.id, each.kind, each.newest) for live in segments for each in live.segment.records]
    order = sorted(range(len(facts)), key=lambda place: facts[place][:2])
    order.sort(key=lambda place: facts[place][2], reverse=True)  # stable: ids stay in order
    placed = np.empty(len(facts), np.int32)
    placed[order] = np.arange(len(facts), dtype=np.int32)
    ends = np.cumsum([len(live.segment.records) for live in segments])
    return list(np.split(placed, ends[:-1]))


def best(
    outcome: Outcome,
    fitting: Sequence[BoolArray],
    ranked: Sequence[IntArray],
    language: str,
    count: int,
    *,
    by_coverage: bool = False,
) -> list[Place]:
    """Return the first of the records: by words covered if that is asked, then score, then as ranked."""
    numbers = [np.flatnonzero(each) for each in fitting]
    if not any(len(each) for each in numbers):
        return []
    matches = outcome.matches
    scores = [
        best_by_record(each.live, each.scores, language)[which] for each, which in zip(matches, numbers, strict=True)
    ]
    covered = [each.covered[which] * by_coverage for each, which in zip(matches, numbers, strict=True)]
    later = [each[which] for each, which in zip(ranked, numbers, strict=True)]
    keys = np.concatenate(later), -np.concatenate(scores), -np.concatenate(covered)
    segments = np.repeat(np.arange(len(numbers)), [len(each) for each in numbers])
    order = _first(keys, count)
    chosen = zip(
        segments[order].tolist(), np.concatenate(numbers)[order].tolist(), (-keys[1][order]).tolist(), strict=True
    )
    return [Place(matches[segment], record, score) for segment, record, score in chosen]


def _first(keys: tuple[np.ndarray, np.ndarray, np.ndarray], count: int) -> np.ndarray:
    """Return the places of the first `count`, sorted by the last key, then the one before it."""
    rank, score, covered = keys
    candidates = np.arange(len(rank))
    if len(rank) > count and not covered.any():  # sort only those that may be among them: 10 times faster at 100,000
        limit = np.partition(score, count - 1)[count - 1]
        candidates = np.flatnonzero(score <= limit)
    order = np.lexsort((rank[candidates], score[candidates], covered[candidates]))
    return candidates[order[:count]]


def facets_of(
    segments: Sequence[LiveSegment], found: Sequence[BoolArray], filters: Mapping[str, Sequence[str]]
) -> tuple[Facet, ...]:
    """Return all facets with the number of records that each value would leave: most first, then by id."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACET_NAMES}
    for live, records in zip(segments, found, strict=True):
        for name, counted in facet_counts(live, records, filters).items():
            counts[name].update(counted)
    return tuple(_facet(name, counts[name], filters.get(name, ())) for name in FACET_NAMES)


def _facet(name: str, counts: Counter[str], selected: Sequence[str]) -> Facet:
    every = sorted({*counts, *selected}, key=lambda value: (-counts[value], value))
    return Facet(name, tuple(FacetValue(value, counts[value], value in selected) for value in every))
