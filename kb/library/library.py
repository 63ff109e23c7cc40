"""The library: it holds the current `Generation`, which readers keep for one request, and swaps in the next one."""

from __future__ import annotations

import hashlib
import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kb import faults
from kb.content.files import ContentFolder
from kb.content.markdown import to_plain
from kb.content.record import Bundle, Status
from kb.content.replacing import ReplacedFiles, WriteLock
from kb.content.snapshot import Snapshot
from kb.i18n import LANGUAGES
from kb.law.model import Law
from kb.law.store import load_law
from kb.library.applied import Applied
from kb.library.catalog import Catalog, Entry, Key, entry_of
from kb.library.check import Target, target_of
from kb.library.kind import Kind
from kb.library.kinds import KINDS
from kb.problems import Problem
from kb.search.build import build_index
from kb.search.document import IndexDocument
from kb.search.engine import SearchEngine
from kb.search.view import IndexView
from kb.vocabulary.model import Vocabularies
from kb.vocabulary.store import load_vocabularies

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Knowledge:
    """What is read once at the start: vocabularies and law, with what is wrong in their files."""

    vocabularies: Vocabularies
    law: Law
    problems: tuple[Problem, ...]


def load_knowledge(content: Path) -> Knowledge:
    """Read the vocabularies and the law of a content folder."""
    vocabularies, vocabulary_problems = load_vocabularies(content / "vocabularies")
    law, law_problems = load_law(content / "law", vocabularies)
    return Knowledge(vocabularies, law, (*vocabulary_problems, *law_problems))


@dataclass(frozen=True)
class Generation:
    """Catalog and index that belong together. `stamp` differs whenever anything a reader sees may differ."""

    catalog: Catalog
    search: IndexView | None
    stamp: str


