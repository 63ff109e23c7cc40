"""Predicts how a change of a source file affects its translations: which texts become stale or fresh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kb.publishing.prepare import prepare_source
from kb.records.bundle import SOURCE, read_bundle
from kb.records.record import Bundle, Shape, State


@dataclass(frozen=True)
class Turn:
    """Changes of one translation: segments that become stale, segments that become fresh, and how many stay fresh."""

    language: str
    stale: tuple[str, ...]
    fresh: tuple[str, ...]
    kept: int


@dataclass(frozen=True)
class Consequences:
    """Effects of publishing a source file on each translation, as an ordinary change and as a minor one."""

    ordinary: tuple[Turn, ...]
    minor: tuple[Turn, ...]

    @property
    def is_of_account(self) -> bool:
        """Whether the two kinds of change have different effects."""
        return self.ordinary != self.minor


def consequences(shape: Shape, record_id: str, texts: Mapping[str, str], text: str) -> Consequences | None:
    """Return the effects of publishing `text` as the source file, given the current texts of all parts.

    `None` if there are no effects to show: one of the two is unreadable, or there is no translation.
    """
    before = texts.get(SOURCE)
    try:
        ordinary, minor = (prepare_source(shape, record_id, text, before, minor=each) for each in (False, True))
    except ValueError:  # the program cannot change the file's facts
        return None
    old, _ = read_bundle(shape, record_id, texts)
    turns = _turns(old, shape, texts, ordinary)
    # Both texts are often the same.
    return Consequences(turns, turns if minor == ordinary else _turns(old, shape, texts, minor)) if turns else None


def turns_of(shape: Shape, record_id: str, texts: Mapping[str, str], source: str) -> tuple[Turn, ...]:
    """Return the changes in each translation if this becomes the source file, byte by byte."""
    return _turns(read_bundle(shape, record_id, texts)[0], shape, texts, source)


def _turns(old: Bundle | None, shape: Shape, texts: Mapping[str, str], source: str) -> tuple[Turn, ...]:
    new = _with_source(old, shape, texts, source) if old is not None else None
    if old is None or new is None:
        return ()
    return tuple(_turn(old, new, language) for language in sorted(new.translations))


def _with_source(old: Bundle, shape: Shape, texts: Mapping[str, str], source: str) -> Bundle | None:
    """Return a record with another source file; its translations are not parsed again, which takes 50 ms."""
    if source == texts.get(SOURCE):
        return old
    new, _ = read_bundle(shape, old.record.id, {SOURCE: source})
    if new is None or new.record.language == old.record.language:
        return replace(new, translations=old.translations) if new is not None else None
    return read_bundle(shape, old.record.id, {**texts, SOURCE: source})[0]


def _turn(old: Bundle, new: Bundle, language: str) -> Turn:
    was, now = _states(old, language), _states(new, language)
    stale = tuple(name for name, state in now.items() if state is State.STALE and was.get(name) is not State.STALE)
    fresh = tuple(name for name, state in now.items() if state is not State.STALE and was.get(name) is State.STALE)
    kept = sum(state is not State.STALE and name not in fresh for name, state in now.items())
    return Turn(language, stale, fresh, kept)


def _states(bundle: Bundle, language: str) -> dict[str, State]:
    """Return the states of the translated segments."""
    translation = bundle.translations.get(language)
    if translation is None:
        return {}
    translated = translation.segments(bundle.shape)
    return {
        name: bundle.state(name, source, translation.facts.made_from.get(name))
        for name, source in bundle.segments().items()
        if name in translated
    }
