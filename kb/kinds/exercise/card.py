"""What lists know of an exercise without reading it; each field is one of the record."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExerciseCard:
    """For whom it is."""

    actors: tuple[str, ...]
    smallest: str
    largest: str
