"""Collects which record declares which blanks, choices and alternatives, for validation across records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kb.kinds.register.checks import OWN, SHARED, Lists
from kb.kinds.register.model import Choice, Register
from kb.kinds.tool.declared import short_name
from kb.kinds.tool.model import Tool
from kb.records.record import Record


@dataclass(frozen=True)
class Declarations:
    """`blanks` holds ids; `alternatives` maps choice to short names; `owners` maps an id to its declaring record."""

    blanks: frozenset[str] = frozenset()
    choices: Mapping[str, Choice] = field(default_factory=dict)
    alternatives: Mapping[str, frozenset[str]] = field(default_factory=dict)
    owners: Mapping[str, str] = field(default_factory=dict)

    def __or__(self, other: Declarations) -> Declarations:
        return Declarations(
            self.blanks | other.blanks,
            {**self.choices, **other.choices},
            {**self.alternatives, **other.alternatives},
            {**self.owners, **other.owners},
        )


def shared(registers: Iterable[Register]) -> Declarations:
    """Return the declarations of all given register records, merged."""
    found = Declarations()
    for register in registers:
        found |= _declared_by(register, SHARED)
    return found


def own(tool: Tool) -> Declarations:
    """Return what a tool declares for itself only."""
    return _declared_by(tool, OWN)


def _declared_by(record: Record, lists: Lists) -> Declarations:
    blanks, choices, alternatives = (
        getattr(record, name) for name in (lists.blanks, lists.choices, lists.alternatives)
    )
    return Declarations(
        frozenset(blank.id for blank in blanks),
        {choice.id: choice for choice in choices},
        {
            choice.id: frozenset(short_name(each) for each in alternatives if each.choice == choice.id)
            for choice in choices
        },
        {row.id: record.id for name in lists.named for row in getattr(record, name)},
    )