class Library:
    """Everything that is read, for one content folder and one data folder. Safe for threads."""

    def __init__(
        self, content: Path, data: Path, kinds: Sequence[Kind] = KINDS, *, knowledge: Knowledge | None = None
    ) -> None:
        knowledge = knowledge or load_knowledge(content)
        self.data = data
        self.kinds: Mapping[str, Kind] = {kind.shape.name: kind for kind in kinds}
        shapes = {name: kind.shape for name, kind in self.kinds.items()}
        self.content = ContentFolder(content, shapes)
        self.vocabularies, self.law = knowledge.vocabularies, knowledge.law
        self.fixed_problems = knowledge.problems
        self.snapshot = Snapshot(data / "snapshot.sqlite", shapes)
        self.index_folder = data / "index"
        self.engine = SearchEngine(self.index_folder, self.vocabularies, tuple(LANGUAGES))
        self.applied = Applied(data / "applied.sqlite")
        self.lock = WriteLock(data / "write.lock")
        self.building = WriteLock(data / "build.lock")  # who builds a whole index; nobody who publishes waits for it
        self.replaced = ReplacedFiles(data / "replaced")
        # Records whose files cannot be read as they stand, by record; readers keep the last good revision.
        self.problems: dict[str, tuple[Problem, ...]] = {}
        self._swapping = threading.Lock()
        self._snapshot_stamp = -1
        self._generation = Generation(Catalog.of((), self.snapshot), None, "empty")

    def current(self) -> Generation:
        """Return the generation that a request keeps from its start to its end."""
        return self._generation

    def refresh(self) -> bool:
        """Swap in what this or another process has written meanwhile; say whether anything was new."""
        with self._swapping:
            stamp = self.snapshot.stamp()
            index_is_new = self.engine.reopen()
            if stamp == self._snapshot_stamp and not index_is_new and self._generation.stamp != "empty":
                return False
            catalog = self._next_catalog()
            search = self.engine.view() if self.engine.is_ready else None
            faults.point("generation-before-swap")
            self._generation = Generation(catalog, search, self._stamp(catalog))
            self._snapshot_stamp = stamp
            faults.point("generation-after-swap")
            return True

    def _next_catalog(self) -> Catalog:
        """Read anew only the records that changed."""
        known = self._generation.catalog.columns
        entries: list[Entry] = []
        for key, mark in self.snapshot.fingerprints().items():
            entry = known.get(key)
            if entry is None or entry.fingerprint != mark:
                bundle = self.snapshot.find(*key)
                entry = self._entry(bundle) if bundle is not None else None
            if entry is not None:
                entries.append(entry)
        return Catalog.of(entries, self.snapshot)

    def _entry(self, bundle: Bundle) -> Entry:
        # Facets and dates are wanted, not texts: rendering them to plain words takes most of the time.
        kind = self.kinds[bundle.shape.name]
        documents = kind.documents(bundle, self.vocabularies, bundle.fingerprint, lambda _text: "")
        return entry_of(bundle, documents[0].facets, documents[0].newest) if documents else entry_of(bundle, {}, "")

    def _stamp(self, catalog: Catalog) -> str:
        marks = hashlib.sha256(self.engine.stamp.encode())
        for key, entry in sorted(catalog.columns.items()):
            marks.update(f"{key} {entry.fingerprint} ".encode())
        return marks.hexdigest()[:16]

    def documents(self, bundle: Bundle) -> tuple[IndexDocument, ...]:
        """Return the documents of a record for the index, one per language."""
        kind = self.kinds[bundle.shape.name]
        return kind.documents(bundle, self.vocabularies, bundle.fingerprint, to_plain)

    def documents_or_none(self, bundle: Bundle) -> tuple[IndexDocument, ...]:
        """Return the documents of a record; none, with a word in the log, if one cannot be made of its text."""
        try:
            return self.documents(bundle)
        except Exception:
            log.exception("no document for the index can be made of %s/%s", *bundle.key)
            return ()

    def target(self, key: Key) -> Target | None:
        """Return what a link to this record would lead to, whatever the record's status."""
        catalog = self.current().catalog
        bundle = self.snapshot.find(key[0], catalog.resolve(*key))
        return None if bundle is None else target_of(bundle)

    def derive(self, bundles: Iterable[Bundle], removed: Iterable[Key] = ()) -> None:
        """Make snapshot and index follow the log for these records, under the write lock; `refresh` shows it.

        A failure of the index is logged and mended by the follower; it never undoes what is saved.
        """
        found, gone = list(bundles), list(removed)
        self.snapshot.update(found, gone)
        self.derive_index(found, gone)

    def derive_index(self, bundles: Sequence[Bundle], removed: Iterable[Key] = ()) -> None:
        """Put published records into the index and take all others out of it."""
        public = [bundle for bundle in bundles if bundle.record.status is Status.PUBLISHED]
        hidden = [bundle.key for bundle in bundles if bundle.record.status is not Status.PUBLISHED]
        if not self.engine.is_ready:
            return
        try:
            documents = [document for bundle in public for document in self.documents_or_none(bundle)]
            self.engine.update(documents, [*removed, *hidden])
        except Exception:
            log.exception("the index could not be updated; it will be mended")

    def stale_in_index(self) -> tuple[list[Key], list[Key]]:
        """Return the records whose document in the index is missing or old, and those that should not be in it."""
        wanted = {
            entry.key: entry.fingerprint
            for entry in self.current().catalog.columns.values()
            if entry.status is Status.PUBLISHED
        }
        present = self.engine.fingerprints() if self.engine.is_ready else {}
        return (
            [key for key, mark in wanted.items() if present.get(key) != mark],
            [key for key in present if key not in wanted],
        )

    def mend_index(self) -> int:
        """Bring the index to what the snapshot holds, under the write lock; return how many records were wrong."""
        stale, surplus = self.stale_in_index()
        if stale or surplus:
            found = [bundle for key in stale if (bundle := self.snapshot.find(*key)) is not None]
            self.derive_index(found, surplus)
            self.refresh()
        return len(stale) + len(surplus)

    def rebuild_index(self, progress: Callable[[int], None] | None = None) -> str:
        """Build a new index beside the old one from the snapshot, swap, and catch up with what was saved meanwhile.

        `progress` is told the number of documents written. Returns the id of the build.
        """
        documents = (
            document
            for bundle in self.snapshot.bundles()
            if bundle.record.status is Status.PUBLISHED
            for document in self.documents_or_none(bundle)
        )
        with self.building.held():
            build = self._build(documents, progress)
        with self.lock.held():
            self.refresh()
            self.mend_index()
        return build

    def _build(self, documents: Iterable[IndexDocument], progress: Callable[[int], None] | None) -> str:
        return build_index(self.index_folder, documents, self.vocabularies, tuple(LANGUAGES), progress=progress)

    def close(self) -> None:
        """Let go of what this thread holds."""
        self.snapshot.close()
        self.applied.close()
