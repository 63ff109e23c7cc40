"""The card of a country: what lists show without reading the record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CountryCard:
    """Fields of `Country` as texts and tuples of texts: the helpline numbers, so that lists know if there are any."""

    numbers: tuple[str, ...]
