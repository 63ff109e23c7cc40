"""How a record stands in a language, in one word: what lists and filters say of a translation as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from kb.records.record import Bundle, Reading, State


class TranslationStatus(StrEnum):
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


class Progress(NamedTuple):
    """How many texts of a translation are in which state; those of the original that it does not have are missing."""

    missing: int = 0
    stale: int = 0
    machine: int = 0
    reviewed: int = 0

    @property
    def total(self) -> int:
        """How many texts there are."""
        return sum(self)

    @property
    def open(self) -> int:
        """How many texts wait for a person."""
        return self.missing + self.stale + self.machine

    @property
    def standing(self) -> TranslationStatus:
        """How the whole stands: as its worst text does."""
        if self.missing == self.total:
            return TranslationStatus.MISSING
        if self.stale:
            return TranslationStatus.STALE
        return TranslationStatus.REVIEWED if self.reviewed == self.total else TranslationStatus.DRAFTED


def progress(bundle: Bundle, language: str) -> Progress:
    """Return how far the texts of a record have come in a language that is not its own."""
    source, translation = bundle.segments(), bundle.translations.get(language)
    if translation is None:
        return Progress(missing=len(source))
    there = translation.segments(bundle.shape)
    states = [
        bundle.state(name, text, translation.facts.made_from.get(name))
        for name, text in source.items()
        if name in there
    ]
    return Progress(
        missing=len(source) - len(states),
        stale=states.count(State.STALE),
        machine=states.count(State.MACHINE),
        reviewed=states.count(State.REVIEWED),
    )


def standing(reading: Reading) -> TranslationStatus:
    """Return how the record of a reading stands in the reading's language: as its worst text does."""
    if reading.language == reading.record.language:
        return TranslationStatus.ORIGINAL
    if reading.is_fallback:
        return TranslationStatus.MISSING
    states = {passage.state for passage in reading.passages.values()}
    if State.STALE in states:
        return TranslationStatus.STALE
    return TranslationStatus.REVIEWED if states == {State.REVIEWED} else TranslationStatus.DRAFTED


def language_facets(readings: Sequence[Reading], languages: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the facets `language` and `translation` of a record from its readings in every language it has.

    `language` are those in which it can be read; `translation` says for each of `languages` how it stands there.
    """
    found = {reading.language: standing(reading) for reading in readings}
    return {
        "language": tuple(code for code, state in found.items() if state is not TranslationStatus.MISSING),
        "translation": tuple(f"{code}:{found.get(code, TranslationStatus.MISSING)}" for code in languages),
    }
