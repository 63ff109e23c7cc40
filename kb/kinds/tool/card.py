"""What lists know of a tool without reading it; each field is one of the record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ToolCard:
    """What sort of document a tool becomes, and its version."""

    kind: str
    version: str
