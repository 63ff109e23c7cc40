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

from kb.vocabulary.inflected_names import Forms, forms_of, levelled
from kb.vocabulary.model import Vocabularies

# Methods of the trade: whoever meets one in a text may not know it, or not know what we mean by it.
_METHODS = frozenset({"practice-areas"})
# Papers, services and stages: as one word (form, shelter, trial) everybody knows them; in two they are a term.
_THINGS = frozenset({"document-types", "service-types", "stages"})
# All others are left out. Actors, groups and crimes (police, women, robbery) are everyday words that stand in every
# paragraph; ratings (monitored, positive effect) are explained on the method page.

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class GlossaryMatch:
    """A term that stands in a text, at `text[start:end]`."""

    term: str
    start: int
    end: int


class LabelFinder:
    """Finds the labels of terms that deserve an explanation. Threads may share it."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._vocabularies = vocabularies
        self._labels: dict[str, tuple[tuple[str, Forms], ...]] = {}

    def find(self, text: str, language: str) -> tuple[GlossaryMatch, ...]:
        """Return the terms whose labels stand in a text of a language, from left to right: the longest each time."""
        own = levelled(text, language)
        found = [
            GlossaryMatch(term, match.start(), match.end())
            for term, forms in self._of(language)
            for match in forms.find(own)
        ]
        return tuple(_apart(sorted(found, key=lambda each: (each.start, -each.end))))

    def _of(self, language: str) -> tuple[tuple[str, Forms], ...]:
        if language not in self._labels:  # two threads may both read them, and read the same
            self._labels[language] = tuple(self._read(language))
        return self._labels[language]

    def _read(self, language: str) -> Iterator[tuple[str, Forms]]:
        for term in self._vocabularies.terms():
            label = term.labels.get(language, "")
            is_term = term.vocabulary in _METHODS or (term.vocabulary in _THINGS and len(_WORD.findall(label)) > 1)
            if is_term and (forms := forms_of(label, language)) is not None:
                yield term.id, forms


def _apart(found: Iterable[GlossaryMatch]) -> Iterator[GlossaryMatch]:
    """Yield those that do not stand in one that begins earlier, or that is longer."""
    end = 0
    for each in found:
        if each.start >= end:
            yield each
            end = each.end
