"""The dictionary forms of a Romanian word, from simplemma's data, loaded when the first one is asked for.

Snowball alone brings together 19 of 36 forms (*serviciu* and *servicii* stay apart); lemma first, all. The data take
0.3 s and 31 MB, so no other language's are loaded; they are licensed apart from the code (see `THIRD_PARTY.md`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product

import simplemma
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

# â stands inside a word only, î (nearly) only at its beginning.
_INSIDE = {"a": "aăâ", "s": "sș", "t": "tț"}
_OUTSIDE = {"a": "aă", "s": "sș", "t": "tț"}
_TRIES = 512  # spellings tried for one word; 72 for "consimtamantul"
# Articles at the end of words that are in no dictionary with them: municipiile as municipii.
_ARTICLES = ("lor", "ului", "lui", "le", "ul", "ua", "a", "l")
# Letters of a word without accents that has other readings with them: "scoli" is a verb and școli, schools. Shorter
# ones have so many that everything would be found.
_AMBIGUOUS = 5


def lemma(word: str) -> str:
    """Return the likeliest dictionary form of a lower-case word, also of one that is typed without its accents."""
    return lemmas(word)[0]


def lemmas(word: str) -> tuple[str, ...]:
    """Return the dictionary forms of a lower-case word; several if accents may be missing."""
    readings = tuple(_readings(word))
    if not readings:
        readings = next(filter(None, map(tuple, map(_readings, _without_article(word)))), (word,))
    return tuple(dict.fromkeys(_lemma(each) for each in readings))


def _readings(word: str) -> Iterator[str]:
    """Yield the words of the dictionary that may be meant: the one that is written first."""
    known = _dictionary()
    is_known = word in known
    if is_known:
        yield word
    if word.isascii() and (not is_known or len(word) >= _AMBIGUOUS):
        yield from (each for each in _accented(word) if each in known and each != word)


def _without_article(word: str) -> Iterator[str]:
    return (word.removesuffix(each) for each in _ARTICLES if word.endswith(each) and len(word) > len(each) + 2)


def _lemma(word: str) -> str:
    return simplemma.lemmatize(word, lang="ro").lower()


@cache
def _dictionary() -> Mapping[str, str]:
    return DefaultDictionaryFactory().get_dictionary("ro")


def _accented(word: str) -> Iterable[str]:
    """Return the spellings with accents, those with the fewest first; none if there would be too many."""
    last = len(word) - 1
    choices = [_letters(letter, first=place == 0, last=place == last) for place, letter in enumerate(word)]
    tries = 1
    for choice in choices:
        tries *= len(choice)
    if tries > _TRIES:
        return ()
    spellings = ("".join(letters) for letters in product(*choices))
    return sorted(spellings, key=lambda spelling: sum(not letter.isascii() for letter in spelling))


def _letters(letter: str, *, first: bool, last: bool) -> str:
    if first and letter == "i":
        return "iî"
    return (_OUTSIDE if first or last else _INSIDE).get(letter, letter)
