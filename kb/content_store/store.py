"""The content store: holds the current `Generation`, which readers keep for one request, and swaps in the next one."""

from __future__ import annotations

import hashlib
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kb import fault_points
from kb.content_store.catalog import Catalog, CatalogEntry, Key
from kb.content_store.catalog_codec import form_of, from_columns, to_columns
from kb.content_store.checks import Target, target_of
from kb.content_store.file_problems import FileProblems
from kb.content_store.reference_data import ReferenceData, load_knowledge
from kb.content_store.sync_state import Applied
from kb.i18n import LANGUAGES
from kb.kinds.kind import Kind
from kb.kinds.registry import KINDS
from kb.records.files.atomic_write import ReplacedFiles, WriteLock
from kb.records.files.paths import ContentFolder
from kb.records.files.snapshot import Derived, Position, Snapshot, SnapshotRow
from kb.records.markdown import to_plain
from kb.records.record import Bundle, Status
from kb.search.engine import SearchEngine
from kb.search.index.builder import build_index
from kb.search.index.index_document import IndexDocument
from kb.search.index_view import IndexView

log = logging.getLogger(__name__)

STEP = 200  # records written to the index at once: others wait for about four seconds
MANY_DOCUMENTS = 2000  # from here on, a second process saves more than the second that it takes to start
_PAUSE = 0.02  # seconds in which a waiting process can take the lock


@dataclass(frozen=True)
class Generation:
    """A matching pair of catalog and index. `stamp` changes whenever anything that a reader sees may change."""

    catalog: Catalog
    search: IndexView | None
    stamp: str


