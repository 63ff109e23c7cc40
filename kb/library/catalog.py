"""Columns of all records in memory: what lists, menus and addresses need; whole records come from the snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kb.content.record import Bundle, Reading, Status
from kb.content.snapshot import Snapshot
from kb.errors import Gone, NotFound

Key = tuple[str, str]


@dataclass(frozen=True)
class Entry:
    """What is known of a record without reading it. `titles` and `summaries` hold each language it can be read in."""

    kind: str
    id: str
    status: Status
    language: str
    languages: tuple[str, ...]
    titles: Mapping[str, str]
    summaries: Mapping[str, str]
    facets: Mapping[str, tuple[str, ...]]
    newest: str
    aliases: tuple[str, ...]
    successor: str | None
    origin: str | None
    fingerprint: str

    @property
    def key(self) -> Key:
        """Kind and id."""
        return self.kind, self.id

    def title(self, language: str) -> tuple[str, str]:
        """Return the title for a reader and the language it is in."""
        found = language if language in self.titles else self.language
        return self.titles[found], found

    def summary(self, language: str) -> tuple[str, str]:
        """Return the summary for a reader and the language it is in."""
        found = language if language in self.titles and language in self.summaries else self.language
        return self.summaries[found], found


def entry_of(bundle: Bundle, facets: Mapping[str, tuple[str, ...]], newest: str) -> Entry:
    """Return the columns of a record."""
    record = bundle.record
    titles, summaries = {record.language: record.title}, {record.language: record.summary}
    for language, translation in bundle.translations.items():
        words = translation.facts.words
        if words.get("title"):
            titles[language] = words["title"]
            summaries |= {language: words["summary"]} if words.get("summary") else {}
    return Entry(
        kind=bundle.shape.name,
        id=record.id,
        status=record.status,
        language=record.language,
        languages=tuple(titles),
        titles=titles,
        summaries=summaries,
        facets=facets,
        newest=newest,
        aliases=record.aliases,
        successor=record.successor,
        origin=record.origin,
        fingerprint=bundle.fingerprint,
    )


@dataclass(frozen=True)
class Catalog:
    """All records at one moment. Readers are given what is published; a draft is as absent as an unknown id."""

    columns: Mapping[Key, Entry]
    snapshot: Snapshot
    aliases: Mapping[Key, str] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry], snapshot: Snapshot) -> Catalog:
        """Return the catalog of these entries."""
        columns = {entry.key: entry for entry in entries}
        aliases = {(entry.kind, alias): entry.id for entry in columns.values() for alias in entry.aliases}
        return cls(columns, snapshot, aliases)

    def entries(self, kind: str) -> tuple[Entry, ...]:
        """Return the published records of a kind, by id."""
        return tuple(
            entry
            for key, entry in sorted(self.columns.items())
            if entry.kind == kind and entry.status is Status.PUBLISHED
        )

    def find(self, kind: str, record_id: str) -> Entry | None:
        """Return a published record's columns, or `None`."""
        entry = self.columns.get((kind, record_id))
        return entry if entry is not None and entry.status is Status.PUBLISHED else None

    def resolve(self, kind: str, record_id: str) -> str:
        """Follow an earlier id to the one that counts, or return the id itself."""
        if (kind, record_id) in self.columns:
            return record_id
        return self.aliases.get((kind, record_id), record_id)

    def bundle(self, kind: str, record_id: str) -> Bundle:
        """Return a whole record, whatever its status. Raises `NotFound`."""
        bundle = self.snapshot.find(kind, record_id) if (kind, record_id) in self.columns else None
        if bundle is None:
            raise NotFound(f"{kind}/{record_id}")
        return bundle

    def reading(self, kind: str, record_id: str, language: str) -> Reading:
        """Return a published record in a language. Raises `NotFound`, or `Gone` for a retired one."""
        entry = self.columns.get((kind, record_id))
        if entry is None or entry.status is Status.DRAFT:
            raise NotFound(f"{kind}/{record_id}")
        if entry.status is Status.RETIRED:
            raise Gone(f"{kind}/{record_id}", successor=entry.successor)
        return self.bundle(kind, record_id).reading(language)
