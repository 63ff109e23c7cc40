"""What lists show of a practice beside its title: where, since when, and how it is rated."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PracticeCard:
    """The few facts of a practice that are kept in memory, so that a list reads no record.

    Its fields are fields of `Practice`: what shows the one can show the other.
    """

    countries: tuple[str, ...]
    start_year: str | None = None
    end_year: str | None = None
    evidence_level: str | None = None
    effect_direction: str | None = None
    transferability: str | None = None
    tried_in: tuple[str, ...] = ()
