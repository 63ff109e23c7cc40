"""Words that some write with a hyphen, some in one and some in two: e-mail and email, co-located and colocated.

A text has the parts of such a word, and the word in one besides (`counted_words`); a query asks for both
(`Analyzer.joined`). So each way of writing finds the others, except that one word does not find two: the text "co
located" is not found by "colocated".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

HYPHENS = "-\u2010\u2011"
# Parts are joined where the first is short and the second is no clitic (dar-lhe, est-ce, s-au): follow-up, e-justice.
_FIRST_LIMIT = 7
_SECOND_LEAST = 4
_SECONDS = frozenset({"up"})
# Stop words and single letters that nevertheless begin a word.
PREFIXES: tuple[str, ...] = (
    *("e", "co", "re", "non", "no", "anti", "inter", "multi"),
    *("on", "off", "web", "data", "follow"),
)
_LAST = re.compile(r"[^\W_]+\Z")
_FIRST = re.compile(r"[^\W_]+")


def joined_words(text: str) -> Iterator[str]:
    """Yield in one, and in lower case, each word of a normal text that is written with a hyphen."""
    for hyphen in HYPHENS:
        place = text.find(hyphen)
        while place >= 0:
            before = _LAST.search(text, max(0, place - _FIRST_LIMIT - 1), place)
            after = _FIRST.match(text, place + 1) if before else None
            if before and after and is_joined(before.group(), after.group()):
                yield (before.group() + after.group()).lower()
            place = text.find(hyphen, place + 1)


def is_joined(first: str, second: str) -> bool:
    """Whether two parts may as well be written in one."""
    if not (first.isalpha() and second.isalpha()) or len(first) > _FIRST_LIMIT:
        return False
    return (len(first) > 1 or first in "eE") and (len(second) >= _SECOND_LEAST or second in _SECONDS)
