"""What a change of a source file means for its translations: which texts go out of date, and which are fresh again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.publishing.prepare import prepare_source
from kb.records.bundle import SOURCE, read_bundle
from kb.records.record import Bundle, Shape, State


@dataclass(frozen=True)
class Turn:
    """What changes in one translation: segments that go out of date, that are fresh again, and how many stay fresh."""

    language: str
    stale: tuple[str, ...]
    fresh: tuple[str, ...]
    kept: int


@dataclass(frozen=True)
class Consequences:
    """What publishing a source file means: for each translation, as an ordinary change and as a minor one."""

    ordinary: tuple[Turn, ...]
    minor: tuple[Turn, ...]

    @property
    def is_of_account(self) -> bool:
        """Whether it matters which of the two it is published as."""
        return self.ordinary != self.minor


def consequences(shape: Shape, record_id: str, texts: Mapping[str, str], text: str) -> Consequences | None:
    """Return what it means to publish `text` as the source file, given the texts of all parts as they stand.

    `None` where there is nothing to say: one of the two cannot be read, or there is no translation.
    """
    before = texts.get(SOURCE)
    try:
        ordinary, minor = (prepare_source(shape, record_id, text, before, minor=each) for each in (False, True))
    except ValueError:  # the file's facts cannot be changed by the program
        return None
    turns = tuple(turns_of(shape, record_id, texts, each) for each in (ordinary, minor))
    if not turns[0]:
        return None
    return Consequences(*turns)


def turns_of(shape: Shape, record_id: str, texts: Mapping[str, str], source: str) -> tuple[Turn, ...]:
    """Return what changes in each translation if this is the source file, byte by byte, from now on."""
    old, _ = read_bundle(shape, record_id, texts)
    new, _ = read_bundle(shape, record_id, {**texts, SOURCE: source})
    if old is None or new is None:
        return ()
    return tuple(_turn(old, new, language) for language in sorted(new.translations))


def _turn(old: Bundle, new: Bundle, language: str) -> Turn:
    was, now = _states(old, language), _states(new, language)
    stale = tuple(name for name, state in now.items() if state is State.STALE and was.get(name) is not State.STALE)
    fresh = tuple(name for name, state in now.items() if state is not State.STALE and was.get(name) is State.STALE)
    kept = sum(state is not State.STALE and name not in fresh for name, state in now.items())
    return Turn(language, stale, fresh, kept)


def _states(bundle: Bundle, language: str) -> dict[str, State]:
    """Return the states of what is translated."""
    translation = bundle.translations.get(language)
    if translation is None:
        return {}
    translated = translation.segments(bundle.shape)
    return {
        name: bundle.state(name, source, translation.facts.made_from.get(name))
        for name, source in bundle.segments().items()
        if name in translated
    }
