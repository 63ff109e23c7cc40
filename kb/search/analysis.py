"""Text to tokens, language by language: numbers joined, cedilla to comma, lemma (Romanian), stem, then accents folded.

Stems are folded *after* stemming, because a Lithuanian or Portuguese ending is known by its accents. Where a word typed
without them has another stem, a token carries both, in the index and in the query: every spelling finds its word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cache
from threading import Lock
from typing import NamedTuple

import Stemmer

from kb.search.romanian import lemma
from kb.search.stopwords import stop_words

# The 18 official languages of the Union with a Snowball stemmer; bg, hr, lv, mt, sk and sl have none.
SNOWBALL: dict[str, str] = {
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hu": "hungarian",
    "it": "italian",
    "lt": "lithuanian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "sv": "swedish",
}
MEMO_LIMIT = 200_000  # spellings kept for each language; the corpus of 10,000 documents had 154,000
WORD_LIMIT = 100  # letters; what is longer is no word

_CEDILLA = str.maketrans("şţŞŢ", "șțȘȚ")
_INVISIBLE = str.maketrans("", "", "\u00ad\u200b\u200c\u200d\u2060\ufeff")
_SPECIAL = {"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ς": "σ"}
# Endings by which a stemmer knows a word, as typed without accents and as they should be.
_ENDINGS: dict[str, dict[str, str]] = {
    "lt": {"eje": "ėje", "ems": "ėms", "emis": "ėmis", "ese": "ėse"},
    "pt": {"cao": "ção", "çao": "ção", "coes": "ções", "çoes": "ções", "sao": "são", "soes": "sões"},
}
# 116006, 116 006, 116-006 and 116.006 are one number: groups of three digits after a first of up to three.
_WORD = re.compile(
    r"(?<![^\W_])\d{1,3}(?:[ \u00a0\u2009\u202f.\u2010\u2011-]\d{3})+(?![^\W_])|[^\W_]+",
)


class Method(StrEnum):
    """How well the words of a language are understood; the site says which."""

    LEMMA = "lemma and stem"
    STEM = "stem"
    FOLD = "accents only"


class Token(NamedTuple):
    """One word of a text: as written (lower case), all its forms for the index, and where it stood."""

    written: str
    forms: tuple[str, ...]
    start: int
    end: int


def method_of(language: str) -> Method:
    """Return how the words of this language are analysed."""
    if language == "ro":
        return Method.LEMMA
    return Method.STEM if language in SNOWBALL else Method.FOLD


def normal(text: str) -> str:
    """Return the text in NFC, with Romanian comma letters for cedillas and without invisible characters."""
    return unicodedata.normalize("NFC", text).translate(_CEDILLA).translate(_INVISIBLE)


def fold(word: str) -> str:
    """Take the accents off Latin and Greek letters; Cyrillic й stays what it is."""
    return word if word.isascii() else "".join(map(_fold_letter, word))


@cache
def _fold_letter(letter: str) -> str:
    if letter in _SPECIAL:
        return _SPECIAL[letter]
    if unicodedata.combining(letter):
        return ""
    if not unicodedata.name(letter, "").startswith(("LATIN", "GREEK")):
        return letter
    return "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))


def split(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a normal text in lower case with their places; the groups of a number are joined."""
    for found in _WORD.finditer(text):
        word = found.group()
        whole = word if word.isalnum() else re.sub(r"\D", "", word)
        yield whole.lower()[:WORD_LIMIT], found.start(), found.end()


def written_words(text: str) -> list[str]:
    """Return the words of a text as they are written, in lower case."""
    return [word for word, _, _ in split(normal(text))]


class Analyzer:
    """The words of one language; forms are remembered by spelling. Threads may share it."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.method = method_of(language)
        self._stem = _stemmer(language)
        self._stops = frozenset(form for word in stop_words(language) for form in (word, fold(word)))
        self._memo: dict[str, tuple[str, ...]] = {}

    def tokens(self, text: str) -> list[Token]:
        """Return the words of a text with all their forms, in order; places are those in the normal text."""
        return [Token(word, self.forms(word), start, end) for word, start, end in split(normal(text))]

    def forms(self, word: str) -> tuple[str, ...]:
        """Return the tokens under which a lower-case word is indexed and asked for: at least one, seldom two."""
        known = self._memo.get(word)
        if known is None:
            known = self._forms(word)
            if len(self._memo) < MEMO_LIMIT:
                self._memo[word] = known
        return known

    def is_stop(self, word: str) -> bool:
        """Whether a lower-case word says nothing by itself: on the list, or a single letter."""
        return word in self._stops or (len(word) == 1 and word.isalpha())

    def _forms(self, word: str) -> tuple[str, ...]:
        if word.isdecimal():
            return (word,)
        base = lemma(word) if self.method is Method.LEMMA else _with_accents(word, self.language)
        return tuple(dict.fromkeys(fold(self._stem(each)) for each in (base, fold(base), fold(word))))


@cache
def analyzer(language: str) -> Analyzer:
    """Return the one analyzer of a language."""
    return Analyzer(language)


def _with_accents(word: str, language: str) -> str:
    """Return the word with the accents of its ending, if they are missing there."""
    for typed, ending in _ENDINGS.get(language, {}).items():
        if word.endswith(typed):
            return word.removesuffix(typed) + ending
    return word


def _stemmer(language: str) -> Callable[[str], str]:
    """Return a function that stems; the stemmer is not made for several threads at once, so it has a lock."""
    if language not in SNOWBALL:
        return str
    stemmer, lock = Stemmer.Stemmer(SNOWBALL[language]), Lock()

    def stem(word: str) -> str:
        with lock:
            return str(stemmer.stemWord(word))

    return stem