class ContentStore:
    """Read access to one content folder and one data folder. Thread-safe."""

    def __init__(
        self, content: Path, data: Path, kinds: Sequence[Kind] = KINDS, *, knowledge: ReferenceData | None = None
    ) -> None:
        knowledge = knowledge or load_knowledge(content)
        self.data = data
        self.kinds: Mapping[str, Kind] = {kind.shape.name: kind for kind in kinds}
        shapes = {name: kind.shape for name, kind in self.kinds.items()}
        self.content = ContentFolder(content, shapes)
        self.vocabularies, self.law, self.texts = knowledge.vocabularies, knowledge.law, knowledge.texts
        self.fixed_problems = knowledge.problems
        self.snapshot = Snapshot(data / "snapshot.sqlite", shapes, form_of(self.kinds.values()))
        self.index_folder = data / "index"
        self.engine = SearchEngine(
            self.index_folder,
            self.vocabularies,
            tuple(LANGUAGES),
            law=self.law,
            finder=knowledge.finder,
            texts=self.plain_text,
        )
        self.labels, self.help_words = knowledge.labels, knowledge.help_words
        self.step = STEP
        self.applied = Applied(data / "applied.sqlite")
        self.lock = WriteLock(data / "write.lock")
        self.building = WriteLock(data / "build.lock")  # held to build a whole index; publishing does not wait for it
        self.replaced = ReplacedFiles(data / "replaced")
        # Problems of files; if a file is unreadable, readers keep its last good revision.
        self.problems = FileProblems(data / "found.sqlite")
        self._swapping = threading.Lock()
        self._position: Position | None = None  # of the snapshot that the generation was read from
        self._index: str | None = None  # the stamp of its index
        self._generation = Generation(Catalog.of((), self.snapshot), None, "empty")

    def current(self) -> Generation:
        """Return the generation that a request keeps from start to end."""
        return self._generation

    def refresh(self) -> bool:
        """Load what this or another process has written; return whether anything was new."""
        with self._swapping:
            position = self.snapshot.position()
            if self._is_lost(position):
                return False
            self.engine.reopen()
            index = self.engine.stamp
            if (position, index) == (self._position, self._index):
                return False
            catalog = self._next_catalog()
            search = self.engine.view() if self.engine.is_ready else None
            fault_points.point("generation-before-swap")
            self._generation = Generation(catalog, search, self._stamp(catalog))
            self._position, self._index = position, index
            fault_points.point("generation-after-swap")
            return True

    def _is_lost(self, position: Position) -> bool:
        """Return whether the snapshot was lost and is being rebuilt: until then readers keep the old data."""
        before = self._position
        is_another = before is not None and position.birth != before.birth
        return is_another and not position.is_whole and bool(self._generation.catalog.columns)

    def _next_catalog(self) -> Catalog:
        """Read again only the records that changed."""
        changed = self.snapshot.changed_since(self._position) if self._position is not None else None
        if changed is None:
            return Catalog.of((self._entry(row) for row in self.snapshot.rows()), self.snapshot)
        rows = {key: self.snapshot.row(*key) for key in changed}
        entries = {key: self._entry(row) if row is not None else None for key, row in rows.items()}
        return self._generation.catalog.changed(entries)

    def _entry(self, row: SnapshotRow) -> CatalogEntry:
        return from_columns(row, self.kinds[row.key[0]])

    def _stamp(self, catalog: Catalog) -> str:
        return hashlib.sha256(f"{self.engine.stamp} {catalog.mark}".encode()).hexdigest()[:16]

    def documents(self, bundle: Bundle, plain: Callable[[str], str] = to_plain) -> tuple[IndexDocument, ...]:
        """Return the index documents of a record, one per language; none for a kind without pages."""
        make = self.kinds[bundle.shape.name].documents
        return make(bundle, self.vocabularies, self.law, plain) if make is not None else ()

    def documents_or_none(self, bundle: Bundle, plain: Callable[[str], str] = to_plain) -> tuple[IndexDocument, ...]:
        """Return the index documents of a record; on failure log it and return none."""
        try:
            return self.documents(bundle, plain)
        except Exception:
            log.exception("no document for the index can be made of %s/%s", *bundle.key)
            return ()

    def stored_documents(self, bundle: Bundle) -> tuple[IndexDocument, ...]:
        """Return the documents of a published record with the snapshot's plain texts, without parsing Markdown."""
        bodies = self.snapshot.bodies(*bundle.key)
        documents = self.documents_or_none(bundle, lambda _text: "")
        if any(document.language not in bodies for document in documents):
            return self.documents_or_none(bundle)
        return tuple(replace(document, body=bodies[document.language]) for document in documents)

    def plain_text(self, kind: str, record_id: str, language: str) -> str:
        """Return the plain text of a record in a language: title, summary and body, if present."""
        entry = self.current().catalog.columns.get((kind, record_id))
        heads = (entry.titles.get(language, ""), entry.summaries.get(language, "")) if entry is not None else ()
        return "\n".join((*heads, self.snapshot.body(kind, record_id, language)))

    def target(self, key: Key) -> Target | None:
        """Return the link target for a record of any status."""
        catalog = self.current().catalog
        bundle = self.snapshot.find(key[0], catalog.resolve(*key))
        return None if bundle is None else target_of(bundle)

    def of_kind(self, kind: str) -> tuple[Bundle[Any], ...]:
        """Return all records of a kind, of any status."""
        found = (self.snapshot.find(*key) for key in self.current().catalog.columns if key[0] == kind)
        return tuple(bundle for bundle in found if bundle is not None)

    def derive(self, bundles: Iterable[Bundle], removed: Iterable[Key] = (), *, with_index: bool = True) -> None:
        """Update snapshot and index from the log for these records, under the write lock; `refresh` shows the result.

        An index failure is logged, and the follower repairs it. Without the index, `mend_index` must follow.
        """
        found, gone = list(bundles), list(removed)
        # Only the index asks for plain texts, so unpublished records have none.
        documents = {bundle.key: self.documents_or_none(bundle) for bundle in found if _is_public(bundle)}
        derived = {bundle.key: self._derived(bundle, documents.get(bundle.key, ())) for bundle in found}
        self.snapshot.update(found, gone, derived)
        if not with_index:
            return
        hidden = [bundle.key for bundle in found if not _is_public(bundle)]
        self._update_index([document for each in documents.values() for document in each], [*gone, *hidden])

    def _derived(self, bundle: Bundle, documents: Sequence[IndexDocument]) -> Derived:
        own = documents or self.documents_or_none(bundle, lambda _text: "")
        columns = to_columns(bundle, own[0] if own else None, self.kinds[bundle.shape.name])
        return Derived(columns, {document.language: document.body for document in documents})

    def _update_index(self, documents: Sequence[IndexDocument], removed: Sequence[Key]) -> None:
        if not self.engine.is_ready:
            return
        try:
            self.engine.update(documents, removed)
        except Exception:
            log.exception("the index could not be updated; it will be mended")

    def merge_index(self) -> int:
        """Write small segments of the index again as one, under the write lock; return how many records were written.

        The follower calls it, so that nobody who publishes waits for it.
        """
        if not self.engine.records_to_merge():
            return 0
        with self.lock.held():
            self.refresh()
            found = self._public(self.engine.records_to_merge())
            self._update_index([each for bundle in found for each in self.stored_documents(bundle)], ())
            self.refresh()
        return len(found)

    def stale_in_index(self) -> tuple[list[Key], list[Key]]:
        """Return the records with a missing or outdated index document, and those that should not be in the index."""
        wanted = {
            entry.key: entry.fingerprint
            for entry in self.current().catalog.columns.values()
            if entry.status is Status.PUBLISHED and self.kinds[entry.kind].has_pages
        }
        present = self.engine.fingerprints() if self.engine.is_ready else {}
        return (
            [key for key, mark in wanted.items() if present.get(key) != mark],
            [key for key in present if key not in wanted],
        )

    def mend_index(self) -> int:
        """Update the index from the snapshot in steps; return how many records were wrong.

        Each step takes the write lock and checks the current state again, so a publisher waits for one step only.
        """
        wrong = self._wrong_in_index()
        for start in range(0, len(wrong), self.step):
            if start:
                fault_points.point("index-between-steps")
                time.sleep(_PAUSE)
            with self.lock.held():
                self.refresh()
                still = set(self._wrong_in_index()).intersection(wrong[start : start + self.step])
                self._mend(sorted(still))
        return len(wrong)

    def _wrong_in_index(self) -> list[Key]:
        stale, surplus = self.stale_in_index()
        return [*stale, *surplus]

    def _mend(self, keys: Sequence[Key]) -> None:
        """Write these records to the index from the snapshot, and remove the unpublished ones."""
        found = self._public(keys)
        gone = set(keys) - {bundle.key for bundle in found}
        self._update_index([each for bundle in found for each in self.stored_documents(bundle)], sorted(gone))
        self.refresh()

    def _public(self, keys: Iterable[Key]) -> list[Bundle]:
        """Return the published records among these."""
        found = (self.snapshot.find(*key) for key in keys)
        return [bundle for bundle in found if bundle is not None and _is_public(bundle)]

    def rebuild_index(self, progress: Callable[[int], None] | None = None) -> str:
        """Build a new index from the snapshot next to the old one, switch to it, and add changes saved meanwhile.

        `progress` receives the number of documents written. Returns the id of the build.
        """
        with self.building.held():
            build = self._build(self.all_documents(), progress)
        with self.lock.held():
            self.refresh()
            self.mend_index()
        return build

    def all_documents(self) -> Iterator[IndexDocument]:
        """Yield the documents of all published records."""
        for bundle in self.snapshot.bundles():
            if _is_public(bundle):
                yield from self.stored_documents(bundle)

    def _build(self, documents: Iterable[IndexDocument], progress: Callable[[int], None] | None) -> str:
        total = sum(len(entry.languages) for entry in self.current().catalog.columns.values())
        return build_index(
            self.index_folder,
            documents,
            self.vocabularies,
            tuple(LANGUAGES),
            finder=self.engine.finder,
            progress=progress,
            are_many=total > MANY_DOCUMENTS and (os.cpu_count() or 1) > 1,
        )

    def close(self) -> None:
        """Close the connections of this thread."""
        self.snapshot.close()
        self.applied.close()
        self.problems.close()


def _is_public(bundle: Bundle) -> bool:
    return bool(bundle.record.status is Status.PUBLISHED)
