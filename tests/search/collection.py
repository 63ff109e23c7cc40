"""Sixty records in up to five languages with every facet, and a simple reference implementation of search.

The words are made up, and none is a prefix of another. So a text shows at a glance which words it contains.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kb.search.index.index_document import FACET_NAMES, IndexDocument
from tests.search.samples import LANGUAGES, VOCABULARIES, a_document

WORDS = ("alpha", "beta", "gamma", "sigma", "kappa", "omega")
PARTS = ("title", "summary", "keywords", "body", "names")
CHOICES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "kind": (("practices",), ("tools",)),
    "country": ((), ("PT",), ("RO",), ("PT", "RO"), ("IT",), ("EU",)),
    "area": ((), ("referral",), ("opt-in-referral",), ("risk-assessment", "opt-in-referral"), ("needs-assessment",)),
    "evidence": (("ev-1",), ("ev-2",), ("ev-3",)),
    "direction": ((), ("positive",), ("mixed",)),
    "transferability": ((), ("transferred",), ("adapted",)),
    "group": ((), ("children",), ("teenagers",)),
    "crime": ((), ("violence",), ("stalking",)),
    "actor": ((), ("police",), ("police-desk",)),
    "stage": ((), ("trial",), ("hearing",), ("hearing", "trial")),
    "document": ((), ("paper",), ("slip",)),
    "law": ((), ("vrd",), ("vrd", "vrd:8"), ("vrd", "vrd:8", "vrd:22"), ("istanbul-convention",)),
    "period": ((), ("before-2000",), ("2000-2004",), ("2015-2019",)),
    "status": ((), ("in-use",), ("ended",)),
    "cost": ((), ("known",), ("not-known",)),
}
TERM_FACETS = ("area", "group", "crime", "actor", "stage", "document")


def a_collection(seed: int = 1, count: int = 60) -> list[IndexDocument]:
    """Return the documents of a collection, grouped by record; another seed makes other texts and facts."""
    drawn = random.Random(seed)  # noqa: S311
    return [each for number in range(count) for each in _record(f"r{number:02}", drawn)]


def _record(record_id: str, drawn: random.Random) -> list[IndexDocument]:
    languages = [each for each in LANGUAGES if drawn.random() < 0.8] or ["ro"]
    facets = {name: drawn.choice(choices) for name, choices in CHOICES.items()}
    facets["language"] = tuple(languages)
    facets["translation"] = tuple(
        f"{each}:{drawn.choice(('original', 'stale')) if each in languages else 'missing'}" for each in LANGUAGES[:3]
    )
    terms = tuple(term for name in TERM_FACETS for term in facets[name])
    names = tuple(word for word in WORDS if drawn.random() < 0.1)
    made: list[IndexDocument] = []
    for language in languages:
        texts = {part: " ".join(word for word in WORDS if drawn.random() < 0.1) for part in PARTS[:-1]}
        made.append(
            a_document(record_id, language, kind=facets["kind"][0], names=names, terms=terms, facets=facets, **texts)
        )
    return made


@dataclass(frozen=True)
class Reference:
    """The expected results of searches over some documents, as sets of records."""

    documents: tuple[IndexDocument, ...]

    @cached_property
    def records(self) -> frozenset[str]:
        """All records by id."""
        return frozenset(document.id for document in self.documents)

    @cached_property
    def by_value(self) -> Mapping[tuple[str, str], frozenset[str]]:
        """The records counted under each value of each facet."""
        found: dict[tuple[str, str], set[str]] = {}
        for document in self.documents:
            for name, values in document.facets.items():
                for value in values:
                    for each in wider(value) if name in TERM_FACETS else (value,):
                        found.setdefault((name, each), set()).add(document.id)
        return {value: frozenset(records) for value, records in found.items()}

    def fitting(self, facets: Mapping[str, Iterable[str]]) -> frozenset[str]:
        """Return the records with at least one chosen value in each facet."""
        left = self.records
        for name, values in facets.items():
            left &= frozenset().union(*(self.by_value.get((name, value), frozenset()) for value in values))
        return left

    def counts(self, found: frozenset[str], facets: Mapping[str, Iterable[str]]) -> dict[str, dict[str, int]]:
        """Return counts per facet value: how many found records have it, ignoring the choices in its own facet."""
        counted: dict[str, dict[str, int]] = {name: dict.fromkeys(facets.get(name, ()), 0) for name in FACET_NAMES}
        left = {
            name: found & self.fitting({other: values for other, values in facets.items() if other != name})
            for name in FACET_NAMES
        }
        for (name, value), records in self.by_value.items():
            if count := len(left[name] & records):
                counted[name][value] = count
        return counted

    def with_word(self, word: str) -> frozenset[str]:
        """Return the records with a word that has this prefix, in any language."""
        return frozenset(
            document.id
            for document in self.documents
            if any(each.startswith(word) for part in PARTS for each in _words(document, part))
        )

    def with_concept(self, *values: tuple[str, str]) -> frozenset[str]:
        """Return the records counted under any of these values."""
        return frozenset().union(*(self.by_value.get(value, frozenset()) for value in values))

    def covering(self, question: Iterable[Asked]) -> dict[str, int]:
        """Return how many words of a query each record covers: all, if one of them is its name."""
        asked = tuple(question)
        having = [records for each in asked for records in each.covered_by(self)]
        words = {word for each in asked for word in each.text.split()}
        named = {document.id for document in self.documents if words & {*document.names}}
        return {
            record: len(having) if record in named else sum(record in records for records in having)
            for record in self.records
        }

    def found(self, question: Iterable[Asked]) -> frozenset[str]:
        """Return the records that cover all words of a query; of three or more words, two thirds are enough."""
        asked = tuple(question)
        words = sum(len(each.text.split()) for each in asked)
        needed = words if words < 3 else (2 * words + 2) // 3
        return frozenset(record for record, count in self.covering(asked).items() if count >= needed)


@dataclass(frozen=True)
class Asked:
    """A part of a query, and the records that match it."""

    text: str
    records: Callable[[Reference], frozenset[str]]

    def covered_by(self, reference: Reference) -> list[frozenset[str]]:
        """Return for each word of the text the records that cover the word."""
        return [self.records(reference)] * len(self.text.split())


def wider(term_id: str) -> list[str]:
    """Return a term and all broader terms."""
    term = VOCABULARIES.find_term(term_id)
    return [term_id, *(wider(term.broader) if term is not None and term.broader else [])]


def _words(document: IndexDocument, part: str) -> list[str]:
    text = getattr(document, part)
    return list(text) if isinstance(text, tuple) else str(text).split()


def a_word(word: str) -> Asked:
    """Return a query for a word, or for a prefix of at least four letters."""
    return Asked(word, lambda reference: reference.with_word(word))


def a_concept(text: str, *values: tuple[str, str]) -> Asked:
    """Return a query for a term, a country or a law by one of its names."""
    return Asked(text, lambda reference: reference.with_concept(*values))


ASKED: Mapping[str, Asked] = {
    each.text: each
    for each in (
        *map(a_word, (*WORDS, "alph", "gamm", "kapp")),
        a_concept("referral", ("area", "referral")),
        a_concept("risk assessment", ("area", "risk-assessment")),
        a_concept("poreikių vertinimas", ("area", "needs-assessment")),
        a_concept("bambini", ("group", "children")),
        a_concept("stalking", ("crime", "stalking")),
        a_concept("police", ("actor", "police")),
        a_concept("udienza", ("stage", "hearing")),
        a_concept("Portugal", ("country", "PT")),
        a_concept("România", ("country", "RO")),
        a_concept("VRD", ("law", "vrd")),
        a_concept("xyzzy"),
    )
}
