"""Cross-tabulates two facets: counts records for each pair of values with bit operations, without running searches.

Each number equals that of a search with the same filters and these two values, including narrower terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from kb.search.index.segment import LiveSegment

Counts = Mapping[str, int]
K = TypeVar("K")


@dataclass(frozen=True)
class Crosstab:
    """Record counts. `rows` and `columns` count each value regardless of the other facet, `total` counts all."""

    cells: Mapping[tuple[str, str], int]
    rows: Counts
    columns: Counts
    total: int

    def cell(self, row: str, column: str) -> int:
        """Return how many records have both values."""
        return self.cells.get((row, column), 0)


def cross(segments: Iterable[LiveSegment], rows: str, columns: str, filters: Mapping[str, Sequence[str]]) -> Crosstab:
    """Count the records that match all filters for each facet value and each pair of values."""
    cells: dict[tuple[str, str], int] = {}
    by_row: dict[str, int] = {}
    by_column: dict[str, int] = {}
    total = 0
    for live in segments:
        segment, bits = live.segment, live.fitting(filters)
        total += int(np.bitwise_count(bits).sum())
        _add(by_row, segment.ids[rows], live.counts(bits, rows))
        _add(by_column, segment.ids[columns], live.counts(bits, columns))
        for value, having in zip(segment.ids[rows], segment.facets[segment.rows_of[rows]], strict=True):
            counts = live.counts(bits & having, columns)
            _add(cells, [(value, column) for column in segment.ids[columns]], counts)
    return Crosstab(cells, by_row, by_column, total)


def _add(counted: dict[K, int], keys: Iterable[K], counts: Iterable[int]) -> None:
    for key, count in zip(keys, counts, strict=True):
        if count:
            counted[key] = counted.get(key, 0) + count
