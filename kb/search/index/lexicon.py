"""Word list of one language: maps spellings to forms, prefixes and nearest spellings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from kb.search.index.postings import KEY_BYTES, Arrays, Bytes, key_of, keys_of, row_of, rows_with_prefix

HEADS_FROM = 3  # minimum letters of a prefix searched in titles, names, summaries and keywords
BODY_FROM = 4  # the same for texts


@dataclass(frozen=True)
class Spelling:
    """A word of a document: its spelling, its document count, whether a head has it, the rows of its forms."""

    written: str
    count: int
    is_head: bool
    forms: tuple[int, ...]


@dataclass(frozen=True)
class Lexicon:
    """Words with accents folded, sorted; each with its commonest spelling and the rows of its forms."""

    words: Bytes
    spellings: Bytes
    counts: npt.NDArray[np.int32]
    is_head: npt.NDArray[np.bool_]
    starts: npt.NDArray[np.int32]
    forms: npt.NDArray[np.int32]

    def forms_of_prefix(self, prefix: str) -> npt.NDArray[np.int32]:
        """Return the rows of all forms of the words with a folded prefix, without duplicates."""
        if len(prefix) < HEADS_FROM:
            return np.empty(0, np.int32)
        first, end = rows_with_prefix(self.words, prefix)
        if first == end:
            return np.empty(0, np.int32)
        forms = self.forms[self.starts[first] : self.starts[end]]
        if len(prefix) < BODY_FROM:
            forms = forms[np.repeat(self.is_head[first:end], np.diff(self.starts[first : end + 1]))]
        return np.unique(forms) if len(forms) > 1 else forms

    def count_of(self, words: Bytes) -> npt.NDArray[np.int32]:
        """Return the document count of each of these folded words, 0 for an unknown one."""
        if not len(self.words):
            return np.zeros(len(words), np.int32)
        rows = np.minimum(np.searchsorted(self.words, words), len(self.words) - 1)
        return np.where(self.words[rows] == words, self.counts[rows], 0)

    def spelling(self, word: str) -> str:
        """Return the commonest spelling of a folded word; empty if unknown."""
        row = row_of(self.words, word)
        return bytes(self.spellings[row]).decode(errors="ignore") if row >= 0 else ""

    def arrays(self, name: str) -> dict[str, npt.NDArray[Any]]:
        """Return the arrays to store, with names that begin with `name`."""
        return {
            f"{name}.words": self.words,
            f"{name}.spellings": self.spellings,
            f"{name}.counts": self.counts,
            f"{name}.is_head": self.is_head,
            f"{name}.word_starts": self.starts,
            f"{name}.word_forms": self.forms,
        }

    @classmethod
    def of(cls, arrays: Arrays, name: str) -> Lexicon:
        """Return a lexicon from stored arrays."""
        parts = ("words", "spellings", "counts", "is_head", "word_starts", "word_forms")
        return cls(*(arrays[f"{name}.{part}"] for part in parts))

    @classmethod
    def made(cls, spellings: Iterable[Spelling], folded: Mapping[str, str]) -> Lexicon:
        """Build a lexicon from spellings; `folded` maps each to its form without accents."""
        together: dict[bytes, list[Spelling]] = {}
        for each in spellings:
            together.setdefault(key_of(folded[each.written]), []).append(each)
        words = sorted(together)
        groups = [together[word] for word in words]
        forms = [sorted({form for each in group for form in each.forms}) for group in groups]
        return cls(
            np.array(words, f"S{KEY_BYTES}"),
            keys_of([max(group, key=lambda each: (each.count, each.written)).written for group in groups]),
            np.array([sum(each.count for each in group) for group in groups], np.int32),
            np.array([any(each.is_head for each in group) for group in groups], np.bool_),
            np.cumsum([0, *map(len, forms)]).astype(np.int32),
            np.array([form for group in forms for form in group], np.int32),
        )
