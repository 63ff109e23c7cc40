"""Slugs: converts a title in any script of Europe to an id of letters, digits and hyphens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import count

# Longer URLs are neither read aloud nor typed.
LONGEST = 60
# Letters that are not a base letter with an accent. Greek and Cyrillic as in passports, without the finer rules of each
# language.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        **dict(zip("αβγδεζηικλμνξοπρσςτυφω", "avgdeziiklmnxoprsstyfo", strict=True)),
        "θ": "th",
        "χ": "ch",
        "ψ": "ps",
        "ѓ": "gj",
        "ќ": "kj",
        "љ": "lj",
        "њ": "nj",
        "џ": "dz",
        "ђ": "dj",
        "ћ": "c",
        **dict(zip("абвгдезийклмнопрстуфыэіј", "abvgdeziyklmnoprstufyeij", strict=True)),
        "ж": "zh",
        "х": "h",
        "ц": "ts",
        "ч": "ch",
        "ш": "sh",
        "щ": "sht",
        "ъ": "a",
        "ь": "",
        "ю": "yu",
        "я": "ya",
        "ё": "yo",
        "є": "ie",
        "ї": "yi",
        "ґ": "g",
    }
)


def id_of_words(words: str, longest: int = LONGEST) -> str:
    """Return words as an id, cut between words; empty if no letter can be converted."""
    folded = words.casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", folded).translate(_LETTERS).encode("ascii", "ignore").decode()
    whole = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['\u2019]", "", plain)).strip("-")
    if len(whole) <= longest:
        return whole
    return whole[: longest + 1].rpartition("-")[0] or whole[:longest]


def propose_id(country: str, title: str, is_taken: Callable[[str], bool]) -> str:
    """Return a free id for a record with this title in this country; empty without a title."""
    stem = stem_of(country, title)
    return free_id(stem, is_taken) if stem else ""


def stem_of(country: str, title: str) -> str:
    """Return the beginning of the id of a record with this title in this country; empty without a title.

    The country comes first, so that sorting by id groups the records of a country.
    """
    name, prefix = id_of_words(title), f"{country.casefold()}-" if country else ""
    return f"{prefix}{name}" if name and not name.startswith(prefix) else name


def free_id(stem: str, is_taken: Callable[[str], bool]) -> str:
    """Return an id, numbered if it is taken."""
    return next(each for each in _numbered(stem) if not is_taken(each))


def _numbered(stem: str) -> Iterator[str]:
    yield stem
    yield from (f"{stem}-{number}" for number in count(2))
