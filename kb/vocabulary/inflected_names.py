"""Matches inflected forms of names: the same words in the same order with different endings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Letters that may change or be missing at the end of a word: vowels, and the s of many plurals and Lithuanian cases.
_ENDING = frozenset("aeiouys")
# How many letters may follow the stem that all forms of a word share. English has few endings, and "formally" must not
# match "form".
_LONGEST, _LONGEST_ENGLISH = 4, 3
# Romanian vowels that change inside a word as it is declined: evaluarea, evaluării.
_ALIKE = {"ro": str.maketrans("ăâ", "aa")}
_BETWEEN = {" ": r"\s+", "-": r"[-\u2010\u2011\s]"}
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Forms:
    """A pattern for all inflected forms of a name; `sign` is its longest stem, for a fast check before the pattern."""

    sign: str
    pattern: re.Pattern[str]

    def find(self, levelled: str) -> Iterator[re.Match[str]]:
        """Yield the matches of the name in a text that is `levelled` for its language."""
        if self.sign not in levelled:
            return
        for match in self.pattern.finditer(levelled):
            # Check for a preceding letter after the match: a pattern that begins with letters is ten times faster.
            if not levelled[match.start() - 1 : match.start()].isalnum():
                yield match


def levelled(text: str, language: str) -> str:
    """Return a text of equal length for matching; empty if its length changes, because positions would shift."""
    lower = text.lower().translate(_ALIKE.get(language, {}))
    return lower if len(lower) == len(text) else ""  # none of our languages has such a letter


def forms_of(name: str, language: str) -> Forms | None:
    """Return the inflected forms of a name; `None` if it has no word."""
    name = levelled(name, language)
    words = _WORD.findall(name)
    if not words:
        return None
    longest = _LONGEST_ENGLISH if language == "en" else _LONGEST
    parts: list[str] = []
    end = 0
    for word in _WORD.finditer(name):
        parts.append(_between(name[end : word.start()]))
        parts.append(f"{re.escape(_stable(word.group()))}[^\\W_]{{0,{longest}}}")
        end = word.end()
    pattern = "".join(parts) + re.escape(name[end:])
    return Forms(max(map(_stable, words), key=len), re.compile(rf"{pattern}(?![^\W_])"))


def _between(text: str) -> str:
    """Return a pattern for the text between two words: any white space for a space, also a space for a hyphen."""
    return "".join(_BETWEEN.get(each) or re.escape(each) for each in text)


def _stable(word: str) -> str:
    """Return the stem of a word: the word without final vowels and the letter s."""
    end = len(word)
    while end > 1 and unicodedata.normalize("NFD", word[end - 1])[0] in _ENDING:
        end -= 1
    return word[:end]
