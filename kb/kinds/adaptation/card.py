"""What lists know of an adaptation without reading it; each field is one of the record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AdaptationCard:
    """The facts of a tool, the tool it was made from, its country, and the lawyer who has reviewed it."""

    kind: str
    version: str
    parent: str
    parent_version: str
    country: str
    reviewed_by_lawyer: str | None = None
