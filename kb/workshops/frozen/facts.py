"""Reads facts of a frozen record defensively, because its text may come from another site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kb.workshops.frozen.item import Frozen

PRACTICES, EXERCISES = "practices", "exercises"


@dataclass(frozen=True)
class FrozenFacts:
    """Facts by name, or one row of a list of them. A malformed value is treated like a missing one."""

    record: str
    values: Mapping[str, Any]

    def one(self, name: str) -> str:
        """Return a plain fact, or an empty text."""
        value = self.values.get(name)
        return value if isinstance(value, str) else ""

    def several(self, name: str) -> tuple[str, ...]:
        """Return a list of plain facts."""
        value = self.values.get(name)
        return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()

    def rows(self, name: str) -> tuple[FrozenFacts, ...]:
        """Return the rows of a list, each with its `id`."""
        value = self.values.get(name)
        found = value if isinstance(value, list) else ()
        return tuple(FrozenFacts(self.record, each) for each in found if isinstance(each, dict))


@dataclass(frozen=True)
class FrozenSource:
    """A source as it was listed. It need not fit any current model. `details` are publisher and year."""

    id: str
    title: str
    language: str
    address: str
    details: tuple[str, ...]


def facts_of(text: Frozen) -> FrozenFacts:
    """Return the facts of a frozen text."""
    return FrozenFacts(f"{text.kind}/{text.id}", text.facts)


def is_drafted(text: Frozen) -> bool:
    """Return whether a machine drafted the record."""
    return facts_of(text).one("origin") == "machine-drafted"


def rated(text: Frozen) -> tuple[str | None, str | None, str | None]:
    """Return evidence level, effect direction and transferability of a practice as they were frozen."""
    facts = facts_of(text)
    level, direction, transfer = (
        facts.one(name) or None for name in ("evidence_level", "effect_direction", "transferability")
    )
    return level, direction, transfer


def sources(facts: FrozenFacts) -> tuple[FrozenSource, ...]:
    """Return the sources of a record in the order of its list."""
    return tuple(
        FrozenSource(
            row.one("id"),
            row.one("title"),
            row.one("language"),
            row.one("address"),
            tuple(filter(None, map(row.one, ("publisher", "year")))),
        )
        for row in facts.rows("sources")
    )


def source_numbers(text: Frozen) -> dict[str, int]:
    """Return the numbers of all sources of a record."""
    return {source.id: number for number, source in enumerate(sources(facts_of(text)), 1)}


def leaders(facts: FrozenFacts) -> tuple[str, ...]:
    """Return the organisations that lead a practice."""
    rows = facts.rows("organisations")
    return tuple(row.one("name") for row in rows if row.one("role") == "lead" and row.one("name"))
