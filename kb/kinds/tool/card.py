"""What lists know of a tool or an adaptation without reading it; each field is one of the record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ToolCard:
    """What sort of document a tool becomes, and how far it has come."""

    kind: str
    version: str


@dataclass(frozen=True, slots=True)
class AdaptationCard:
    """The same of an adaptation, and what it was made from, for where, and who has looked at it."""

    kind: str
    version: str
    parent: str
    parent_version: str
    country: str
    reviewed_by_lawyer: str | None = None
