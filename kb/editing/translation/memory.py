"""Translation memory: how all published records put a text into another language, and where each pair comes from.

Each pair of languages has an index in memory, made when it is first asked for. After a publication only the changed
records are read again: 366 records take 2 s the first time, some milliseconds later.
"""

from __future__ import annotations

import re
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kb.content_store.catalog import Catalog, Key
from kb.records.record import Bundle, State, Status
from kb.records.segments import words

PAIRS = 3  # pairs of languages kept in memory, some 10 MB each for 400 records
MOST_UNITS = 60_000  # texts of a pair
MOST_MATCHES, LEAST_LIKE = 3, 0.75
MOST_LINES = 20
_CANDIDATES = 40  # texts with the most shared words, which are compared
_MOST_WORDS = 80  # of a long text, the rarest ones are looked up
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class MemoryUnit:
    """A text in two languages; `name` is that of its segment. `state` tells who made the second one."""

    key: Key
    name: str
    source: str
    target: str
    state: State


@dataclass(frozen=True)
class MemoryMatch:
    """A unit whose first text is like another one: 1.0 if both are the same; `others` have the same translation."""

    unit: MemoryUnit
    likeness: float
    others: int = 0


def texts_in(bundle: Bundle[Any], language: str) -> dict[str, tuple[str, State]]:
    """Return the texts of a record in a language by segment, without headings, with their states; no stale ones."""
    if language == bundle.record.language:
        own = dict(words(bundle.record)) | {each.id: each.text for each in bundle.sections}
        return {name: (text, State.ORIGINAL) for name, text in own.items() if text.strip()}
    translation = bundle.translations.get(language)
    if translation is None:
        return {}
    found = translation.facts.words | {each.id: each.text for each in translation.sections}
    sources, made = bundle.segments(), translation.facts.made_from
    stated = {
        name: (text, bundle.state(name, sources[name], made.get(name)))
        for name, text in found.items()
        if name in sources and text.strip()
    }
    return {name: each for name, each in stated.items() if each[1] is not State.STALE}


def units_of(bundle: Bundle[Any], source: str, target: str) -> Iterator[MemoryUnit]:
    """Yield the texts that a record has in both languages; either may be its own or a translation."""
    there = texts_in(bundle, target)
    for name, (text, _state) in texts_in(bundle, source).items():
        if name in there:
            yield MemoryUnit(bundle.key, name, text, *there[name])


