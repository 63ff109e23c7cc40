"""Where words stand one after another in a text: a quoted phrase, the label of a term. By forms, stop words included.

Hyphens, apostrophes and the spaces of numbers do not matter: "e-mail address" is found in "email addresses". A pattern
over the flat text finds where the words may stand, and only there they are looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kb.search.analysis.compounds import HYPHENS, PREFIXES
from kb.search.analysis.folded_bytes import Flat, flat, flat_word
from kb.search.analysis.word_forms import analyzer, fold, normal, split

# Letters of what its forms share that a word need not have in common with another one of the same form. With one, 1 in
# 1,000 pairs of words is missed; where stems are found in a dictionary or letters come and go, two are better: 6 to 15.
UNEVEN: dict[str, int] = {"ro": 2, "hr": 2, "sl": 2, "nl": 2, "ga": 2}
# Letters that are two in another spelling: the beginning ends between them.
_LIGATURES = {"de": ("ss", "ae", "oe"), "da": ("ae", "oe"), "fr": ("ae", "oe")}
_NO_HYPHENS = str.maketrans("", "", HYPHENS)
_REST = rb"[^ ]*+"

Reading = tuple[frozenset[str], ...]  # the forms of each word


def beginning(word: str, language: str) -> bytes:
    """Return how, in a flat text, the words begin that share a form with this one."""
    shared = _shared((fold(word), *analyzer(language).forms(word)))
    if not word.isdecimal():
        shared = shared[: max(1, len(shared) - UNEVEN.get(language, 1))]
        for pair in _LIGATURES.get(language, ()):
            before, found, _ = shared.partition(pair)
            shared = before + found[:1]
    return flat_word(shared)


def _shared(words: Sequence[str]) -> str:
    """Return the letters with which all of them begin."""
    least, most = min(words), max(words)
    return next((least[:place] for place, letter in enumerate(least) if letter != most[place]), least)


class Phrase:
    """Words one after another, to be found in any number of texts of a language. Threads may share it.

    A phrase without words stands nowhere.
    """

    def __init__(self, words: str, language: str) -> None:
        self._forms = analyzer(language).forms
        written = readings(words)
        self._readings = tuple(tuple(frozenset(self._forms(word)) for word in each) for each in written)
        patterns = [_pattern(each, language) for each in written]
        self._pattern = re.compile(b" " + (patterns[0] if len(patterns) == 1 else b"(?:" + b"|".join(patterns) + b")"))

    def stands_in(self, text: str) -> bool:
        """Whether the words stand in a text, in this order and with no other word between."""
        return next(self.places(flat(text)), None) is not None

    def places(self, text: Flat) -> Iterator[tuple[int, int]]:
        """Yield where in a flat text they stand."""
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
    """Return the words of a text; if there is a hyphen in it, also those of the text without it."""
    even = normal(text)
    joined = even.translate(_NO_HYPHENS)
    written = [[word for word, _, _ in split(each)] for each in dict.fromkeys((even, joined))]
    return [words for words in written if words]


def fits(reading: Reading, forms: Sequence[tuple[str, ...]]) -> bool:
    """Whether each word of a text shares a form with the wanted one in its place."""
    return len(reading) == len(forms) and not any(
        wanted.isdisjoint(found) for wanted, found in zip(reading, forms, strict=True)
    )


def _pattern(words: Sequence[str], language: str) -> bytes:
    """Return what matches these words in a flat text. Nothing in it can match in two ways, so it never goes back."""
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
