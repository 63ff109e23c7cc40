"""The facts of a record as exercises read them: with care, for a frozen text may come from another house."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Facts:
    """Facts by name, or one row of a list of them. What is not as it should be is as absent as what is not there."""

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

    def rows(self, name: str) -> tuple[Facts, ...]:
        """Return the rows of a list, each with its `id`."""
        value = self.values.get(name)
        found = value if isinstance(value, list) else ()
        return tuple(Facts(self.record, each) for each in found if isinstance(each, dict))


def leaders(facts: Facts) -> tuple[str, ...]:
    """Return the organisations that lead a practice."""
    rows = facts.rows("organisations")
    return tuple(row.one("name") for row in rows if row.one("role") == "lead" and row.one("name"))
