"""Words that some write with a hyphen, some in one and some in two: e-mail and email, co-located and colocated.

A text has the parts of such a word, and the word in one besides; a query asks for both. So each way of writing finds
the others, except that what stands in two words is not found by one. The words in one are 0.5 % of the collection.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

HYPHENS = "-\u2010\u2011"
# Parts are joined where the first is short and the second is no clitic (dar-lhe, est-ce, s-au): follow-up, e-justice.
_FIRST_LIMIT = 7
_SECOND_LEAST = 4
_SECONDS = frozenset({"up"})
# Stop words and single letters that nevertheless begin a word.
_PREFIXES = frozenset({"e", "co", "re", "non", "no", "anti", "inter"})
_HYPHEN = re.compile(f"[{HYPHENS}](?<=[^\\W\\d_].)(?=[^\\W\\d_])")
_LAST = re.compile(r"[^\W_]+\Z")
_FIRST = re.compile(r"[^\W_]+")


def joined_words(text: str) -> Iterator[str]:
    """Yield in one, and in lower case, each word of a normal text that is written with a hyphen."""
    for hyphen in _HYPHEN.finditer(text):
        place = hyphen.start()
        before = _LAST.search(text, max(0, place - _FIRST_LIMIT - 1), place)
        after = _FIRST.match(text, place + 1)
        if before and after and is_joined(before.group(), after.group()):
            yield (before.group() + after.group()).lower()


def is_joined(first: str, second: str) -> bool:
    """Whether two parts may as well be written in one."""
    if not (first.isalpha() and second.isalpha()) or len(first) > _FIRST_LIMIT:
        return False
    return (len(first) > 1 or first in "eE") and (len(second) >= _SECOND_LEAST or second in _SECONDS)


def joined_forms(
    text: str,
    words: Sequence[tuple[str, int, int]],
    forms: Callable[[str], tuple[str, ...]],
    is_stop: Callable[[str], bool],
) -> list[tuple[str, ...]]:
    """Return for each word of a query (with its places in the normal text) the forms of it in one with a neighbour.

    Words with a hyphen between them are joined, and words with one space, unless one of them says nothing by itself.
    """
    found: list[tuple[str, ...]] = [()] * len(words)
    for place in range(len(words) - 1):
        (first, _, end), (second, start, _) = words[place : place + 2]
        between = text[end:start]
        is_hyphen = len(between) == 1 and between in HYPHENS
        is_space = between == " " and not is_stop(second) and (first in _PREFIXES or not is_stop(first))
        if (is_hyphen or is_space) and is_joined(first, second):
            together = forms(first + second)
            found[place] += together
            found[place + 1] += together
    return found
