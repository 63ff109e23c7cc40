"""The site's single search index: hands out snapshots, takes updates, and reloads after other processes commit."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

import numpy as np

from kb import fault_points
from kb.errors import Unavailable
from kb.law.model import Law
from kb.search.analysis.term_matcher import TermFinder
from kb.search.index.array_store import load, remove, remove_but, save
from kb.search.index.builder import Build, current_build, open_build
from kb.search.index.index_document import IndexDocument
from kb.search.index.segment import IndexSegment, LiveSegment
from kb.search.index.segment_decoder import decode, decode_written
from kb.search.index.stored_rows import rows_of
from kb.search.index.whoosh_index import IndexFiles, IndexRow, SegmentFiles, WrittenSegment
from kb.search.index_view import IndexView, Tools
from kb.search.query.interpretation import SearchKnowledge
from kb.search.query.law_references import LawReferences
from kb.search.query.search_query import SearchQuery
from kb.search.results.autocomplete import Autocomplete
from kb.search.results.phrases import PhraseFinder, Texts
from kb.search.results.results import SearchResults
from kb.vocabulary.model import Vocabularies

log = logging.getLogger(__name__)

_ATTEMPTS = 5  # to open the index while other processes commit
SMALL_SIZES = (10, 100)  # maximum records of a small segment
SMALL_SEGMENTS = 2  # small segments kept; more are merged
MERGE_LIMIT = 200  # records that one publication rewrites, because it waits for them


@dataclass(frozen=True)
class IndexStatus:
    """State of the index: the build in use, its size, and the reason if it is not ready.

    `is_current` is false if the vocabularies changed after the build: search works, but not with the new labels.
    """

    is_ready: bool
    reason: str = ""
    build: str = ""
    created: datetime | None = None
    documents: int = 0
    records: int = 0
    is_current: bool = False


@dataclass(frozen=True)
class _EngineState:
    """The engine's current state, replaced in one assignment."""

    build: Build
    files: IndexFiles
    commit: int
    view: IndexView


