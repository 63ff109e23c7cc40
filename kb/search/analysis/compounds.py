"""Words written with a hyphen, as one word, or as two: e-mail and email, co-located and colocated.

For a hyphenated word, the index holds its parts and also the joined word (`counted_words`). A query looks for both
(`Analyzer.joined`). So each spelling finds the others, with one exception: one word does not find two. The query
"colocated" does not find the text "co located".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

HYPHENS = "-\u2010\u2011"
# Join the parts if the first is short and the second is not a clitic (dar-lhe, est-ce, s-au): follow-up, e-justice.
_FIRST_LIMIT = 7
_SECOND_LEAST = 4
_SECONDS = frozenset({"up"})
# Stop words and single letters that can still begin a compound.
PREFIXES: tuple[str, ...] = (
    *("e", "co", "re", "non", "no", "anti", "inter", "multi"),
    *("on", "off", "web", "data", "follow"),
)
_LAST = re.compile(r"[^\W_]+\Z")
_FIRST = re.compile(r"[^\W_]+")


def joined_words(text: str) -> Iterator[str]:
    """Yield the joined, lower-case form of each hyphenated word in a normalized text."""
    for hyphen in HYPHENS:
        place = text.find(hyphen)
        while place >= 0:
            before = _LAST.search(text, max(0, place - _FIRST_LIMIT - 1), place)
            after = _FIRST.match(text, place + 1) if before else None
            if before and after and is_joined(before.group(), after.group()):
                yield (before.group() + after.group()).lower()
            place = text.find(hyphen, place + 1)


def is_joined(first: str, second: str) -> bool:
    """Return whether two parts may also be written as one word."""
    if not (first.isalpha() and second.isalpha()) or len(first) > _FIRST_LIMIT:
        return False
    return (len(first) > 1 or first in "eE") and (len(second) >= _SECOND_LEAST or second in _SECONDS)
