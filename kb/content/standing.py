"""How a record stands in a language, in one word: what lists and filters say of a translation as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum

from kb.content.record import Reading, State


class Standing(StrEnum):
    """How far a whole record has come in one language."""

    ORIGINAL = "original"
    # Every text is there, and a person wrote it or read it.
    REVIEWED = "reviewed"
    # A machine wrote something that nobody has read yet, or something is not translated yet.
    DRAFTED = "drafted"
    # Something is older than the original.
    STALE = "stale"
    # There is no title, so that readers are given the original.
    MISSING = "missing"


def standing(reading: Reading) -> Standing:
    """Return how the record of a reading stands in the reading's language: as its worst text does."""
    if reading.language == reading.record.language:
        return Standing.ORIGINAL
    if reading.is_fallback:
        return Standing.MISSING
    states = {passage.state for passage in reading.passages.values()}
    if State.STALE in states:
        return Standing.STALE
    return Standing.REVIEWED if states == {State.REVIEWED} else Standing.DRAFTED


def language_facets(readings: Sequence[Reading], languages: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the facets `language` and `translation` of a record from its readings in every language it has.

    `language` are those in which it can be read; `translation` says for each of `languages` how it stands there.
    """
    found = {reading.language: standing(reading) for reading in readings}
    return {
        "language": tuple(code for code, state in found.items() if state is not Standing.MISSING),
        "translation": tuple(f"{code}:{found.get(code, Standing.MISSING)}" for code in languages),
    }
