"""What lists know of a country without reading it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CountryCard:
    """Its fields are fields of `Country`, texts and tuples of texts: here the numbers, of which lists ask whether
    there are any."""

    numbers: tuple[str, ...]
