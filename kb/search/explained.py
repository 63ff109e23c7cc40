"""Terms that deserve an explanation where they stand in a text: found by their labels, in other endings too.

Search also knows synonyms, and takes words for each other that share a stem (Italian "indirizzo", an address, and
"indirizzamento", a referral). A reader who is shown a definition needs more: the label itself, word for word, of which
only the ends may differ. Most labels stand in no text, and that one of their words does not is seen at the speed of
memory: 0.7 ms for all sections of a practice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.search.words import fold
from kb.vocabulary.model import Vocabularies

# Methods of the trade: whoever meets one in a text may not know it, or not know what we mean by it.
_METHODS = frozenset({"practice-areas"})
# Papers, services and stages: as one word (form, shelter, trial) everybody knows them; in two they are a term.
_THINGS = frozenset({"document-types", "service-types", "stages"})
# All others are left out. Actors, groups and crimes (police, women, robbery) are everyday words that stand in every
# paragraph; ratings (monitored, positive effect) are explained on the method page.

# What may be missing or other at the end of a word: vowels, and the s of many plurals and Lithuanian cases.
_ENDING = frozenset("aeiouys")
# How many letters may follow what all forms of a word share. English has few endings, and "formally" is no "form".
_LONGEST, _LONGEST_ENGLISH = 4, 3
# Romanian vowels that change inside a word as it is declined: evaluarea, evaluării.
_ALIKE = {"ro": str.maketrans("ăâ", "aa")}
_BETWEEN = {" ": r"\s+", "-": r"[-\u2010\u2011\s]"}
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Explained:
    """A term that stands in a text, at `text[start:end]`."""

    term: str
    start: int
    end: int


@dataclass(frozen=True)
class _Label:
    """A label: the longest stable part of its words, without which it is not there, and an expression for all forms."""

    term: str
    sign: str
    forms: re.Pattern[str]


class LabelFinder:
    """Finds the labels of terms that deserve an explanation. Threads may share it."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._vocabularies = vocabularies
        self._labels: dict[str, tuple[_Label, ...]] = {}

    def find(self, text: str, language: str) -> tuple[Explained, ...]:
        """Return the terms whose labels stand in a text of a language, from left to right: the longest each time."""
        lower = text.lower().translate(_ALIKE.get(language, {}))
        if len(lower) != len(text):
            return ()  # a letter that has no small form of its own would move all places; none of our languages has one
        found = [
            Explained(label.term, match.start(), match.end())
            for label in self._of(language)
            if label.sign in lower
            for match in label.forms.finditer(lower)
            if not lower[match.start() - 1 : match.start()].isalnum()
        ]
        return tuple(_apart(sorted(found, key=lambda each: (each.start, -each.end))))

    def _of(self, language: str) -> tuple[_Label, ...]:
        if language not in self._labels:  # two threads may both read them, and read the same
            self._labels[language] = tuple(self._read(language))
        return self._labels[language]

    def _read(self, language: str) -> Iterator[_Label]:
        for term in self._vocabularies.terms():
            label = term.labels.get(language, "").lower().translate(_ALIKE.get(language, {}))
            words = _WORD.findall(label)
            if words and (term.vocabulary in _METHODS or (term.vocabulary in _THINGS and len(words) > 1)):
                # That no letter stands before it is looked at afterwards: a search for letters is ten times faster.
                forms = re.compile(rf"{_forms(label, language)}(?![^\W_])")
                yield _Label(term.id, max(map(_stable, words), key=len), forms)


def _apart(found: Iterable[Explained]) -> Iterator[Explained]:
    """Yield those that do not stand in one that begins earlier, or that is longer."""
    end = 0
    for each in found:
        if each.start >= end:
            yield each
            end = each.end


def _forms(label: str, language: str) -> str:
    """Return an expression for a label with all endings of its words."""
    longest = _LONGEST_ENGLISH if language == "en" else _LONGEST
    parts: list[str] = []
    end = 0
    for word in _WORD.finditer(label):
        parts.append(_between(label[end : word.start()]))
        parts.append(f"{re.escape(_stable(word.group()))}[^\\W_]{{0,{longest}}}")
        end = word.end()
    return "".join(parts) + re.escape(label[end:])


def _between(text: str) -> str:
    """Return an expression for what stands between two words: a space is any, and a hyphen may be a space."""
    return "".join(_BETWEEN.get(each) or re.escape(each) for each in text)


def _stable(word: str) -> str:
    """Return what all forms of a word have in common: it without the vowels, and the s, at its end."""
    end = len(word)
    while end > 1 and fold(word[end - 1]) in _ENDING:
        end -= 1
    return word[:end]
