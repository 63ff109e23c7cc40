"""The card of an area's services: what lists show without reading the record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AreaCard:
    """What lists ask of `AreaServices`: the country, and the ids of the services."""

    code: str
    ids: tuple[str, ...]
