"""The translation status of a whole record in a language, for lists and filters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from kb.records.record import Bundle, Reading, State


class TranslationStatus(StrEnum):
    """The translation status of a whole record in one language."""

    ORIGINAL = "original"
    # Every text is there, and a person wrote it or read it.
    REVIEWED = "reviewed"
    # A machine wrote some text that no person has read yet, or some text is not translated yet.
    DRAFTED = "drafted"
    # Some text is older than the original.
    STALE = "stale"
    # There is no title, so readers get the original.
    MISSING = "missing"


class Progress(NamedTuple):
    """The number of texts of a translation in each state; texts that only the original has are missing."""

    missing: int = 0
    stale: int = 0
    machine: int = 0
    reviewed: int = 0

    @property
    def total(self) -> int:
        """The number of texts."""
        return sum(self)

    @property
    def open(self) -> int:
        """The number of texts that wait for a person."""
        return self.missing + self.stale + self.machine

    @property
    def standing(self) -> TranslationStatus:
        """The status of the whole translation: that of its worst text."""
        if self.missing == self.total:
            return TranslationStatus.MISSING
        if self.stale:
            return TranslationStatus.STALE
        return TranslationStatus.REVIEWED if self.reviewed == self.total else TranslationStatus.DRAFTED


def progress(bundle: Bundle, language: str) -> Progress:
    """Return the translation progress of a record in a language that is not its own."""
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


def words_left(bundle: Bundle, language: str) -> int:
    """Return the number of source words in the texts of a translation that wait for a person."""
    translation = bundle.translations.get(language)
    there = translation.segments(bundle.shape) if translation is not None else {}
    made = translation.facts.made_from if translation is not None else {}
    return sum(
        len(text.split())
        for name, text in bundle.segments().items()
        if name not in there or bundle.state(name, text, made.get(name)) is not State.REVIEWED
    )


def standing(reading: Reading) -> TranslationStatus:
    """Return the translation status of a record in the reading's language: that of its worst text."""
    if reading.language == reading.record.language:
        return TranslationStatus.ORIGINAL
    if reading.is_fallback:
        return TranslationStatus.MISSING
    states = {passage.state for passage in reading.passages.values()}
    if State.STALE in states:
        return TranslationStatus.STALE
    return TranslationStatus.REVIEWED if states == {State.REVIEWED} else TranslationStatus.DRAFTED


def language_facets(readings: Sequence[Reading], languages: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the facets `language` and `translation` of a record from its readings in all its languages.

    `language` lists the languages in which it can be read; `translation` gives the status in each of `languages`.
    """
    found = {reading.language: standing(reading) for reading in readings}
    return {
        "language": tuple(code for code, state in found.items() if state is not TranslationStatus.MISSING),
        "translation": tuple(f"{code}:{found.get(code, TranslationStatus.MISSING)}" for code in languages),
    }
