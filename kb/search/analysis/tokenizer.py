"""Tokenizer: normalizes Unicode, joins grouped numbers, turns cedillas into commas below, folds accents."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

import numpy as np
import numpy.typing as npt

from kb.search.analysis.compounds import joined_words

WORD_LIMIT = 100  # letters; anything longer is not a word

# Removed: soft hyphen, zero width space and joiners, byte order mark. Replaced: cedillas, apostrophes that Unicode
# counts as letters, ligatures.
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_REPLACED = {"ş": "ș", "ţ": "ț", "Ş": "Ș", "Ţ": "Ț", "ʼ": "’", "ʻ": "’", "ʹ": "’"}
_REPLACED |= {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_SPECIAL = {"ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ı": "i", "ς": "σ"}
# 116006, 116 006, 116-006 and 116.006 are one number: groups of three digits after a first group of up to three. The
# first digit comes before the lookbehind, so that the search jumps from digit to digit.
_NUMBER = r"\d(?<![^\W_]\d)\d{0,2}(?:[ \u00a0\u2009\u202f.\u2010\u2011-]\d{3})+(?![^\W_])"
_NUMBERS = re.compile(_NUMBER)
WORD = re.compile(f"{_NUMBER}|[^\\W_]+")
# Scripts from Latin to those of the Near East and India, punctuation, symbols: the letters of the counting table.
LETTERS_LIMIT = 0x2800
_JAMO = range(0x1100, 0x1200)  # letters that Unicode composes
_IRREGULAR, _SPACE = 0, ord(" ")


def normal(text: str) -> str:
    """Normalize a text: NFC, Romanian comma letters instead of cedillas, plain apostrophes, no invisible characters."""
    if text.isascii():
        return text
    for letter in _INVISIBLE:
        text = text.replace(letter, "")
    text = unicodedata.normalize("NFC", text)
    for letter, instead in _REPLACED.items():
        text = text.replace(letter, instead)
    return text


def is_rare(letter: str) -> bool:
    """Return whether a letter may combine with another one, or is not a single letter when normalized."""
    is_mark = unicodedata.category(letter).startswith("M") or ord(letter) in _JAMO
    return is_mark or letter in _INVISIBLE or len(normal(letter)) != 1


def fold(word: str) -> str:
    """Remove the accents of Latin and Greek letters; Cyrillic й stays unchanged."""
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


def split(text: str, start: int = 0) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a normalized text in lower case with their positions; groups of a number are joined."""
    for found in WORD.finditer(text, start):
        word = found.group()
        whole = word if word.isalnum() else _digits(found)
        yield whole.lower()[:WORD_LIMIT], found.start(), found.end()


def _digits(number: re.Match[str]) -> str:
    return "".join(filter(str.isdecimal, number.group()))


def written_words(text: str) -> list[str]:
    """Return the words of a text as written, in lower case."""
    return [word for word, _, _ in split(normal(text))]


def counted_words(text: str) -> Counter[str]:
    """Count the words of a text; hyphenated words count as their parts and also as one joined word.

    These are the words of `written_words`, but a regular text is processed in one pass: 0.1 ms for 1,100 words.
    """
    words = _regular_words(text)
    if words is None:
        text = normal(text)
        words = [word for word, _, _ in split(text)]
    words.extend(joined_words(text))
    counts = Counter(words)
    if max(map(len, counts), default=0) > WORD_LIMIT:
        counts = Counter(word[:WORD_LIMIT] for word in words)
    return counts


def _regular_words(text: str) -> list[str] | None:
    """Return the words of a text that has only regular letters; `None` if it has any other."""
    if not text:
        return []
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.dtype("<u2"))
    if _may_have_groups(codes):
        text = _NUMBERS.sub(_digits, text)
        codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.dtype("<u2"))
    letters = _lower_letters().take(codes, mode="clip")
    return letters.tobytes().decode("utf-16-le").split() if letters.all() else None


def _may_have_groups(codes: npt.NDArray[np.uint16]) -> bool:
    """Return whether a digit, another character and three digits follow each other anywhere."""
    is_digit = (codes - ord("0")) < 10  # smaller numbers wrap around
    groups = is_digit[:-4] & ~is_digit[1:-3] & is_digit[2:-2] & is_digit[3:-1] & is_digit[4:]
    return bool(groups.any())


@cache
def _lower_letters() -> npt.NDArray[np.uint16]:
    return np.array([*map(_lower, map(chr, range(LETTERS_LIMIT))), _IRREGULAR], np.dtype("<u2"))


def _lower(letter: str) -> int:
    """Return the lower case of a letter, a space for a non-letter; nothing if it depends on neighbouring letters."""
    if is_rare(letter) or normal(letter) != letter or letter in "Σİ" or (letter.isdecimal() and not letter.isascii()):
        return _IRREGULAR
    return ord(letter.lower()) if letter.isalnum() else _SPACE
