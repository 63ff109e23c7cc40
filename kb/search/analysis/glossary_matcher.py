"""Finds terms in a text that need an explanation, by their labels and inflected forms of the labels.

Search also uses synonyms, and treats words as equal if they share a stem. An example is Italian "indirizzo", an
address, and "indirizzamento", a referral. A definition shown to a reader needs a closer match: the label itself, word
for word, with different endings at most. Most labels do not appear in a given text. A fast byte search for one of their
words rules them out: 0.7 ms for all sections of a practice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.vocabulary.inflected_names import Forms, forms_of, levelled
from kb.vocabulary.model import Vocabularies

# Professional methods: a reader may not know the term, or not know our sense of it.
_METHODS = frozenset({"practice-areas"})
# Documents, services and stages: one word (form, shelter, trial) is common knowledge; two words are a term.
_THINGS = frozenset({"document-types", "service-types", "stages"})
# All other vocabularies are left out. Actors, groups and crimes (police, women, robbery) are everyday words in every
# paragraph. The method page explains ratings (monitored, positive effect).

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class GlossaryMatch:
    """A term found in a text, at `text[start:end]`."""

    term: str
    start: int
    end: int


class LabelFinder:
    """Finds the labels of terms that need an explanation. Safe to share between threads."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._vocabularies = vocabularies
        self._labels: dict[str, tuple[tuple[str, Forms], ...]] = {}

    def find(self, text: str, language: str) -> tuple[GlossaryMatch, ...]:
        """Return the terms whose labels appear in a text of a language, left to right; the longest label wins."""
        own = levelled(text, language)
        found = [
            GlossaryMatch(term, match.start(), match.end())
            for term, forms in self._of(language)
            for match in forms.find(own)
        ]
        return tuple(_apart(sorted(found, key=lambda each: (each.start, -each.end))))

    def _of(self, language: str) -> tuple[tuple[str, Forms], ...]:
        if language not in self._labels:  # two threads may both load them, with the same result
            self._labels[language] = tuple(self._read(language))
        return self._labels[language]

    def _read(self, language: str) -> Iterator[tuple[str, Forms]]:
        for term in self._vocabularies.terms():
            label = term.labels.get(language, "")
            is_term = term.vocabulary in _METHODS or (term.vocabulary in _THINGS and len(_WORD.findall(label)) > 1)
            if is_term and (forms := forms_of(label, language)) is not None:
                yield term.id, forms


def _apart(found: Iterable[GlossaryMatch]) -> Iterator[GlossaryMatch]:
    """Yield the matches that do not overlap an earlier or longer one."""
    end = 0
    for each in found:
        if each.start >= end:
            yield each
            end = each.end
