"""Postings as four arrays: tokens with their places, used by searches instead of files.

A binary search over fixed-width bytes finds a token, so the arrays work directly on a memory-mapped file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from kb.search.index.posting_buffer import FloatArray, IntArray

Arrays = Mapping[str, npt.NDArray[Any]]
Bytes = npt.NDArray[np.bytes_]
KEY_BYTES = 32  # of a token; only the first 32 bytes of longer ones count
MEMO_LIMIT = 50_000  # tokens with a cached row

NOWHERE: tuple[IntArray, FloatArray] = (np.empty(0, np.int32), np.empty(0, np.float32))


def key_of(token: str) -> bytes:
    """Return a token as stored in the arrays."""
    return token.encode()[:KEY_BYTES]


def keys_of(tokens: Iterable[str]) -> Bytes:
    """Return tokens as one array of bytes of equal width, so that comparing copies none."""
    return np.array([key_of(token) for token in tokens], f"S{KEY_BYTES}")


def row_of(keys: Bytes, token: str) -> int:
    """Return the row of a token in sorted keys, or -1."""
    key = key_of(token)
    row = int(keys.searchsorted(np.bytes_(key)))
    return row if row < len(keys) and keys[row] == key else -1


def bounds_of(keys: Bytes, token: str) -> tuple[int, int]:
    """Return the start and end of the keys equal to a token."""
    first = row_of(keys, token)
    return (first, int(keys.searchsorted(np.bytes_(key_of(token)), "right"))) if first >= 0 else (0, 0)


def rows_with_prefix(keys: Bytes, prefix: str) -> tuple[int, int]:
    """Return the start and end of the keys with a prefix."""
    key = key_of(prefix)
    last = key + b"\xff" * (KEY_BYTES - len(key))
    first = int(keys.searchsorted(np.bytes_(key)))
    return first, int(keys.searchsorted(np.bytes_(last), "right"))


@dataclass(frozen=True)
class Postings:
    """Sorted tokens; row `i` has the places `places[starts[i]:starts[i + 1]]`, in order, with weights."""

    tokens: Bytes
    starts: npt.NDArray[np.int64]
    places: IntArray
    weights: FloatArray
    _rows: dict[str, int] = field(default_factory=dict, compare=False)

    def row(self, token: str) -> int:
        """Return the row of a token, or -1."""
        known = self._rows.get(token)
        if known is None:
            known = row_of(self.tokens, token)
            if len(self._rows) < MEMO_LIMIT:
                self._rows[token] = known
        return known

    def find(self, token: str) -> tuple[IntArray, FloatArray]:
        """Return the places of a token and its weight at each."""
        row = self.row(token)
        return NOWHERE if row < 0 else self.at(row)

    def at(self, row: int) -> tuple[IntArray, FloatArray]:
        """Return the places and weights of the token in a row."""
        start, end = self.starts[row], self.starts[row + 1]
        return self.places[start:end], self.weights[start:end]

    def at_all(self, rows: npt.NDArray[np.int32]) -> tuple[IntArray, FloatArray]:
        """Return the places and weights of the tokens in several rows, one after another."""
        found = [self.at(row) for row in rows.tolist()]
        if not found:
            return NOWHERE
        return np.concatenate([places for places, _ in found]), np.concatenate([weights for _, weights in found])

    def rows(self, tokens: Bytes) -> IntArray:
        """Return the rows of those tokens that exist here."""
        rows = self.tokens.searchsorted(tokens)
        inside = rows < len(self.tokens)
        rows, tokens = rows[inside], tokens[inside]
        found: IntArray = rows[self.tokens[rows] == tokens].astype(np.int32)
        return found

    def arrays(self, name: str) -> dict[str, npt.NDArray[Any]]:
        """Return the arrays to store, with names that begin with `name`."""
        return {
            f"{name}.tokens": self.tokens,
            f"{name}.starts": self.starts,
            f"{name}.places": self.places,
            f"{name}.weights": self.weights,
        }

    @classmethod
    def of(cls, arrays: Arrays, name: str) -> Postings:
        """Return postings from stored arrays."""
        return cls(
            arrays[f"{name}.tokens"], arrays[f"{name}.starts"], arrays[f"{name}.places"], arrays[f"{name}.weights"]
        )

    @classmethod
    def gathered(cls, keys: Iterable[bytes], rows: IntArray, places: IntArray, weights: FloatArray) -> Postings:
        """Build postings from unsorted ones: `rows` gives the sorted key of each; weights of equal ones are added.

        A key without postings gets an empty row.
        """
        tokens = np.array(list(keys), f"S{KEY_BYTES}")
        order, first = _grouped(rows, places)
        starts = np.searchsorted(rows[order][first], np.arange(len(tokens) + 1)).astype(np.int64)
        summed = np.add.reduceat(weights[order], first) if len(first) else np.empty(0, np.float32)
        return cls(tokens, starts, places[order][first].astype(np.int32), summed.astype(np.float32))


def _grouped(rows: IntArray, places: IntArray) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the order by row and place, and the index in it where each pair first occurs."""
    pairs = rows.astype(np.int64) << 32 | places
    order = np.argsort(pairs, kind="stable")
    pairs = pairs[order]
    first = np.flatnonzero(np.concatenate(([True], pairs[1:] != pairs[:-1]))) if len(pairs) else np.empty(0, np.int64)
    return order, first


def sorted_by_key(tokens: Iterable[str]) -> dict[bytes, int]:
    """Return the keys of tokens in order, each with its row."""
    return {key: row for row, key in enumerate(sorted(set(map(key_of, tokens))))}
