"""The postings of a segment while it is written: put in by document, taken out by token.

Whoosh keeps a tuple for each posting, writes them to disk pickled when there are many, and merges these files: a third
of the time that an index takes. Here a posting is three numbers, and what is too much for memory is a file of numbers.
"""

from __future__ import annotations

import tempfile
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

RUN = 2**24  # postings in memory, 12 bytes each, and about as much again while they are sorted

Posting = tuple[str, bytes, int, float, bytes]  # field, token, document, weight, an empty value
Weights = Mapping[str, Mapping[str, float]]  # by field its tokens with their weights


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

    def iter_postings(self) -> Iterator[Posting]:
        """Yield all postings by field, token and document."""
        self._end(is_kept=True)
        for field, numbers in sorted(self._numbers.items()):
            for token, number in sorted((token.encode(), number) for token, number in numbers.items()):
                for starts, documents, weights in self._runs:
                    if number + 1 < len(starts):
                        which = slice(starts[number], starts[number + 1])
                        for document, weight in zip(documents[which].tolist(), weights[which].tolist(), strict=True):
                            yield field, token, document, weight, b""

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


def _in_file(numbers: npt.NDArray[Any]) -> npt.NDArray[Any]:
    with tempfile.TemporaryFile() as file:
        numbers.tofile(file)
        file.flush()
        return np.memmap(file, numbers.dtype, "r", shape=numbers.shape)