class PairIndex:
    """The units of two languages, found by shared words."""

    def __init__(self, units: Iterable[MemoryUnit]) -> None:
        self.units = tuple(units)[:MOST_UNITS]

    @cached_property
    def _places(self) -> Mapping[str, NDArray[np.int32]]:
        """The places of the units that have a word."""
        found: dict[str, list[int]] = {}
        for place, unit in enumerate(self.units):
            for word in set(_words(unit.source)):
                found.setdefault(word, []).append(place)
        return {word: np.array(places, dtype=np.int32) for word, places in found.items()}

    def find(self, text: str, besides: tuple[Key, str] | None = None) -> tuple[MemoryMatch, ...]:
        """Return the units most like a text, best first, each translation once; without the text itself."""
        asked = _words(text)
        matcher = SequenceMatcher(None, (), asked, autojunk=False)
        found = [
            (unit, likeness)
            for unit in self._candidates(asked)
            if (unit.key, unit.name) != besides and (likeness := _likeness(text, unit.source, matcher)) >= LEAST_LIKE
        ]
        # Of equal ones, that of a person is first.
        found.sort(key=lambda each: (-each[1], each[0].state is State.MACHINE, each[0].key))
        count = Counter(unit.target for unit, _likeness in found)
        first: dict[str, MemoryMatch] = {}
        for unit, likeness in found:
            first.setdefault(unit.target, MemoryMatch(unit, likeness, count[unit.target] - 1))
        return tuple(first.values())[:MOST_MATCHES]

    def _candidates(self, asked: Sequence[str]) -> Iterator[MemoryUnit]:
        lists = sorted((places for word in set(asked) if (places := self._places.get(word)) is not None), key=len)
        if not lists:
            return
        lists = lists[:_MOST_WORDS]
        weights = np.concatenate([np.full(len(each), 1.0 / len(each)) for each in lists])
        scores = np.bincount(np.concatenate(lists), weights=weights, minlength=len(self.units))
        for place in np.argsort(scores)[::-1][:_CANDIDATES]:
            if scores[place] > 0:
                yield self.units[place]

    def lines_with(self, phrase: str) -> tuple[MemoryUnit, ...]:
        """Return units with a phrase in either text, each cut to the line that has it; the shortest first."""
        wanted = " ".join(phrase.split()).casefold()
        if not wanted:
            return ()
        found: dict[tuple[str, str], MemoryUnit] = {}
        for unit in self.units:
            if wanted in unit.source.casefold() or wanted in unit.target.casefold():
                for line in _cut(unit, wanted):
                    found.setdefault((line.source, line.target), line)
        return tuple(sorted(found.values(), key=lambda each: (len(each.source), each.key))[:MOST_LINES])


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _likeness(text: str, other: str, matcher: SequenceMatcher[str]) -> float:
    """Return how like two texts are, from 0 to 1, by their words in order. Only equal texts are 1.

    The `matcher` has the words of the first text as its second sequence, which it analyses once.
    """
    if text.strip() == other.strip():
        return 1.0
    matcher.set_seq1(_words(other))
    if matcher.real_quick_ratio() < LEAST_LIKE or matcher.quick_ratio() < LEAST_LIKE:
        return 0.0
    return min(matcher.ratio(), 0.99)


def _cut(unit: MemoryUnit, wanted: str) -> Iterator[MemoryUnit]:
    """Yield the lines with a phrase, if both texts have the same number of lines; otherwise the unit."""
    sources, targets = ([line for line in text.split("\n") if line.strip()] for text in (unit.source, unit.target))
    if len(sources) != len(targets):
        yield unit
        return
    for source, target in zip(sources, targets, strict=True):
        if wanted in source.casefold() or wanted in target.casefold():
            yield MemoryUnit(unit.key, unit.name, source, target, unit.state)


class TranslationMemory:
    """The indexes of the last few pairs of languages. Thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._read: OrderedDict[tuple[str, str], dict[Key, tuple[str, tuple[MemoryUnit, ...]]]] = OrderedDict()
        self._made: dict[tuple[str, str], tuple[int, PairIndex]] = {}

    def index(self, catalog: Catalog, source: str, target: str) -> PairIndex:
        """Return the index of two languages for the published records of a catalog."""
        pair = source, target
        with self._lock:
            made = self._made.get(pair)
            if made is not None and made[0] == catalog.mark:
                return made[1]
            before = self._read.pop(pair, {})
            self._read[pair] = now = dict(_read(catalog, pair, before))
            while len(self._read) > PAIRS:
                self._made.pop(self._read.popitem(last=False)[0], None)
            found = PairIndex(unit for _mark, units in now.values() for unit in units)
            self._made[pair] = catalog.mark, found
            return found


def _read(
    catalog: Catalog, pair: tuple[str, str], before: Mapping[Key, tuple[str, tuple[MemoryUnit, ...]]]
) -> Iterator[tuple[Key, tuple[str, tuple[MemoryUnit, ...]]]]:
    for key, entry in catalog.columns.items():
        if entry.status is not Status.PUBLISHED or not {*pair} <= {entry.language, *entry.progress}:
            continue
        known = before.get(key)
        if known is not None and known[0] == entry.fingerprint:
            yield key, known
        elif (bundle := catalog.snapshot.find(*key)) is not None:
            yield key, (entry.fingerprint, tuple(units_of(bundle, *pair)))
