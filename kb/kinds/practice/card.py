"""The card of a practice: what lists show in addition to its title, such as places, years and ratings."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PracticeCard:
    """The few facts of a practice that are kept in memory, so that lists do not read the records.

    Its fields are fields of `Practice`: code that displays one can display the other.
    """

    countries: tuple[str, ...]
    start_year: str | None = None
    end_year: str | None = None
    evidence_level: str | None = None
    effect_direction: str | None = None
    transferability: str | None = None
    tried_in: tuple[str, ...] = ()
