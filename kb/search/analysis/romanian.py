"""Dictionary forms (lemmas) of Romanian words, from simplemma's data, loaded on first use.

Snowball alone unites 19 of 36 tested forms (*serviciu* and *servicii* get different stems). Lemmatizing first unites
all. The data take 0.3 s and 31 MB, so other languages' data are not loaded. The data have their own licence (see
`THIRD_PARTY.md`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations, islice, product

import simplemma
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

# â occurs only inside a word, î (nearly) only at its beginning.
_INSIDE = {"a": "ăâ", "s": "ș", "t": "ț"}
_OUTSIDE = {"a": "ă", "s": "ș", "t": "ț"}
_TRIES = 512  # spellings tried for one word; 72 for "consimtamantul"
# Articles at the end of words that the dictionary lists without them: municipiile as municipii.
_ARTICLES = ("lor", "ului", "lui", "le", "ul", "ua", "a", "l")
# Minimum length of an unaccented word that is also looked up with accents although it is a word itself. "scoli" is a
# verb, and școli means schools. Too many shorter words would match.
_AMBIGUOUS = 5
_AMBIGUOUS_ACCENTS = 2


def lemma(word: str) -> str:
    """Return the most likely dictionary form of a lower-case word, even if typed without accents."""
    return lemmas(word)[0]


def lemmas(word: str) -> tuple[str, ...]:
    """Return the dictionary forms of a lower-case word; several if accents may be missing."""
    if not word:
        return (word,)
    readings = tuple(_readings(word))
    if not readings:
        readings = next(filter(None, (tuple(_readings(each)) for each in _without_article(word))), (word,))
    return tuple(dict.fromkeys(simplemma.lemmatize(each, lang="ro").lower() for each in readings))


def _readings(word: str) -> Iterator[str]:
    """Yield the possible dictionary words: as written, then with accents, fewest accents first."""
    known = _dictionary()
    if word in known:
        yield word
    if not word.isascii() or (word in known and len(word) < _AMBIGUOUS):
        return
    most = _AMBIGUOUS_ACCENTS if word in known else len(word)
    for accents, spelling in islice(_accented(word), _TRIES):
        if accents > most:
            return
        if spelling in known:
            yield spelling
            most = min(most, accents + 1)


def _without_article(word: str) -> Iterator[str]:
    return (word.removesuffix(each) for each in _ARTICLES if word.endswith(each) and len(word) > len(each) + 2)


@cache
def _dictionary() -> Mapping[str, str]:
    return DefaultDictionaryFactory().get_dictionary("ro")


def _accented(word: str) -> Iterator[tuple[int, str]]:
    """Yield the accented spellings with their number of accents, fewest first."""
    choices = {place: found for place, letter in enumerate(word) if (found := _choices(letter, place, len(word)))}
    for accents in range(1, len(choices) + 1):
        for places in combinations(choices, accents):
            for chosen in product(*(choices[place] for place in places)):
                letters = list(word)
                for place, letter in zip(places, chosen, strict=True):
                    letters[place] = letter
                yield accents, "".join(letters)


def _choices(letter: str, place: int, length: int) -> str:
    """Return the letters that an unaccented letter may represent."""
    if place == 0 and letter == "i":
        return "î"
    return (_OUTSIDE if place in (0, length - 1) else _INSIDE).get(letter, "")
