"""Sort keys for titles and names in the alphabetical order of each language.

Written by hand because every library for this is heavy.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

# Letters sorted after a base letter, in this order. Other accents (such as ą) sort together with the base letter.
_AFTER: Mapping[str, Mapping[str, str]] = {
    "lt": {"c": "č", "s": "š", "z": "ž"},
    "ro": {"a": "ăâ", "i": "î", "s": "ș", "t": "ț"},
}
# Letters sorted together with another letter.
_WITH: Mapping[str, Mapping[str, str]] = {"lt": {"y": "i"}}
_LAST = "\uffff"


def sort_key(text: str, language: str) -> tuple[str, str]:
    """Return the sort key: letters without case and minor accents, then the text itself."""
    after, beside = _AFTER.get(language, {}), _WITH.get(language, {})
    placed = {letter: f"{base}{_LAST}{rank}" for base, letters in after.items() for rank, letter in enumerate(letters)}
    folded = unicodedata.normalize("NFC", text).casefold()
    words = "".join(letter if letter.isalnum() else " " for letter in folded)
    moved = {**placed, **beside}
    return "".join(moved.get(letter) or _plain(letter) for letter in " ".join(words.split())), text


def initial(text: str, language: str) -> str:
    """Return the capital letter under which an index by letters lists a text.

    Č has its own heading because it follows C; a Lithuanian Y is listed under I.
    """
    key = sort_key(text, language)[0]
    if key[1:2] != _LAST:
        return key[:1].upper()
    return next(letter for letter in unicodedata.normalize("NFC", text) if letter.isalnum()).upper()


def _plain(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]
