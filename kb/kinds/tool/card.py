"""The card of a tool: the record fields that lists show without reading the record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ToolCard:
    """The type of document that a tool becomes, its version, and the practices that it helps with."""

    kind: str
    version: str
    practices: tuple[str, ...] = ()
