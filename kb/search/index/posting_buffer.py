"""The postings of a segment while it is written: put in by document, taken out by field and token.

Whoosh keeps a tuple for each posting, writes them to disk pickled when there are many, and merges these files: a third
of the time that an index takes. Here a posting is three numbers, and what is too much for memory is a file of numbers.
"""

from __future__ import annotations

import tempfile
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

RUN = 2**24  # postings in memory, 12 bytes each, and about as much again while they are sorted

Posting = tuple[str, bytes, int, float, bytes]  # field, token, document, weight, an empty value
Weights = Mapping[str, Mapping[str, float]]  # by field its tokens with their weights
IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True)
class FieldPostings:
    """Everything in a field: tokens in order, where the postings of each begin, documents and weights."""

    tokens: Sequence[str]
    starts: npt.NDArray[np.int64]
    documents: IntArray
    weights: FloatArray


class _Numbers(dict[str, int]):
    """The number of each token of a field: a new one gets the next that no token of any field has."""

    def __init__(self, following: Iterator[int]) -> None:
        super().__init__()
        self._following = following

    def __missing__(self, token: str) -> int:
        self[token] = number = next(self._following)
        return number


class _Run(NamedTuple):
    """Postings sorted by the number of their token: where those of each begin, their documents and weights."""

    starts: npt.NDArray[np.int64]
    documents: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]


class PostingPool:
    """Takes the place of the pool of a Whoosh writer. Postings of one token come with their documents in order.

    What values postings have is not kept: the fields of this index have none.
    """

    def __init__(self, run: int = RUN) -> None:
        self._most = run
        self.cleanup()

    def _begin(self) -> None:
        self._tokens, self._documents, self._weights = array("i"), array("i"), array("f")

    def add(self, posting: Posting) -> None:
        """Put a posting in, as Whoosh does."""
        field, token, document, weight, _ = posting
        self.add_document(document, {field: {token.decode(): weight}})

    def add_document(self, document: int, weights: Weights) -> None:
        """Put all postings of a document in at once, which takes a fifth of the time."""
        for field, found in weights.items():
            self._tokens.extend([*map(self._numbers[field].__getitem__, found)])
            self._documents.extend([document] * len(found))
            self._weights.extend(found.values())
        if len(self._tokens) >= self._most:
            self._end(is_kept=False)

    def iter_postings(self) -> Iterator[tuple[str, FieldPostings]]:
        """Yield each field with all its postings, fields and tokens in order."""
        self._end(is_kept=True)
        for field, numbers in sorted(self._numbers.items()):
            tokens = sorted(numbers)
            yield field, _joined(tokens, np.array([numbers[token] for token in tokens], np.int64), self._runs)

    def cleanup(self) -> None:
        """Forget everything; files have no name and go with the last who holds them."""
        self._following = count()
        self._numbers: defaultdict[str, _Numbers] = defaultdict(lambda: _Numbers(self._following))
        self._runs: list[_Run] = []
        self._begin()

    def _end(self, *, is_kept: bool) -> None:
        """End a run: in memory if it is the last, else in files."""
        tokens = np.frombuffer(self._tokens, np.int32)
        order = np.argsort(tokens, kind="stable")
        starts = np.searchsorted(tokens[order], np.arange(sum(map(len, self._numbers.values())) + 1))
        documents = np.frombuffer(self._documents, np.int32)[order]
        weights = np.frombuffer(self._weights, np.float32)[order]
        if not is_kept:
            documents, weights = _in_file(documents), _in_file(weights)
        self._runs.append(_Run(starts, documents, weights))
        self._begin()


def _joined(tokens: Sequence[str], numbers: npt.NDArray[np.int64], runs: Sequence[_Run]) -> FieldPostings:
    """Return the postings of some tokens, given the number of each: those of all runs, one run after another."""
    firsts = [run.starts[np.minimum(numbers, len(run.starts) - 1)] for run in runs]
    ends = [run.starts[np.minimum(numbers + 1, len(run.starts) - 1)] for run in runs]
    counts = [end - first for first, end in zip(firsts, ends, strict=True)]
    starts = np.concatenate(([0], np.cumsum(np.sum(counts, axis=0, dtype=np.int64))))
    documents, weights = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.float32)
    free = starts[:-1].copy()  # where the next posting of each token goes
    for run, first, count_of in zip(runs, firsts, counts, strict=True):
        within = np.arange(count_of.sum()) - np.repeat(np.cumsum(count_of) - count_of, count_of)
        source, target = within + np.repeat(first, count_of), within + np.repeat(free, count_of)
        documents[target], weights[target] = run.documents[source], run.weights[source]
        free += count_of
    return FieldPostings(tokens, starts, documents, weights)


def _in_file(numbers: npt.NDArray[Any]) -> npt.NDArray[Any]:
    with tempfile.TemporaryFile() as file:
        numbers.tofile(file)
        file.flush()
        return np.memmap(file, numbers.dtype, "r", shape=numbers.shape)
