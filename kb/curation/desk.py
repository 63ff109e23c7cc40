"""Everything that is in work at a glance: the records of a kind with the state of each of their languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.content.record import Bundle, State
from kb.library.catalog import Catalog, Entry

PER_PAGE = 25


@dataclass(frozen=True)
class LanguageState:
    """How far a record has come in one language: how many of its texts are in which state."""

    language: str
    counts: Mapping[State, int]

    @property
    def worst(self) -> State:
        """The state that asks for work first; `FALLBACK` where nothing is translated."""
        order = (State.STALE, State.FALLBACK, State.MACHINE, State.REVIEWED)
        return next((state for state in order if self.counts.get(state)), State.ORIGINAL)

    @property
    def is_missing(self) -> bool:
        """Whether there is nothing in this language."""
        return set(self.counts) == {State.FALLBACK}


@dataclass(frozen=True)
class RecordLine:
    """A record on the desk."""

    entry: Entry
    languages: tuple[LanguageState, ...]


@dataclass(frozen=True)
class RecordList:
    """One page of the records of a kind; `total` counts those on all pages."""

    lines: tuple[RecordLine, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PER_PAGE))


def language_states(bundle: Bundle, languages: Sequence[str]) -> tuple[LanguageState, ...]:
    """Return the state of a record in each language, its own first."""
    own = bundle.record.language
    return tuple(
        LanguageState(code, bundle.reading(code).states())
        for code in (own, *(each for each in languages if each != own))
    )


def list_records(catalog: Catalog, kind: str, languages: Sequence[str], *, text: str = "", page: int = 1) -> RecordList:
    """Return records of any status, by id; `text` is looked for in ids and titles."""
    wanted = text.casefold().strip()
    found = [entry for _, entry in sorted(catalog.columns.items()) if entry.kind == kind and _has(entry, wanted)]
    last = max(1, -(-len(found) // PER_PAGE))
    page = min(max(1, page), last)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    lines = tuple(RecordLine(entry, language_states(catalog.bundle(*entry.key), languages)) for entry in shown)
    return RecordList(lines, len(found), page)


def _has(entry: Entry, text: str) -> bool:
    return any(text in each.casefold() for each in (entry.id, *entry.titles.values()))
