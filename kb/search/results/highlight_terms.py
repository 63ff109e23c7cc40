"""Matchers for search terms in texts: single words and word sequences.

Results are cached by spelling, because a page repeats the same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from kb.search.analysis.folded_bytes import Flat
from kb.search.analysis.tokenizer import fold, normal, split, written_words
from kb.search.analysis.word_forms import analyzer
from kb.search.analysis.word_sequences import Reading, beginning, fits, readings

PREFIX_LEAST = 3  # minimum letters of a typed word that matches as a prefix

Span = tuple[int, int]


class WantedWord:
    """One typed word: matches its forms and longer words that begin with it.

    `wanted` are its forms. `prefix` is its beginning without accents, empty if too short to match as a prefix. `begins`
    is the beginning of its forms in a `Flat` text, after a space.
    """

    def __init__(self, word: str, language: str) -> None:
        self._forms = analyzer(language).forms
        self.wanted = frozenset(self._forms(word))
        self.prefix = fold(word) if len(word) >= PREFIX_LEAST else ""
        self.begins = b" " + beginning(word, language)
        self._known: dict[str, bool] = {}

    def fits(self, written: str) -> bool:
        """Return whether a word of a text matches."""
        known = self._known.get(written)
        if known is None:
            known = self._known[written] = any(map(self._is_same, written_words(written)))
        return known

    def _is_same(self, word: str) -> bool:
        begins = bool(self.prefix) and fold(word).startswith(self.prefix)
        return begins or not self.wanted.isdisjoint(self._forms(word))

    def places(self, text: Flat) -> Iterator[Span]:
        """Yield the positions of the word in a `Flat` text."""
        for at in _beginnings(text, self.begins):
            end = text.letters.find(b" ", at + 1) - 1
            if self.fits(text.text[at:end]):
                yield at, end


class WantedSequences:
    """Word sequences or single words in any of their forms; the longest match wins at each position.

    `firsts` are the forms of all first words, `all` those of all words. `beginnings` are the first two letters of
    possible matches in a `Flat` text. `most` is the word count of the longest sequence.
    """

    def __init__(self, texts: Iterable[str], language: str) -> None:
        self._forms = analyzer(language).forms
        written = [words for text in dict.fromkeys(texts) for words in readings(text)]
        self._readings: list[Reading] = [tuple(frozenset(self._forms(word)) for word in words) for words in written]
        self.firsts = frozenset(form for reading in self._readings for form in reading[0])
        self.all = frozenset(form for reading in self._readings for word in reading for form in word)
        self.most = max(map(len, self._readings), default=0)
        self._beginnings = _shortest(b" " + _first_letters(words[0], language) for words in written)
        self.beginnings = frozenset(each[1:3] for each in self._beginnings)
        self._by_first: dict[str, list[int]] = {}
        for number, reading in enumerate(self._readings):
            for form in reading[0]:
                self._by_first.setdefault(form, []).append(number)
        self._known: dict[str, tuple[int, ...]] = {}
        self._may: dict[str, bool] = {}

    def starting(self, word: str) -> tuple[int, ...]:
        """Return the numbers of the sequences that begin with a word, longest first."""
        known = self._known.get(word)
        if known is None:
            numbers = {number for form in self._forms(word) for number in self._by_first.get(form, ())}
            known = tuple(sorted(numbers, key=lambda number: (-len(self._readings[number]), number)))
            self._known[word] = known
        return known

    def longest(self, words: Sequence[str], at: int = 0) -> tuple[int, int] | None:
        """Return number and length of the longest sequence that begins at a given word."""
        for number in self.starting(words[at]):
            reading = self._readings[number]
            if fits(reading, [self._forms(word) for word in words[at : at + len(reading)]]):
                return number, len(reading)
        return None

    def places(self, text: Flat) -> Iterator[tuple[int, int, int]]:
        """Yield match positions in a `Flat` text with their numbers; sequences with equal beginnings come together."""
        for begins in self._beginnings:
            for at in _beginnings(text, begins):
                end = text.letters.find(b" ", at + 1) - 1
                if self._may_begin(text.text[at:end]):
                    words = list(islice(split(text.text, at), self.most))
                    found = self.longest([normal(word) for word, _, _ in words]) if words else None
                    if found:
                        yield at, words[found[1] - 1][2], found[0]

    def _may_begin(self, written: str) -> bool:
        """Return whether a sequence may begin with this word, which may be the first group of a number."""
        known = self._may.get(written)
        if known is None:
            words = written_words(written)
            known = self._may[written] = any(word.isdecimal() or self.starting(word) for word in words[:1])
        return known


def _beginnings(text: Flat, begins: bytes) -> Iterator[int]:
    """Yield the positions of words that begin with these letters, which start with a space."""
    letters = text.letters
    last = len(letters) - 1  # the space after the text
    at = letters.find(begins)
    while 0 <= at < last:
        yield at
        at = letters.find(begins, at + 1)


def _first_letters(word: str, language: str) -> bytes:
    """Return the beginning of a word in a `Flat` text; a long number may be written in groups."""
    begins = beginning(word, language)
    return begins[: len(word) % 3 or 3] if word.isdecimal() and word.isascii() else begins


def _shortest(begins: Iterable[bytes]) -> list[bytes]:
    """Return the beginnings without those that begin with another one."""
    kept: list[bytes] = []
    for each in sorted(set(begins)):
        if not kept or not each.startswith(kept[-1]):
            kept.append(each)
    return kept
