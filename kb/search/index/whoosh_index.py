"""The index on disk: schema, writing, reading. All of Whoosh that is used, but for its lists of stop words.

Six rules keep clear of its defects, which its versions share (numbers: two cores, 10,000 documents):

- a new reader after each commit, never `refresh()`, which brings replaced documents back;
- whoever reads a segment does it once and from one thread: posting files are sought and read through one handle;
- files are opened without "mmap", which copies every segment into memory (12–40 ms each instead of 0.3); only whoever
  decodes a whole segment does that on purpose, and closes it again;
- one record at most once in a writer's session: replacing it twice would keep both copies;
- segments are never merged, as that reads term by term (0.7 s for 50 documents) and Whoosh would rewrite a large one
  while a publication waits: records of small ones are written again instead (`segments_to_merge` of the engine);
- nothing is synced to disk and the files hold pickles: an index that does not open is built again, and none is ever
  taken from an upload.
"""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.fields import ID, STORED, Schema
from whoosh.filedb import filestore
from whoosh.index import LockError
from whoosh.reading import SegmentReader as WhooshReader

from kb.errors import Unavailable
from kb.search.index.index_document import FIELDS
from kb.search.index.posting_buffer import FieldPostings, PostingPool

WAIT = 30.0  # seconds for another writer; one commit takes 0.2 at most
_ATTEMPTS = 20  # at opening, while another process commits

_Fields = Iterable[tuple[str, FieldPostings]]
_NO_POSTINGS = FieldPostings([], np.zeros(1, np.int64), np.empty(0, np.int32), np.empty(0, np.float32))


@dataclass(frozen=True)
class IndexRow:
    """One document as the index holds it: by field its tokens with their weights, and facts that come back (JSON)."""

    record: str
    fields: Mapping[str, Mapping[str, float]]
    facts: str


@dataclass(frozen=True)
class WrittenSegment:
    """A segment that was just written, or that is in memory alone: nothing has to be read back from files."""

    said: Sequence[str]
    fields: Mapping[str, FieldPostings]

    @classmethod
    def in_memory(cls, rows: Iterable[IndexRow]) -> WrittenSegment:
        """Return rows as a segment that is written nowhere."""
        pool, said = PostingPool(), []
        for number, row in enumerate(rows):
            pool.add_document(number, row.fields)
            said.append(row.facts)
        return cls(said, dict(pool.iter_postings()))

    @property
    def documents(self) -> int:
        """The number of documents."""
        return len(self.said)

    def facts(self, document: int) -> str:
        """Return the facts that were stored with a document."""
        return self.said[document]

    def postings(self, field: str) -> FieldPostings:
        """Return all postings of a field, documents in order."""
        return self.fields.get(field, _NO_POSTINGS)


class SegmentFiles:
    """One segment of the index as it lies on disk, which never changes but for deletions. One thread at a time."""

    def __init__(self, folder: Path, segment: Any) -> None:
        self.id = str(segment.segment_id())
        self.documents = int(segment.doc_count_all())
        self.deleted = np.array(sorted(segment.deleted_docs()), np.int32)
        self._folder, self._segment = folder, segment

    @contextmanager
    def opened(self) -> Iterator[OpenSegment]:
        """Open its files for whoever decodes them whole. Raises `Unavailable` where they make no sense."""
        with guarded():
            reader = WhooshReader(_storage(self._folder, in_memory=True), _schema(), self._segment)
            try:
                yield OpenSegment(reader)
            finally:
                reader.close()


