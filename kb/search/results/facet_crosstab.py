"""Two facets crossed: how many records have a value of the one and a value of the other, by counting bits.

Each number is that of the search with the same filters and these two values, the wider terms included.
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
    """Numbers of records. `rows` and `columns` count those of a value whatever the other facet says, `total` all."""

    cells: Mapping[tuple[str, str], int]
    rows: Counts
    columns: Counts
    total: int

    def cell(self, row: str, column: str) -> int:
        """Return how many records have both values."""
        return self.cells.get((row, column), 0)


def cross(segments: Iterable[LiveSegment], rows: str, columns: str, filters: Mapping[str, Sequence[str]]) -> Crosstab:
    """Return how many of the records that fit all filters have each value of a facet, and of two facets together."""
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