class SearchEngine:
    """Searches the newest build in `folder` and keeps it up to date. Safe to share between threads.

    If the index is missing, damaged or in another format, the engine is not ready and `status` gives the reason. To
    repair it, call `build_index` and then `reopen`.
    """

    def __init__(
        self,
        folder: Path,
        vocabularies: Vocabularies,
        languages: Sequence[str],
        *,
        law: Law | None = None,
        finder: TermFinder | None = None,
        texts: Texts = lambda _kind, _id, _language: "",
    ) -> None:
        """Open the newest build.

        `finder` is a term finder for these vocabularies, if the caller already has one: loading its word lists takes
        0.4 s. `texts` returns the full plain text of a record (kind and id) in a language, for phrase search.
        """
        self._folder = folder
        self._languages = tuple(languages)
        self.finder = finder or TermFinder(vocabularies)
        knowledge = SearchKnowledge(self.finder, LawReferences(law or Law()), law or Law())
        self._knowledge, self._suggestions = knowledge, Autocomplete(self.finder)
        self._texts = texts
        self._lock = Lock()  # for writers of the state; readers do not lock
        self._state: _EngineState | None = None
        self._reason = ""
        with self._lock:
            self._open()

    def warm(self) -> None:
        """Load data that the first search needs: labels in all languages, the Romanian dictionary (0.6 s).

        Run it in a background thread at startup; searches work before it ends.
        """
        self.finder.warm()

    @property
    def is_ready(self) -> bool:
        """Whether there is an index to search."""
        return self._state is not None

    @property
    def stamp(self) -> str:
        """Identifies the index version: changes with the index, same in every process; empty without one."""
        state = self._state
        return f"{state.build.id}:{state.commit}" if state else ""

    def view(self) -> IndexView:
        """Return a snapshot of the index, valid as long as it is kept. Raises `Unavailable` without an index."""
        state = self._state
        if state is None:
            raise Unavailable(self._reason)
        return state.view

    def view_of(self, rows: Sequence[IndexRow], texts: Texts) -> IndexView:
        """Return an in-memory index of these rows only; writes nothing to disk."""
        tools = Tools(self._knowledge, PhraseFinder(texts), self._suggestions)
        if not rows:
            return IndexView([], self._languages, tools)
        arrays = decode_written(WrittenSegment.in_memory(rows))
        live = LiveSegment.of(IndexSegment("memory", arrays), np.empty(0, np.int32))
        return IndexView([live], self._languages, tools)

    def find(self, query: SearchQuery) -> SearchResults:
        """Return one page of search results. Raises `Unavailable` without an index."""
        return self.view().find(query)

    def fingerprints(self) -> dict[tuple[str, str], str]:
        """Return the fingerprint of each indexed record, by kind and id; empty without an index."""
        state = self._state
        return state.view.fingerprints() if state else {}

    def status(self) -> IndexStatus:
        """Return the index status, without checking for commits of other processes."""
        state = self._state
        if state is None:
            return IndexStatus(is_ready=False, reason=self._reason)
        return IndexStatus(
            is_ready=True,
            build=state.build.id,
            created=state.build.created,
            documents=state.view.documents,
            records=state.view.records,
            is_current=state.build.is_of(self.finder.vocabularies),
        )

    def update(self, documents: Iterable[IndexDocument], removed: Iterable[tuple[str, str]] = ()) -> None:
        """Replace all documents of the records in `documents`, in every language, and remove `removed`.

        One commit, then a new view: a search sees all changes or none. A record in both arguments stays. Raises
        `Unavailable` without an index, or if another process locks it for too long.
        """
        changed = tuple(sorted(documents, key=lambda document: document.record))  # stable: the later of two wins
        records = dict.fromkeys((*(each.record for each in changed), *(f"{kind}/{name}" for kind, name in removed)))
        if not records:
            return
        with self._lock:
            self._follow()
            if self._state is None:
                raise Unavailable(self._reason)
            fault_points.point("index-before-write")
            self._state.files.write(rows_of(changed, self.finder), replaced=records, before_commit=_before_commit)
            fault_points.point("index-after-commit")
            self._open()
            if self._state is not None:
                remove_but(self._state.files.folder, (live.segment.id for live in self._state.view.segments))

    def records_to_merge(self) -> frozenset[tuple[str, str]]:
        """Return the records, by kind and id, that the next update should rewrite to merge them into one segment."""
        live = self._state.view.segments if self._state else ()
        chosen = segments_to_merge([int(each.records.sum()) for each in live])
        return frozenset(key for number in chosen for key in live[number].record_keys())

    def reopen(self) -> bool:
        """Load commits and builds of other processes; return whether there were any.

        Reads one small file and one directory listing if nothing changed.
        """
        with self._lock:
            return self._follow()

    def _follow(self) -> bool:
        state = self._state
        if state is None:
            self._open()
            return self._state is not None
        if current_build(self._folder) == state.build.id and state.files.commit_number() == state.commit:
            return False
        self._open()
        return True

    def _open(self) -> None:
        """Open the newest commit; known segments keep their arrays."""
        known = {live.segment.id: live.segment for live in self._state.view.segments} if self._state else {}
        try:
            self._state, self._reason = self._open_newest(known), ""
        except Unavailable as error:
            if self._reason != str(error):  # the follower looks twice a second
                level = logging.WARNING if current_build(self._folder) else logging.INFO  # no build yet is not an error
                log.log(level, "no index in %s: %s", self._folder, error)
            self._state, self._reason = None, str(error)

    def _open_newest(self, known: Mapping[str, IndexSegment]) -> _EngineState:
        """Open the newest commit; retry if another process committed or built meanwhile."""
        for _ in range(_ATTEMPTS - 1):
            build, files = open_build(self._folder)
            commit = files.commit_number()  # before reading: the next check then sees a commit made meanwhile
            try:
                return self._open_commit(build, files, commit, known)
            except Unavailable:
                if current_build(self._folder) == build.id and files.commit_number() == commit:
                    raise
        build, files = open_build(self._folder)
        return self._open_commit(build, files, files.commit_number(), known)

    def _open_commit(
        self, build: Build, files: IndexFiles, commit: int, known: Mapping[str, IndexSegment]
    ) -> _EngineState:
        found = files.segments()
        live = [LiveSegment.of(known.get(each.id) or _segment(files.folder, each), each.deleted) for each in found]
        # Texts may have changed with the commit, so discard cached phrase matches.
        tools = Tools(self._knowledge, PhraseFinder(self._texts), self._suggestions)
        return _EngineState(build, files, commit, IndexView(live, self._languages, tools))


def segments_to_merge(records: Sequence[int]) -> tuple[int, ...]:
    """Return the numbers of the segments to merge, given their record counts; none, or at least two.

    Each publication adds a small segment, and each segment adds 0.3 ms to a search, regardless of its content. If more
    than two segments have up to ten records, they are merged, which takes 0.3 s. Then the same applies to segments of
    up to a hundred records (up to 2 s). Larger ones stay until the index is rebuilt.
    """
    for size in SMALL_SIZES:
        small = sorted((count, number) for number, count in enumerate(records) if count <= size)
        if len(small) > SMALL_SEGMENTS:
            chosen, total = [number for _, number in small[:2]], small[0][0] + small[1][0]
            for count, number in small[2:]:
                total += count
                if total > MERGE_LIMIT:
                    break
                chosen.append(number)
            return tuple(chosen)
    return ()


def _segment(build: Path, files: SegmentFiles) -> IndexSegment:
    """Load a segment from the arrays stored with the index, or decode it from the index and store the arrays."""
    arrays = load(build, files.id)
    if arrays is not None:
        try:
            return IndexSegment(files.id, arrays)
        except Unavailable:
            log.warning("the arrays of %s in %s are damaged and worked out again", files.id, build)
            remove(build, files.id)
    made = decode(files)
    try:
        save(build, files.id, made)
    except OSError:
        log.exception("the arrays of %s cannot be kept in %s", files.id, build)
    return IndexSegment(files.id, made)


def _before_commit() -> None:
    fault_points.point("index-before-commit")