class OpenSegment:
    """What is read of a segment: the facts of its documents, and the postings of a field."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def facts(self, document: int) -> str:
        """Return the facts that were stored with a document."""
        return str(self._reader.stored_fields(document)["facts"])

    def postings(self, field: str) -> FieldPostings:
        """Return all postings of a field, documents in order."""
        tokens: list[str] = []
        starts: list[int] = [0]
        documents: list[int] = []
        weights: list[float] = []
        for token in self._reader.lexicon(field) if field in self._reader.schema else ():
            found = self._reader.postings(field, token)
            while found.is_active():
                documents.append(found.id())
                weights.append(found.weight())
                found.next()
            tokens.append(token.decode())
            starts.append(len(documents))
        return FieldPostings(
            tokens, np.array(starts, np.int64), np.array(documents, np.int32), np.array(weights, np.float32)
        )


class IndexFiles:
    """An index in its folder. Raises `Unavailable` where the files do not make sense."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with guarded():
            self._index = _opened(_storage(folder))

    @classmethod
    def create(cls, folder: Path) -> IndexFiles:
        """Make an empty index in a new folder."""
        folder.mkdir(parents=True)
        _storage(folder).create_index(_schema())
        return cls(folder)

    def commit_number(self) -> int:
        """Return the number of the last commit: one listing of the folder."""
        return int(self._index.latest_generation())

    def segments(self) -> tuple[SegmentFiles, ...]:
        """Return all segments of the last commit that have a document left."""
        with guarded():
            reader = self._index.reader()  # looks again by itself where a commit has removed a file
            try:
                segments = [leaf.segment() for leaf, _ in reader.leaf_readers()] if reader.doc_count() else []
            finally:
                reader.close()
            return tuple(SegmentFiles(self.folder, each) for each in segments if each.doc_count())

    def write(
        self,
        rows: Iterable[IndexRow],
        *,
        replaced: Iterable[str] = (),
        before_commit: Callable[[], object] = lambda: None,
    ) -> WrittenSegment:
        """Take the records `replaced` out and put the rows in, in one commit: all of it or nothing.

        Returns what was put in.
        Of a record that has rows, all earlier documents have to be in `replaced`. Waits for another writer.
        Raises `Unavailable` if that takes too long, or if what is there is damaged.
        """
        writer = self._writer()
        said: list[str] = []
        fields: dict[str, FieldPostings] = {}
        # Whoosh would write one posting after the other.
        writer.fieldwriter.add_postings = partial(_add_postings, writer.fieldwriter, fields)
        try:
            with guarded():
                self._delete(writer, replaced)
            for row in rows:
                writer.pool.add_document(writer.docnum, row.fields)  # Whoosh would put in one posting after the other
                writer.add_document(record=row.record, facts=row.facts)
                said.append(row.facts)
            before_commit()
        except BaseException:
            writer.cancel()
            raise
        with guarded():
            writer.commit(mergetype=_kept)
        return WrittenSegment(said, fields)

    def _writer(self) -> Any:
        try:
            writer = self._index.writer(timeout=WAIT, delay=0.05)
        except LockError as error:
            message = f"another process has been writing the index for {WAIT:.0f} seconds"
            raise Unavailable(message) from error
        writer.pool = PostingPool()
        return writer

    def _delete(self, writer: Any, records: Iterable[str]) -> None:
        with self._index.searcher() as searcher:  # one for all: Whoosh would open another for each record
            for record in records:
                writer.delete_by_term("record", record, searcher=searcher)


def _add_postings(
    writer: Any,
    written: dict[str, FieldPostings],
    schema: Any,
    _lengths: Any,
    found: Iterable[tuple[str, FieldPostings]],
) -> None:
    """Write all postings as Whoosh's writer does, those of a token as one block at once; put them into `written`."""
    for field, postings in found:
        writer.start_field(field, schema[field])
        documents, weights = array("I"), array("f")
        documents.frombytes(postings.documents.tobytes())
        weights.frombytes(postings.weights.tobytes())
        for token, (start, end) in zip(postings.tokens, pairwise(postings.starts.tolist()), strict=True):
            writer.start_term(token.encode())
            block = writer._postwriter
            block._ids, block._weights = documents[start:end], weights[start:end]
            block._maxweight = max(block._weights)
            writer.finish_term()
        writer.finish_field()
        written[field] = postings


def _kept(_writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Return the segments that stay: those without documents go."""
    return [each for each in segments if each.doc_count()]


def _schema() -> Any:
    return Schema(record=ID(), facts=STORED(), **{each.name: ID() for each in FIELDS})


@contextmanager
def guarded() -> Iterator[None]:
    """Turn whatever unpickling, unpacking and seeking in a damaged index raises into `Unavailable`."""
    try:
        yield
    except Unavailable:
        raise
    except Exception as error:
        message = f"the index is damaged ({type(error).__name__}: {error})"
        raise Unavailable(message) from error


def _storage(folder: Path, *, in_memory: bool = False) -> Any:
    make: Any = filestore.FileStorage
    return make(str(folder), supports_mmap=in_memory)


def _opened(storage: Any) -> Any:
    """Open the newest commit; look again where the writer has just replaced it."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return storage.open_index(schema=_schema())
        except FileNotFoundError:
            time.sleep(0.01)
    return storage.open_index(schema=_schema())
