"""Finds word sequences in a text: a quoted phrase or a term label. Compares word forms, including stop words.

Hyphens, apostrophes and the spaces in numbers do not matter: "e-mail address" matches "email addresses". A pattern over
the `Flat` text finds candidate places; only those are compared word by word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.search.analysis.compounds import HYPHENS, PREFIXES
from kb.search.analysis.folded_bytes import Flat, flat, flat_word
from kb.search.analysis.word_forms import analyzer, fold, normal, split

# Letters to drop from the end of the beginning that a word's forms share; other words of the same form may differ
# there. With one letter dropped, 1 in 1,000 pairs of words is missed. Where stems come from a dictionary or letters
# come and go, it would be 6 to 15, so two are dropped.
UNEVEN: dict[str, int] = {"ro": 2, "hr": 2, "sl": 2, "nl": 2, "ga": 2}
# Letters with a two-letter spelling: the shared beginning ends between the two.
_LIGATURES = {"de": ("ss", "ae", "oe"), "da": ("ae", "oe"), "fr": ("ae", "oe")}
_NO_HYPHENS = str.maketrans("", "", HYPHENS)
_REST = rb"[^ ]*+"

Reading = tuple[frozenset[str], ...]  # the forms of each word


def beginning(word: str, language: str) -> bytes:
    """Return the beginning, in a `Flat` text, of all words that share a form with this one."""
    shared = _shared((fold(word), *analyzer(language).forms(word)))
    if not word.isdecimal():
        shared = shared[: max(1, len(shared) - UNEVEN.get(language, 1))]
        for pair in _LIGATURES.get(language, ()):
            before, found, _ = shared.partition(pair)
            shared = before + found[:1]
    return flat_word(shared)


def _shared(words: Sequence[str]) -> str:
    """Return the common prefix of the words."""
    least, most = min(words), max(words)
    return next((least[:place] for place, letter in enumerate(least) if letter != most[place]), least)


class Phrase:
    """A sequence of words, to find in any number of texts of a language. Safe to share between threads.

    A phrase without words never matches.
    """

    def __init__(self, words: str, language: str) -> None:
        self._forms = analyzer(language).forms
        written = readings(words)
        self._readings = tuple(tuple(frozenset(self._forms(word)) for word in each) for each in written)
        patterns = [_pattern(each, language) for each in written]
        self._pattern = re.compile(b" " + (patterns[0] if len(patterns) == 1 else b"(?:" + b"|".join(patterns) + b")"))

    def stands_in(self, text: str) -> bool:
        """Return whether the words occur in a text in this order with no other word between."""
        return next(self.places(flat(text)), None) is not None

    def places(self, text: Flat) -> Iterator[tuple[int, int]]:
        """Yield the positions of the phrase in a `Flat` text."""
        if not self._readings:
            return
        found = self._pattern.search(text.letters)
        while found:
            start, end = found.start(), found.end() - 1
            if self._is(text.text[start:end]):
                yield start, end
            found = self._pattern.search(text.letters, found.start() + 1)

    def _is(self, part: str) -> bool:
        for words in readings(part):
            forms = [self._forms(word) for word in words]
            if any(fits(reading, forms) for reading in self._readings):
                return True
        return False


def readings(text: str) -> list[list[str]]:
    """Return the words of a text; if it has a hyphen, also those of the text without hyphens."""
    even = normal(text)
    joined = even.translate(_NO_HYPHENS)
    written = [[word for word, _, _ in split(each)] for each in dict.fromkeys((even, joined))]
    return [words for words in written if words]


def fits(reading: Reading, forms: Sequence[tuple[str, ...]]) -> bool:
    """Return whether each word of a text shares a form with the wanted word at the same position."""
    return len(reading) == len(forms) and not any(
        wanted.isdisjoint(found) for wanted, found in zip(reading, forms, strict=True)
    )


def _pattern(words: Sequence[str], language: str) -> bytes:
    """Return a pattern for these words in a `Flat` text. It is unambiguous, so it never backtracks."""
    return b" ++".join(_word_pattern(word, language) for word in words)


def _word_pattern(word: str, language: str) -> bytes:
    begins = beginning(word, language)
    if word.isdecimal() and word.isascii() and len(word) > 3:
        first = len(word) % 3 or 3
        groups = [begins[:first], *(begins[at : at + 3] for at in range(first, len(begins), 3))]
        return b" ?".join(groups) + rb"(?= )"
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(begins) > len(prefix):
            return prefix.encode() + b" ?" + re.escape(begins[len(prefix) :]) + _REST
    return re.escape(begins) + _REST
