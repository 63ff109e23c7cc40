"""Lists the records of a kind with the translation state in each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.content_store.catalog import Catalog, CatalogEntry
from kb.records.record import Bundle, State

PER_PAGE = 25


@dataclass(frozen=True)
class LanguageState:
    """A record's state in one language: how many of its texts are in which state."""

    language: str
    counts: Mapping[State, int]

    @property
    def worst(self) -> State:
        """The state that needs work first; `FALLBACK` if nothing is translated."""
        order = (State.STALE, State.FALLBACK, State.MACHINE, State.REVIEWED)
        return next((state for state in order if self.counts.get(state)), State.ORIGINAL)

    @property
    def is_missing(self) -> bool:
        """Whether there is no text in this language."""
        return set(self.counts) == {State.FALLBACK}


@dataclass(frozen=True)
class RecordLine:
    """A record on the desk."""

    entry: CatalogEntry
    languages: tuple[LanguageState, ...]


@dataclass(frozen=True)
class RecordList:
    """One page of the records of a kind; `total` counts those on all pages."""

    lines: tuple[RecordLine, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """The number of pages, at least one."""
        return max(1, -(-self.total // PER_PAGE))


@dataclass(frozen=True)
class DeskFilter:
    """Filter of records of any status; an empty field matches all.

    `text` is searched in ids and titles. `areas` are a term with the narrower ones.
    """

    text: str = ""
    status: str = ""
    country: str = ""
    areas: frozenset[str] = frozenset()

    def lets_through(self, entry: CatalogEntry) -> bool:
        """Return whether a record matches."""
        return (
            _has(entry, self.text.casefold().strip())
            and self.status in ("", entry.status)
            and (not self.country or self.country in entry.facets.get("country", ()))
            and (not self.areas or not self.areas.isdisjoint(entry.facets.get("area", ())))
        )


EVERYTHING = DeskFilter()


def find_entries(catalog: Catalog, kind: str, wanted: DeskFilter) -> list[CatalogEntry]:
    """Return the matching records of a kind, by id."""
    return [entry for _, entry in sorted(catalog.columns.items()) if entry.kind == kind and wanted.lets_through(entry)]


def language_states(bundle: Bundle, languages: Sequence[str]) -> tuple[LanguageState, ...]:
    """Return the state of a record in each language, its own first."""
    own = bundle.record.language
    return tuple(
        LanguageState(code, bundle.reading(code).states())
        for code in (own, *(each for each in languages if each != own))
    )


def list_records(
    catalog: Catalog, kind: str, languages: Sequence[str], wanted: DeskFilter = EVERYTHING, *, page: int = 1
) -> RecordList:
    """Return the matching records with the state of each of their languages, by id."""
    found = find_entries(catalog, kind, wanted)
    last = max(1, -(-len(found) // PER_PAGE))
    page = min(max(1, page), last)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    lines = tuple(RecordLine(entry, language_states(catalog.bundle(*entry.key), languages)) for entry in shown)
    return RecordList(lines, len(found), page)


def _has(entry: CatalogEntry, text: str) -> bool:
    return any(text in each.casefold() for each in (entry.id, *entry.titles.values()))
