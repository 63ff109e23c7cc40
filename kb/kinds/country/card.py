"""The card of a country: what lists show without reading the record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CountryCard:
    """What lists ask of a `Country`: the helpline numbers, and whether there is guidance."""

    numbers: tuple[str, ...]
    has_guidance: bool
