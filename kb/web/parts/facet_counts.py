"""Counts practices per facet value, including narrower terms, without querying the index.

The counts equal those of the search. They are made once for each generation; the strongest practice of every value
comes first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, url_for

from kb.content_store.catalog import CatalogEntry
from kb.kinds.practice import evidence
from kb.kinds.practice.card import PracticeCard
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.search.index.index_document import FACETS
from kb.vocabulary.model import Vocabularies
from kb.web.http.rendering import generation, store
from kb.web.parts.ratings import Rating, rating_of

NESTED = frozenset(facet.name for facet in FACETS if facet.has_broader)
# Directions of an effect from best to worst; an effect that was not measured is not a finding.
_DIRECTIONS = (evidence.POSITIVE, evidence.MIXED, evidence.NONE, evidence.HARMFUL, evidence.NOT_MEASURED)
FINDINGS = frozenset(_DIRECTIONS[:-1])


class Tally:
    """The published practices by facet and value."""

    def __init__(self, entries: Iterable[CatalogEntry], vocabularies: Vocabularies) -> None:
        self._entries = sorted(sorted(entries, key=lambda entry: entry.newest, reverse=True), key=_weakness)
        self._vocabularies = vocabularies
        self._facets: dict[str, Mapping[str, tuple[CatalogEntry, ...]]] = {}

    def entries(self, facet: str, value: str) -> tuple[CatalogEntry, ...]:
        """Return the practices that have this value or a narrower one: the strongest first, then the newest."""
        if facet not in self._facets:  # two threads may both count, with the same result
            self._facets[facet] = self._group_entries(facet)
        return self._facets[facet].get(value, ())

    def counts(self, facet: str) -> Counter[str]:
        """Return the number of practices by value; 0 for an unknown value."""
        self.entries(facet, "")
        return Counter({value: len(entries) for value, entries in self._facets[facet].items()})

    def count(self, facet: str, value: str) -> int:
        """Return how many practices the search finds for this filter."""
        return len(self.entries(facet, value))

    def _group_entries(self, facet: str) -> Mapping[str, tuple[CatalogEntry, ...]]:
        found: dict[str, list[CatalogEntry]] = {}
        wider: dict[str, tuple[str, ...]] = {}
        for entry in self._entries:
            values = entry.facets.get(facet, ())
            if facet in NESTED:
                for value in values:
                    if value not in wider:
                        wider[value] = (value, *self._vocabularies.broader_chain(value))
                values = tuple({each for value in values for each in wider[value]})
            for value in values:
                found.setdefault(value, []).append(entry)
        return {value: tuple(entries) for value, entries in found.items()}


def _weakness(entry: CatalogEntry) -> tuple[int, int]:
    card: PracticeCard = entry.card
    level, direction = card.evidence_level, card.effect_direction
    return (
        -evidence.LEVELS.index(level) if level in evidence.LEVELS else 1,
        _DIRECTIONS.index(direction) if direction in _DIRECTIONS else len(_DIRECTIONS),
    )


def tally() -> Tally:
    """Return the tally of the generation of this request."""
    current = generation()
    stamp, found = current_app.extensions.get("tally", ("", None))
    if stamp != current.stamp or found is None:
        found = Tally(current.catalog.entries(PRACTICE), store().vocabularies)
        current_app.extensions["tally"] = (current.stamp, found)
    counted: Tally = found
    return counted


@dataclass(frozen=True)
class Strength:
    """Summary of several practices: number, the strongest, the best finding, and any harm.

    `best` is the strongest practice with the best finding; absent if no effect was measured, or only harm, which is
    counted apart.
    """

    count: int
    address: str
    strongest: Rating | None
    best: Rating | None
    harmful: int


def strength(facet: str, value: str) -> Strength:
    """Return how strong the practices with a value are, with the address of the search that shows them."""
    entries = tally().entries(facet, value)
    vocabularies = store().vocabularies
    measured = [entry for entry in entries if entry.card.effect_direction in FINDINGS - {evidence.HARMFUL}]
    best = min(measured, key=lambda entry: _DIRECTIONS.index(entry.card.effect_direction), default=None)
    chosen: dict[str, Any] = {"kind": "practices", facet: value}  # tools have areas too, and are not counted
    return Strength(
        count=len(entries),
        address=url_for("search.index", **chosen),
        strongest=rating_of(entries[0].card, vocabularies) if entries else None,
        best=rating_of(best.card, vocabularies) if best is not None else None,
        harmful=sum(entry.card.effect_direction == evidence.HARMFUL for entry in entries),
    )
