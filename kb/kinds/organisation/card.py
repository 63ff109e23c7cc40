"""The card of an area's services: what lists show without reading the record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AreaCard:
    """What lists ask of `AreaServices`: the country; and of each service its id, names and day of the oldest check.

    `confirmed` are the ids of those that confirmed their entry.
    """

    code: str
    ids: tuple[str, ...]
    names: tuple[str, ...]
    days: tuple[str, ...]
    confirmed: tuple[str, ...]
