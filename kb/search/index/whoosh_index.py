"""The index on disk: schema, writing, reading. The only module that uses Whoosh, apart from its stop word lists.

Six rules avoid its defects, which all its versions share (numbers: two cores, 10,000 documents):

- open a new reader after each commit, never `refresh()`, which brings replaced documents back;
- read a segment once and from one thread: posting files share one file handle for seeking and reading;
- open files without "mmap", which copies every segment into memory (12–40 ms each instead of 0.3); only code that
  decodes a whole segment uses it on purpose, and closes it again;
- write one record at most once in a writer's session: replacing it twice would keep both copies;
- never merge segments: that reads term by term (0.7 s for 50 documents), and Whoosh would rewrite a large one while a
  publication waits; records of small segments are written again instead (`segments_to_merge` of the engine);
- nothing is synced to disk and the files hold pickles: an index that does not open is rebuilt, and the site never
  accepts one from an upload.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from pickle import dumps
from typing import Any
from zlib import compress

import numpy as np
from whoosh.codec import whoosh3
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3TermInfo
from whoosh.fields import ID, STORED, Schema
from whoosh.filedb import filestore
from whoosh.index import LockError
from whoosh.reading import SegmentReader as WhooshReader
from whoosh.system import _INT_SIZE, pack_int, pack_long, pack_ushort

from kb.errors import Unavailable
from kb.search.index.index_document import FIELDS
from kb.search.index.posting_buffer import FieldPostings, PostingBatch, PostingPool

WAIT = 30.0  # seconds to wait for another writer; one commit takes 0.2 at most
# Whoosh's compression level, and the length from which its version compresses; 2.7.4 compresses everything.
_COMPRESSION, _LEAST_COMPRESSED = 3, getattr(whoosh3, "COMPRESSION_MIN_SIZE", 0)
_ATTEMPTS = 20  # to open the index while another process commits

_NO_POSTINGS = FieldPostings([], np.zeros(1, np.int64), np.empty(0, np.int32), np.empty(0, np.float32))


@dataclass(frozen=True)
class IndexRow:
    """One document as stored in the index: tokens with weights by field, and stored facts (JSON)."""

    record: str
    fields: Mapping[str, Mapping[str, float]]
    facts: str

    @property
    def documents(self) -> Sequence[tuple[str, str]]:
        """The record and the facts, as a batch has them."""
        return ((self.record, self.facts),)


@dataclass(frozen=True)
class RowBatch:
    """Rows made by another process: record and stored facts of each document, and their postings."""

    documents: Sequence[tuple[str, str]]
    postings: PostingBatch


@dataclass(frozen=True)
class WrittenSegment:
    """A segment just written, or only in memory: decoding it reads no files."""

    said: Sequence[str]
    fields: Mapping[str, FieldPostings]

    @classmethod
    def in_memory(cls, rows: Iterable[IndexRow]) -> WrittenSegment:
        """Return rows as a segment in memory only."""
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
        """Return the stored facts of a document."""
        return self.said[document]

    def postings(self, field: str) -> FieldPostings:
        """Return all postings of a field, in document order."""
        return self.fields.get(field, _NO_POSTINGS)


class SegmentFiles:
    """One segment of the index on disk, which never changes except for deletions. Not thread-safe."""

    def __init__(self, folder: Path, segment: Any) -> None:
        self.id = str(segment.segment_id())
        self.documents = int(segment.doc_count_all())
        self.deleted = np.array(sorted(segment.deleted_docs()), np.int32)
        self._folder, self._segment = folder, segment

    @contextmanager
    def opened(self) -> Iterator[OpenSegment]:
        """Open its files to decode them completely. Raises `Unavailable` if they are invalid."""
        with guarded():
            reader = WhooshReader(_storage(self._folder, in_memory=True), _schema(), self._segment)
            try:
                yield OpenSegment(reader)
            finally:
                reader.close()


class OpenSegment:
    """Read access to a segment: the facts of its documents, and the postings of a field."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader

    def facts(self, document: int) -> str:
        """Return the stored facts of a document."""
        return str(self._reader.stored_fields(document)["facts"])

    def postings(self, field: str) -> FieldPostings:
        """Return all postings of a field, in document order."""
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
    """An index in its folder. Raises `Unavailable` if the files are invalid."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with guarded():
            self._index = _opened(_storage(folder))

    @classmethod
    def create(cls, folder: Path) -> IndexFiles:
        """Create an empty index in a new folder."""
        folder.mkdir(parents=True)
        _storage(folder).create_index(_schema())
        return cls(folder)

    def commit_number(self) -> int:
        """Return the number of the last commit, from one directory listing."""
        return int(self._index.latest_generation())

    def segments(self) -> tuple[SegmentFiles, ...]:
        """Return all segments of the last commit that still have documents."""
        with guarded():
            reader = self._index.reader()  # retries by itself if a commit has removed a file
            try:
                segments = [leaf.segment() for leaf, _ in reader.leaf_readers()] if reader.doc_count() else []
            finally:
                reader.close()
            return tuple(SegmentFiles(self.folder, each) for each in segments if each.doc_count())

    def write(
        self,
        rows: Iterable[IndexRow | RowBatch],
        *,
        replaced: Iterable[str] = (),
        before_commit: Callable[[], object] = lambda: None,
    ) -> WrittenSegment:
        """Remove the records `replaced` and add the rows, in one atomic commit; return the written segment.

        If a record has rows, `replaced` must contain it if it has earlier documents. Waits for another writer. Raises
        `Unavailable` if that takes too long, or if the index is damaged.
        """
        writer = self._writer()
        said: list[str] = []
        fields: dict[str, FieldPostings] = {}
        # Whoosh would write the postings one by one.
        writer.fieldwriter.add_postings = partial(_add_postings, writer.fieldwriter, fields)
        try:
            with guarded():
                self._delete(writer, replaced)
            for row in rows:
                # Whoosh would add the postings one by one.
                if isinstance(row, RowBatch):
                    writer.pool.add_batch(writer.docnum, row.postings)
                else:
                    writer.pool.add_document(writer.docnum, row.fields)
                for record, facts in row.documents:
                    writer.add_document(record=record, facts=facts)
                    said.append(facts)
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
        with self._index.searcher() as searcher:  # one for all: Whoosh would open one for each record
            for record in records:
                writer.delete_by_term("record", record, searcher=searcher)


def _add_postings(
    writer: Any,
    written: dict[str, FieldPostings],
    schema: Any,
    _lengths: Any,
    found: Iterable[tuple[str, FieldPostings]],
) -> None:
    """Write all postings as Whoosh's writer does, but each token's as one block; also put them into `written`."""
    for field, postings in found:
        writer.start_field(field, schema[field])
        _write_field(writer, postings)
        writer.finish_field()
        written[field] = postings


def _write_field(writer: Any, postings: FieldPostings) -> None:
    """Write the bytes that Whoosh would write for each token, in a third of the time."""
    file, terms = writer._postfile, writer._tindex
    offset = file.tell()
    prefix = pack_ushort(writer._fieldid)
    documents, deltas, weights = postings.documents, postings.documents.copy(), postings.weights
    deltas[1:] -= documents[:-1]
    firsts = postings.starts[:-1]
    deltas[firsts] = documents[firsts]
    extremes = np.minimum.reduceat(weights, firsts).tolist(), np.maximum.reduceat(weights, firsts).tolist()
    ends = documents[firsts].tolist(), documents[postings.starts[1:] - 1].tolist()
    pairs = pairwise(postings.starts.tolist())
    for token, (start, end), least, most, first, last in zip(postings.tokens, pairs, *extremes, *ends, strict=True):
        found = weights[start:end].tolist() if least < most else [most] * (end - start)
        written = tuple(found) if least < most else most if most != 1.0 else None
        numbers = tuple(deltas[start:end].tolist()) if first < last else (first,)
        data = dumps((numbers, written, None), 2)
        compression = _COMPRESSION if len(data) >= _LEAST_COMPRESSED else 0
        if compression:
            data = compress(data, compression)
        info = dumps((end - start, last, most, compression, 0, 0), 2)
        length = len(info) + len(data)
        file.write(b"".join((WHOOSH3_HEADER_MAGIC, pack_int(-length), info, data)))  # negative: the last block
        length += len(WHOOSH3_HEADER_MAGIC) + _INT_SIZE
        about = W3TermInfo._struct.pack(False, sum(found), end - start, 0, 0, most, first, last)
        terms.add(prefix + token.encode(), about + pack_long(offset) + pack_int(length))
        offset += length


def _kept(_writer: Any, segments: Sequence[Any]) -> list[Any]:
    """Return the segments to keep: those that have documents."""
    return [each for each in segments if each.doc_count()]


def _schema() -> Any:
    return Schema(record=ID(), facts=STORED(), **{each.name: ID() for each in FIELDS})


@contextmanager
def guarded() -> Iterator[None]:
    """Convert all errors of unpickling, unpacking and seeking in a damaged index to `Unavailable`."""
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
    """Open the newest commit; retry if the writer has just replaced it."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return storage.open_index(schema=_schema())
        except FileNotFoundError:
            time.sleep(0.01)
    return storage.open_index(schema=_schema())
