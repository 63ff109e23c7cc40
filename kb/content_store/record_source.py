"""Published records by kind and id, from the catalog of a running site or directly from the files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Protocol

from kb.content_store.catalog import Catalog
from kb.errors import NotFound
from kb.problems import errors
from kb.records.bundle import SOURCE, read_source, read_translation
from kb.records.files.paths import ContentFolder, RecordFile
from kb.records.record import Bundle, Reading, Status


class RecordSource(Protocol):
    """Source of published records."""

    def ids(self, kind: str) -> tuple[str, ...]:
        """Return the ids of the published records of a kind."""

    def reading(self, kind: str, record_id: str, language: str) -> Reading[Any]:
        """Return a published record in a language. Raises `NotFound`."""


@dataclass(frozen=True)
class CatalogRecords:
    """The records of a generation."""

    catalog: Catalog

    def ids(self, kind: str) -> tuple[str, ...]:
        """Return the ids of the published records of a kind."""
        return tuple(entry.id for entry in self.catalog.entries(kind))

    def reading(self, kind: str, record_id: str, language: str) -> Reading[Any]:
        """Return a published record in a language. Raises `NotFound`."""
        if self.catalog.find(kind, record_id) is None:
            raise NotFound(f"{kind}/{record_id}")
        return self.catalog.reading(kind, record_id, language)


@dataclass(frozen=True)
class FolderRecords:
    """The records of a content folder as in its files, for commands without a database. Each is read once.

    `drafts` are the kinds whose drafts are included, so that an author can preview files.
    """

    folder: ContentFolder
    drafts: tuple[str, ...] = ()
    _ids: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _bundles: dict[tuple[str, str], Bundle | None] = field(default_factory=dict)
    _readings: dict[tuple[str, str, str], Reading[Any]] = field(default_factory=dict)

    def ids(self, kind: str) -> tuple[str, ...]:
        """Return the ids of the published records of a kind."""
        if kind not in self._ids:
            seen, _problems = self.folder.walk(kind)
            names = sorted({each.place.id for each in seen if each.place.part == SOURCE})
            self._ids[kind] = tuple(name for name in names if self._bundle(kind, name) is not None)
        return self._ids[kind]

    def reading(self, kind: str, record_id: str, language: str) -> Reading[Any]:
        """Return a published record in a language. Raises `NotFound`."""
        key = kind, record_id, language
        if key not in self._readings:
            bundle = self._bundle(kind, record_id)
            if bundle is None:
                raise NotFound(f"{kind}/{record_id}")
            self._readings[key] = bundle.reading(language)
        return self._readings[key]

    def _bundle(self, kind: str, record_id: str) -> Bundle[Any] | None:
        key = kind, record_id
        if key not in self._bundles:
            self._bundles[key] = self._read(kind, record_id)
        return self._bundles[key]

    def _read(self, kind: str, record_id: str) -> Bundle[Any] | None:
        shape = self.folder.shapes[kind]
        source = self.folder.read(RecordFile(kind, record_id, SOURCE))
        bundle = read_source(shape, record_id, source.decode(errors="replace"))[0] if source is not None else None
        given = (Status.PUBLISHED, Status.DRAFT) if kind in self.drafts else (Status.PUBLISHED,)
        if bundle is None or bundle.record.status not in given:
            return None
        found = {}
        for each in self.folder.walk(kind, record_id)[0]:
            if each.place.is_text and each.place.part != SOURCE and (data := self.folder.read(each.place)) is not None:
                translation, _front, problems = read_translation(bundle, each.place.part, data.decode(errors="replace"))
                if translation is not None and not errors(problems):
                    found[each.place.part] = translation
        return Bundle(shape, bundle.record, bundle.sections, found)
