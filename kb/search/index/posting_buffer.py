"""Buffer of the postings of a segment during writing: added by document, read by field and token.

Whoosh keeps a tuple for each posting, pickles many to disk, and merges these files. That takes a third of the indexing
time. Here a posting is three numbers, and postings that exceed memory go to a file of numbers.
"""

from __future__ import annotations

import tempfile
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

RUN = 2**24  # postings in memory, 12 bytes each; sorting needs about as much again

Posting = tuple[str, bytes, int, float, bytes]  # field, token, document, weight, an empty value
Weights = Mapping[str, Mapping[str, float]]  # for each field, its tokens with their weights
IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True)
class FieldPostings:
    """All postings of a field: sorted tokens, the start of each token's postings, documents and weights."""

    tokens: Sequence[str]
    starts: npt.NDArray[np.int64]
    documents: IntArray
    weights: FloatArray


class _Numbers(dict[str, int]):
    """The numbers of the tokens of a field; a new token gets the next number unused in all fields."""

    def __init__(self, following: Iterator[int]) -> None:
        super().__init__()
        self._following = following

    def __missing__(self, token: str) -> int:
        self[token] = number = next(self._following)
        return number


class PostingBatch(NamedTuple):
    """Postings of some documents, numbered from 0, as one process sends them to another.

    `numbers` has the new tokens of each field, with the numbers by which `tokens` names them.
    """

    numbers: Mapping[str, Mapping[str, int]]
    tokens: bytes
    documents: bytes
    weights: bytes


class _Run(NamedTuple):
    """Postings sorted by token number: the start of each token's postings, their documents and weights."""

    starts: npt.NDArray[np.int64]
    documents: npt.NDArray[np.int32]
    weights: npt.NDArray[np.float32]


class PostingPool:
    """Replaces the posting pool of a Whoosh writer. Postings of one token are in document order.

    Drops the values of postings: the fields of this index have none.
    """

    def __init__(self, run: int = RUN) -> None:
        self._most = run
        self.cleanup()

    def _begin(self) -> None:
        self._tokens, self._documents, self._weights = array("i"), array("i"), array("f")

    def add(self, posting: Posting) -> None:
        """Add one posting, as Whoosh does."""
        field, token, document, weight, _ = posting
        self.add_document(document, {field: {token.decode(): weight}})

    def add_document(self, document: int, weights: Weights) -> None:
        """Add all postings of a document at once, in a fifth of the time."""
        for field, found in weights.items():
            self._tokens.extend([*map(self._numbers[field].__getitem__, found)])
            self._documents.extend([document] * len(found))
            self._weights.extend(found.values())
        if len(self._tokens) >= self._most:
            self._end(is_kept=False)

    def take_batch(self) -> PostingBatch:
        """Remove and return the postings added since the last call; later calls do not repeat the tokens."""
        new: dict[str, dict[str, int]] = {}
        for field, numbers in self._numbers.items():
            new[field] = dict(islice(numbers.items(), self._taken[field], None))
            self._taken[field] = len(numbers)
        batch = PostingBatch(new, self._tokens.tobytes(), self._documents.tobytes(), self._weights.tobytes())
        self._begin()
        return batch

    def add_batch(self, document: int, batch: PostingBatch) -> None:
        """Add the next batch of one other pool; `document` is the number of the first document.

        The other pool numbers tokens differently, because Whoosh adds postings to this one only.
        """
        self._translated.extend([0] * sum(map(len, batch.numbers.values())))
        for field, numbers in batch.numbers.items():
            own = self._numbers[field]
            for token, number in numbers.items():
                self._translated[number] = own[token]
        tokens = np.frombuffer(self._translated, np.int32)[np.frombuffer(batch.tokens, np.int32)]
        self._tokens.frombytes(tokens.tobytes())
        self._documents.frombytes((np.frombuffer(batch.documents, np.int32) + np.int32(document)).tobytes())
        self._weights.frombytes(batch.weights)
        if len(self._tokens) >= self._most:
            self._end(is_kept=False)

    def iter_postings(self) -> Iterator[tuple[str, FieldPostings]]:
        """Yield each field with all its postings, sorted by field and token."""
        self._end(is_kept=True)
        for field, numbers in sorted(self._numbers.items()):
            tokens = sorted(numbers)
            yield field, _joined(tokens, np.array([numbers[token] for token in tokens], np.int64), self._runs)

    def cleanup(self) -> None:
        """Discard everything; the files are unnamed and disappear when closed."""
        self._following = count()
        self._numbers: defaultdict[str, _Numbers] = defaultdict(lambda: _Numbers(self._following))
        self._taken: Counter[str] = Counter()
        self._translated = array("i")
        self._runs: list[_Run] = []
        self._begin()

    def _end(self, *, is_kept: bool) -> None:
        """End a run: keep the last one in memory, write others to files."""
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
    """Join the postings of all runs for some tokens, given the number of each token."""
    firsts = [run.starts[np.minimum(numbers, len(run.starts) - 1)] for run in runs]
    ends = [run.starts[np.minimum(numbers + 1, len(run.starts) - 1)] for run in runs]
    counts = [end - first for first, end in zip(firsts, ends, strict=True)]
    starts = np.concatenate(([0], np.cumsum(np.sum(counts, axis=0, dtype=np.int64))))
    documents, weights = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.float32)
    free = starts[:-1].copy()  # next free position for each token
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
