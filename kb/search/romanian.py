"""The dictionary form of a Romanian word, from simplemma's data, loaded when the first one is asked for.

Snowball alone brings together 19 of 36 forms (*serviciu* and *servicii* stay apart); lemma first, 35. The data take
0.3 s and 31 MB, so no other language's are loaded; they are licensed apart from the code (see `THIRD_PARTY.md`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product

import simplemma
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

# â stands inside a word only, î (nearly) only at its beginning.
_INSIDE = {"a": "aăâ", "s": "sș", "t": "tț"}
_OUTSIDE = {"a": "aă", "s": "sș", "t": "tț"}
_TRIES = 512  # spellings tried for one word; 72 for "consimtamantul"


def lemma(word: str) -> str:
    """Return the dictionary form of a lower-case word, also of one that is typed without its accents."""
    known = _dictionary()
    if word.isascii() and word not in known:
        word = next((accented for accented in _accented(word) if accented in known), word)
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
