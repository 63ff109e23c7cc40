"""The card of an adaptation: the record fields that lists show without reading the record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AdaptationCard:
    """The facts of a tool, plus parent tool, country, and the lawyer who reviewed the adaptation."""

    kind: str
    version: str
    parent: str
    parent_version: str
    country: str
    reviewed_by_lawyer: str | None = None
