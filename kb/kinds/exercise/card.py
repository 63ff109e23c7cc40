"""The card of an exercise: the record fields that lists show without reading the record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExerciseCard:
    """The audience of an exercise."""

    actors: tuple[str, ...]
    smallest: str
    largest: str
