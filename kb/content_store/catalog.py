"""Catalog: columns of all records in memory for lists, menus and URLs; full records come from the snapshot."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from kb.errors import Gone, NotFound, Unavailable
from kb.kinds.kind import Kind
from kb.records.files.snapshot import Snapshot
from kb.records.record import Bundle, Passage, Reading, Record, State, Status
from kb.records.translation_status import Progress

Key = tuple[str, str]

if TYPE_CHECKING:
    # Before Python 3.13 only type checkers support defaults of type variables. Without a type, the card is `Any`.
    from typing_extensions import TypeVar as TypeVarWithDefault

    C_co = TypeVarWithDefault("C_co", default=Any, covariant=True)
else:
    C_co = TypeVar("C_co", covariant=True)
C = TypeVar("C")
R = TypeVar("R", bound=Record)

RECENT = 4  # records kept in memory; a country with its translations takes up to 10 MB
_MARKS = 2**64  # marks are added modulo this


@dataclass(frozen=True, slots=True)
class TranslationOrigin:
    """Origin of a translated text, with the same fields as in `Passage`."""

    state: State
    by: str | None = None
    reviewed: date | None = None


@dataclass(frozen=True, slots=True)
class CatalogEntry(Generic[C_co]):
    """The columns of a record, known without reading it. `titles` and `summaries` have each language it can be read in.

    `origins` gives for each translation the origin of the title and, if there is one, of the summary. `card` is a
    dataclass of the record's kind for lists: `CatalogEntry[PracticeCard]` has that of a practice. `segments` is the
    number of its texts, and `progress` their state in each translation. `words` is the number of words of its source,
    `words_left` that of the texts that wait for a person in each translation. `from_parent` is the number of texts that
    an adaptation took over from its tool. `keeper` is empty if nobody answers for it.
    """

    kind: str
    id: str
    status: Status
    language: str
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    origins: Mapping[str, tuple[TranslationOrigin, ...]]
    facets: Mapping[str, tuple[str, ...]]
    newest: str
    aliases: tuple[str, ...]
    successor: str | None
    origin: str | None
    keeper: str
    review_due: date | None
    card: C_co
    fingerprint: str
    segments: int
    progress: Mapping[str, Progress]
    words: int = 0
    words_left: Mapping[str, int] = field(default_factory=dict)
    from_parent: int = 0

    @property
    def key(self) -> Key:
        """Kind and id."""
        return self.kind, self.id

    @property
    def is_machine_drafted(self) -> bool:
        """Whether no person has taken responsibility for the text yet."""
        return self.origin == "machine-drafted"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages the record can be read in, its own first."""
        return tuple(self.titles)

    def progress_in(self, language: str) -> Progress:
        """Return the translation progress in a language other than the record's own."""
        return self.progress.get(language) or Progress(missing=self.segments)

    def words_left_in(self, language: str) -> int:
        """Return the number of words that wait for a translator or a reader in a language other than the record's."""
        return self.words_left.get(language, self.words)

    def title(self, language: str) -> tuple[str, str]:
        """Return the title for a reader and its language."""
        found = language if language in self.titles else self.language
        return self.titles[found], found

    def summary(self, language: str) -> tuple[str, str]:
        """Return the summary for a reader and its language."""
        found = language if language in self.titles and language in self.summaries else self.language
        return self.summaries[found], found

    def passages(self, language: str) -> tuple[Passage, Passage]:
        """Return title and summary as a `Reading` has them, but without the source text of the translation."""
        return (
            self._passage("title", *self.title(language), language, 0),
            self._passage("summary", *self.summary(language), language, 1),
        )

    def _passage(self, name: str, text: str, found: str, wanted: str, place: int) -> Passage:
        if found == self.language:
            return Passage(name, text, found, State.ORIGINAL if found == wanted else State.FALLBACK)
        origin = self.origins[found][place]
        return Passage(name, text, found, origin.state, by=origin.by, reviewed=origin.reviewed)


def _mark(entry: CatalogEntry) -> int:
    """Return a hash number of a record's files; the sum identifies all records, in any order."""
    said = f"{entry.kind}/{entry.id} {entry.fingerprint}"
    return int.from_bytes(hashlib.sha256(said.encode()).digest()[:8], "big")


def _aliases(entries: Iterable[CatalogEntry]) -> dict[Key, str]:
    found = sorted((entry for entry in entries if entry.aliases), key=lambda entry: entry.key)
    return {(entry.kind, alias): entry.id for entry in found for alias in entry.aliases}


