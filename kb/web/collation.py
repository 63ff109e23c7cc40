"""The order of titles and names as readers of each language expect it; small, because no library for it is light."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

# Letters that come after another one instead of beside it. "Beside" (ą beside a) is what all other accents do.
_AFTER: Mapping[str, Mapping[str, str]] = {
    "lt": {"č": "c", "š": "s", "ž": "z"},
    "ro": {"ă": "a", "â": "a", "î": "i", "ș": "s", "ț": "t"},
}
# Letters that are put with another one.
_WITH: Mapping[str, Mapping[str, str]] = {"lt": {"y": "i"}}
_LAST = "\uffff"


def sort_key(text: str, language: str) -> tuple[str, str]:
    """Return what to sort by: letters without regard to case and lesser accents, then the text itself."""
    after, beside = _AFTER.get(language, {}), _WITH.get(language, {})
    folded = unicodedata.normalize("NFC", text).casefold()
    words = "".join(letter if letter.isalnum() else " " for letter in folded)
    return "".join(_placed(letter, after, beside) for letter in " ".join(words.split())), text


def _placed(letter: str, after: Mapping[str, str], beside: Mapping[str, str]) -> str:
    if letter in after:
        # ă before â: the letter itself decides between two that come after the same one.
        return f"{after[letter]}{_LAST}{letter}"
    return beside.get(letter) or unicodedata.normalize("NFD", letter)[0]
