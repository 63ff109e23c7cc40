"""The order of titles and names as readers of each language expect it; small, because no library for it is light."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

# Letters that come after another one, in this order. "Beside" (ą beside a) is what all other accents do.
_AFTER: Mapping[str, Mapping[str, str]] = {
    "lt": {"c": "č", "s": "š", "z": "ž"},
    "ro": {"a": "ăâ", "i": "î", "s": "ș", "t": "ț"},
}
# Letters that are put with another one.
_WITH: Mapping[str, Mapping[str, str]] = {"lt": {"y": "i"}}
_LAST = "\uffff"


def sort_key(text: str, language: str) -> tuple[str, str]:
    """Return what to sort by: letters without regard to case and lesser accents, then the text itself."""
    after, beside = _AFTER.get(language, {}), _WITH.get(language, {})
    placed = {letter: f"{base}{_LAST}{rank}" for base, letters in after.items() for rank, letter in enumerate(letters)}
    folded = unicodedata.normalize("NFC", text).casefold()
    words = "".join(letter if letter.isalnum() else " " for letter in folded)
    moved = {**placed, **beside}
    return "".join(moved.get(letter) or _plain(letter) for letter in " ".join(words.split())), text


def initial(text: str, language: str) -> str:
    """Return the capital under which a text stands in a list by letters: Č where it follows C, I for a Lithuanian Y."""
    key = sort_key(text, language)[0]
    if key[1:2] != _LAST:
        return key[:1].upper()
    return next(letter for letter in unicodedata.normalize("NFC", text) if letter.isalnum()).upper()


def _plain(letter: str) -> str:
    return unicodedata.normalize("NFD", letter)[0]
