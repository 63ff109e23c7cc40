"""The dictionary forms of a Romanian word, from simplemma's data, loaded when the first one is asked for.

Snowball alone brings together 19 of 36 forms (*serviciu* and *servicii* stay apart); lemma first, all. The data take
0.3 s and 31 MB, so no other language's are loaded; they are licensed apart from the code (see `THIRD_PARTY.md`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import combinations, islice, product

import simplemma
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

# â stands inside a word only, î (nearly) only at its beginning.
_INSIDE = {"a": "ăâ", "s": "ș", "t": "ț"}
_OUTSIDE = {"a": "ă", "s": "ș", "t": "ț"}
_TRIES = 512  # spellings tried for one word; 72 for "consimtamantul"
# Articles at the end of words that are in no dictionary with them: municipiile as municipii.
_ARTICLES = ("lor", "ului", "lui", "le", "ul", "ua", "a", "l")
# Letters and accents of words without accents that are looked up with them though they are words as they are: "scoli"
# is a verb, and școli, schools. Of shorter words there are so many that everything would be found.
_AMBIGUOUS = 5
_AMBIGUOUS_ACCENTS = 2


def lemma(word: str) -> str:
    """Return the likeliest dictionary form of a lower-case word, also of one that is typed without its accents."""
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
    """Yield the words of the dictionary that may be meant: as written, then with accents, the fewest first."""
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
    """Yield the spellings with accents and the number of these, those with the fewest first."""
    choices = {place: found for place, letter in enumerate(word) if (found := _choices(letter, place, len(word)))}
    for accents in range(1, len(choices) + 1):
        for places in combinations(choices, accents):
            for chosen in product(*(choices[place] for place in places)):
                letters = list(word)
                for place, letter in zip(places, chosen, strict=True):
                    letters[place] = letter
                yield accents, "".join(letters)


def _choices(letter: str, place: int, length: int) -> str:
    """Return what a letter without accent may stand for."""
    if place == 0 and letter == "i":
        return "î"
    return (_OUTSIDE if place in (0, length - 1) else _INSIDE).get(letter, "")
