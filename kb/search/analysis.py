"""Text to words, and a word to its forms: numbers joined, cedilla to comma, lemma or stem, then accents folded.

Two words mean the same where they share a form. Stems are folded *after* stemming, because a Lithuanian or Portuguese
ending is known by its accents; where a word typed without them has another stem, it has both forms. So has a word
whose plural or spelling the stemmer does not know (`spellings.py`).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import cache
from threading import Lock
from typing import NamedTuple

import Stemmer

from kb.search.compounds import joined_words
from kb.search.romanian import lemmas
from kb.search.spellings import light_stem, spellings
from kb.search.stopwords import stop_words

# The 18 official languages of the Union with a Snowball stemmer.
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
# Four more are served by the stemmer of a related language. Share of the pairs of forms of one word that meet, over the
# 15,000 to 25,000 commonest words, with dictionaries as judge: hr 0.67, sl 0.58, sk 0.53, lv 0.71 instead of 0.00 to
# 0.04 with folding alone, and no more words that wrongly meet than in Czech (0.66) or Lithuanian (0.90), which have
# stemmers of their own. Bulgarian with the Russian one comes to 0.35 only: it and Maltese are folded.
RELATED: dict[str, str] = {"hr": "serbian", "sl": "serbian", "sk": "czech", "lv": "lithuanian"}
# The official languages of the Union.
UNION: tuple[str, ...] = tuple(sorted({*SNOWBALL, *RELATED, "bg", "mt"}))
MEMO_LIMIT = 200_000  # spellings kept for each language; the corpus of 10,000 documents had 154,000
WORD_LIMIT = 100  # letters; what is longer is no word

# Left out: soft hyphen, zero width space and joiners, byte order mark. Apostrophes that Unicode takes for letters.
INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_REPLACED = {"ş": "ș", "ţ": "ț", "Ş": "Ș", "Ţ": "Ț", "ʼ": "’", "ʻ": "’", "ʹ": "’"}
_SPECIAL = {"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "ς": "σ"}
# 116006, 116 006, 116-006 and 116.006 are one number: groups of three digits after a first of up to three. The first
# digit stands before the look behind, so that a search jumps from digit to digit.
_NUMBER = r"\d(?<![^\W_]\d)\d{0,2}(?:[ \u00a0\u2009\u202f.\u2010\u2011-]\d{3})+(?![^\W_])"
_NUMBERS = re.compile(_NUMBER)
_LETTERS = re.compile(r"[^\W_]+")
WORD = re.compile(f"{_NUMBER}|[^\\W_]+")
# Letters whose lower case depends on what stands around them, or is two letters.
_UNEVEN = ("Σ", "İ")


class Method(StrEnum):
    """How well the words of a language are understood; the site says which."""

    LEMMA = "lemma and stem"
    STEM = "stem"
    RELATED = "stem as in a related language"
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
    if language in RELATED:
        return Method.RELATED
    return Method.STEM if language in SNOWBALL else Method.FOLD


def normal(text: str) -> str:
    """Return the text in NFC, with Romanian comma letters for cedillas, plain apostrophes, and nothing invisible."""
    if text.isascii():
        return text
    for letter in INVISIBLE:
        text = text.replace(letter, "")
    text = unicodedata.normalize("NFC", text)
    for letter, instead in _REPLACED.items():
        text = text.replace(letter, instead)
    return text


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
    for found in WORD.finditer(text):
        word = found.group()
        whole = word if word.isalnum() else _digits(found)
        yield whole.lower()[:WORD_LIMIT], found.start(), found.end()


def _digits(number: re.Match[str]) -> str:
    return "".join(filter(str.isdecimal, number.group()))


def written_words(text: str) -> list[str]:
    """Return the words of a text as they are written, in lower case."""
    return [word for word, _, _ in split(normal(text))]


def counted_words(text: str) -> Counter[str]:
    """Return how often each word stands in a text; those written with a hyphen as their parts and in one, too.

    The same words as `written_words`, four times as fast: 0.3 ms for 1,100 words.
    """
    text = normal(text)
    if any(letter in text for letter in _UNEVEN):
        words = [word for word, _, _ in split(text)]
    else:
        words = _LETTERS.findall(_NUMBERS.sub(_digits, text.lower()))
    words.extend(joined_words(text))
    counts = Counter(words)
    if max(map(len, counts), default=0) > WORD_LIMIT:
        counts = Counter(word[:WORD_LIMIT] for word in words)
    return counts


class Analyzer:
    """The words of one language; forms are remembered by spelling. Threads may share it.

    `forms(word)` returns the tokens under which a lower-case word is indexed and asked for: at least one, seldom two.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.method = method_of(language)
        self._stem = _stemmer(language)
        self._stops = frozenset(form for word in stop_words(language) for form in _typed(word, language))
        # The lookup of a dictionary itself, so that a known word costs no call of ours.
        self.forms: Callable[[str], tuple[str, ...]] = _Memo(self._forms).__getitem__

    def tokens(self, text: str) -> list[Token]:
        """Return the words of a text with all their forms, in order; places are those in the normal text."""
        return [Token(word, self.forms(word), start, end) for word, start, end in split(normal(text))]

    def is_stop(self, word: str) -> bool:
        """Whether a lower-case word says nothing by itself: on the list, or a single letter."""
        return word in self._stops or (len(word) == 1 and word.isalpha())

    def _forms(self, word: str) -> tuple[str, ...]:
        if word.isdecimal():
            return (word,)
        bases = lemmas(word) if self.method is Method.LEMMA else spellings(word, self.language)
        written = [spelling for each in bases for spelling in (each, fold(each))]
        stems = [fold(self._stem(each)) for each in dict.fromkeys((*written, fold(word)))]
        light = fold(light_stem(word, stems[0], self.language))
        return tuple(dict.fromkeys((*stems, light) if light else stems))


class _Memo(dict[str, tuple[str, ...]]):
    """Forms by word, worked out when a word is first asked for, and kept while there is room."""

    def __init__(self, make: Callable[[str], tuple[str, ...]]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> tuple[str, ...]:
        forms = self._make(word)
        if len(self) < MEMO_LIMIT:
            self[word] = forms
        return forms


@cache
def analyzer(language: str) -> Analyzer:
    """Return the one analyzer of a language."""
    return Analyzer(language)


def _typed(word: str, language: str) -> Iterator[str]:
    """Yield a stop word as it is typed with and without its accents."""
    yield word
    yield fold(word)
    if language == "de":
        yield word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")


def _stemmer(language: str) -> Callable[[str], str]:
    """Return a function that stems; the stemmer is not made for several threads at once, so it has a lock."""
    name = SNOWBALL.get(language) or RELATED.get(language)
    if name is None:
        return str
    stemmer, lock = Stemmer.Stemmer(name, 0), Lock()  # words are remembered here, so not there

    def stem(word: str) -> str:
        with lock:
            return str(stemmer.stemWord(word))

    return stem