@dataclass(frozen=True)
class Catalog:
    """All records at one moment. Readers get only published records; a draft counts as an unknown id.

    `mark` changes whenever the files of any record change.
    """

    columns: Mapping[Key, CatalogEntry]
    snapshot: Snapshot
    aliases: Mapping[Key, str] = field(default_factory=dict)
    mark: int = 0

    @classmethod
    def of(cls, entries: Iterable[CatalogEntry], snapshot: Snapshot) -> Catalog:
        """Return the catalog of these entries."""
        columns = {entry.key: entry for entry in sorted(entries, key=lambda entry: entry.key)}
        return cls(columns, snapshot, _aliases(columns.values()), sum(map(_mark, columns.values())) % _MARKS)

    def changed(self, changes: Mapping[Key, CatalogEntry | None]) -> Catalog:
        """Return the catalog after changes, `None` for a removed record; this copies one dictionary."""
        before = [entry for key in changes if (entry := self.columns.get(key)) is not None]
        after = {key: entry for key, entry in changes.items() if entry is not None}
        columns = {**self.columns, **after}
        for key in changes.keys() - after.keys():
            columns.pop(key, None)
        is_same = not any(entry.aliases for entry in (*before, *after.values()))
        return Catalog(
            columns,
            self.snapshot,
            self.aliases if is_same else _aliases(columns.values()),
            (self.mark + sum(map(_mark, after.values())) - sum(map(_mark, before))) % _MARKS,
        )

    @overload
    def entries(self, kind: Kind[R, C]) -> tuple[CatalogEntry[C], ...]: ...

    @overload
    def entries(self, kind: str) -> tuple[CatalogEntry, ...]: ...

    def entries(self, kind: Kind[R, C] | str) -> tuple[CatalogEntry[Any], ...]:
        """Return the published records of a kind, by id; passing the kind object determines their type."""
        return self._published.get(_name(kind), ())

    @cached_property
    def _published(self) -> dict[str, tuple[CatalogEntry, ...]]:
        """Sorted once for each generation, because every page lists the pages of its menu."""
        found: dict[str, list[CatalogEntry]] = {}
        for entry in self.columns.values():
            if entry.status is Status.PUBLISHED:
                found.setdefault(entry.kind, []).append(entry)
        return {kind: tuple(sorted(entries, key=lambda entry: entry.id)) for kind, entries in found.items()}

    @overload
    def find(self, kind: Kind[R, C], record_id: str) -> CatalogEntry[C] | None: ...

    @overload
    def find(self, kind: str, record_id: str) -> CatalogEntry | None: ...

    def find(self, kind: Kind[R, C] | str, record_id: str) -> CatalogEntry[Any] | None:
        """Return a published record's columns, or `None`."""
        entry = self.columns.get((_name(kind), record_id))
        return entry if entry is not None and entry.status is Status.PUBLISHED else None

    def resolve(self, kind: Kind[Any, Any] | str, record_id: str) -> str:
        """Return the current id for an earlier one, or the id itself."""
        key = (_name(kind), record_id)
        return record_id if key in self.columns else self.aliases.get(key, record_id)

    @overload
    def bundle(self, kind: Kind[R, C], record_id: str) -> Bundle[R]: ...

    @overload
    def bundle(self, kind: str, record_id: str) -> Bundle[Any]: ...

    def bundle(self, kind: Kind[R, C] | str, record_id: str) -> Bundle[Any]:
        """Return a whole record of any status.

        Raises `NotFound`, or `Unavailable` for a record that exists but is missing in the snapshot, which is being
        rebuilt.
        """
        name = _name(kind)
        if (name, record_id) not in self.columns:
            raise NotFound(f"{name}/{record_id}")
        return self._recent(name, record_id)

    @cached_property
    def _recent(self) -> Callable[[str, str], Bundle[Any]]:
        """Reads a record, and keeps the last ones: a reader goes from page to page of one country."""

        def find(kind: str, record_id: str) -> Bundle[Any]:
            if (bundle := self.snapshot.find(kind, record_id)) is None:
                raise Unavailable(f"{kind}/{record_id}")
            return bundle

        return lru_cache(maxsize=RECENT)(find)

    @overload
    def reading(self, kind: Kind[R, C], record_id: str, language: str) -> Reading[R]: ...

    @overload
    def reading(self, kind: str, record_id: str, language: str) -> Reading[Any]: ...

    def reading(self, kind: Kind[R, C] | str, record_id: str, language: str) -> Reading[Any]:
        """Return a published record in a language. Raises `NotFound`, `Unavailable`, or `Gone` for a retired one."""
        name = _name(kind)
        entry = self.columns.get((name, record_id))
        if entry is None or entry.status is Status.DRAFT:
            raise NotFound(f"{name}/{record_id}")
        if entry.status is Status.RETIRED:
            raise Gone(f"{name}/{record_id}", successor=entry.successor)
        return self.bundle(name, record_id).reading(language)


def _name(kind: Kind[Any, Any] | str) -> str:
    return kind if isinstance(kind, str) else kind.name
