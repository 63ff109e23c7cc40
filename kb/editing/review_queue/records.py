"""Lists the records of a kind with the translation state in each language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from kb.content_store.catalog import Catalog, CatalogEntry
from kb.records.record import Bundle, State
from kb.search.analysis.collation import sort_key

PER_PAGE = 25
# The keeper in a filter that asks for records without one.
NO_KEEPER = "-"
SOON = timedelta(days=60)
_EPOCH = datetime.min.replace(tzinfo=UTC)


class OriginChoice(StrEnum):
    """Whether a person answers for the text."""

    DRAFTED = "drafted"
    SIGNED = "signed"


class ReviewChoice(StrEnum):
    """When the next review is due."""

    OVERDUE = "overdue"
    SOON = "soon"  # overdue, or within `SOON`
    NONE = "none"  # without a day


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

    `text` is searched in ids and titles. `areas` are a term with the narrower ones. `keeper` may be `NO_KEEPER`,
    `origin` an `OriginChoice` and `review` a `ReviewChoice`, for which `today` counts.
    """

    text: str = ""
    status: str = ""
    country: str = ""
    areas: frozenset[str] = frozenset()
    keeper: str = ""
    origin: str = ""
    review: str = ""
    today: date = date.min

    def lets_through(self, entry: CatalogEntry) -> bool:
        """Return whether a record matches."""
        return (
            _has(entry, self.text.casefold().strip())
            and self.status in ("", entry.status)
            and (not self.country or self.country in entry.facets.get("country", ()))
            and (not self.areas or not self.areas.isdisjoint(entry.facets.get("area", ())))
            and (not self.keeper or entry.keeper == self.keeper.removeprefix(NO_KEEPER))
            and self.origin in ("", OriginChoice.DRAFTED if entry.is_machine_drafted else OriginChoice.SIGNED)
            and (not self.review or self._is_due(entry.review_due))
        )

    def _is_due(self, due: date | None) -> bool:
        if due is None or self.review == ReviewChoice.NONE:
            return due is None and self.review == ReviewChoice.NONE
        return due < self.today or (self.review == ReviewChoice.SOON and due <= self.today + SOON)


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


class SortKey(StrEnum):
    """The order of a list."""

    ID = ""
    TITLE = "title"
    CHANGED = "changed"  # the latest first
    DUE = "due"  # the first due first, those without a day last


@dataclass(frozen=True)
class ListOrder:
    """The order of a list: by title in a language, or by the time of the last change of each record, by kind and id."""

    by: SortKey = SortKey.ID
    language: str = ""
    changed: Mapping[str, datetime] = field(default_factory=dict)

    def sort(self, entries: Sequence[CatalogEntry]) -> list[CatalogEntry]:
        """Return the entries in this order."""
        ordered = sorted(entries, key=lambda entry: entry.key)
        if self.by is SortKey.TITLE:
            ordered.sort(key=lambda entry: sort_key(entry.title(self.language)[0], self.language))
        elif self.by is SortKey.CHANGED:
            ordered.sort(key=lambda entry: self.changed.get("/".join(entry.key), _EPOCH), reverse=True)
        elif self.by is SortKey.DUE:
            ordered.sort(key=lambda entry: entry.review_due or date.max)
        return ordered


def list_records(
    catalog: Catalog,
    kind: str,
    languages: Sequence[str],
    wanted: DeskFilter = EVERYTHING,
    *,
    page: int = 1,
    order: ListOrder | None = None,
) -> RecordList:
    """Return the matching records with the state of each of their languages, by default by id."""
    found = (order or ListOrder()).sort(find_entries(catalog, kind, wanted))
    last = max(1, -(-len(found) // PER_PAGE))
    page = min(max(1, page), last)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    lines = tuple(RecordLine(entry, language_states(catalog.bundle(*entry.key), languages)) for entry in shown)
    return RecordList(lines, len(found), page)


def _has(entry: CatalogEntry, text: str) -> bool:
    return any(text in each.casefold() for each in (entry.id, *entry.titles.values()))
