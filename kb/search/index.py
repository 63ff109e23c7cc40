"""The index on disk: schema, writing, reading. The only module that imports Whoosh, and all of Whoosh that is used.

Five rules keep clear of its defects, which its versions share (numbers: two cores, 10,000 documents):

- a new reader after each commit, never `refresh()`, which brings replaced documents back;
- whoever reads a segment holds its lock: posting files are sought and read through one handle;
- files are opened without "mmap", which copies every segment into memory (12–40 ms each instead of 0.3);
- one record at most once in a writer's session: replacing it twice would keep both copies;
- nothing is synced to disk and the files hold pickles: an index that does not open is built again, and none is ever
  taken from an upload.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.analysis.acore import Token
from whoosh.analysis.tokenizers import Tokenizer
from whoosh.fields import ID, STORED, TEXT, Schema
from whoosh.filedb import filestore
from whoosh.index import LockError
from whoosh.lang import stopwords

from kb.errors import Unavailable
from kb.search.document import FIELDS, FieldKind

WAIT = 30.0  # seconds for another writer; one commit takes 0.2 at most
MEMORY = 128  # megabytes for postings while writing
_ATTEMPTS = 20  # at opening, while another process commits
_ALTERNATIVES = "|"

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Row:
    """One document as the index holds it: prepared tokens by field, and the facts that come back with it (JSON)."""

    record: str
    fields: Mapping[str, str]
    facts: str


def prepared(forms: Iterable[Iterable[str]]) -> str:
    """Return tokens as the text that the index splits again: a space between places, a bar between forms at one."""
    return " ".join(_ALTERNATIVES.join(each) for each in forms)


class PreparedTokens(Tokenizer):
    """Splits prepared text; the forms of a word share its position. An index names this class, so it keeps its name."""

    def __call__(self, value: str, *, positions: bool = False, mode: str = "", **options: Any) -> Iterator[Any]:
        """Yield one token object again and again, as Whoosh's own tokenizers do."""
        token = Token(positions, False, mode=mode)
        token.boost = 1.0
        for place, forms in enumerate(value.split(" ")):
            for form in forms.split(_ALTERNATIVES):
                if form:
                    token.text, token.pos = form, place
                    yield token


def stoplists() -> Mapping[str, frozenset[str]]:
    """Return the stop words that come with Whoosh, by language."""
    lists: Mapping[str, frozenset[str]] = stopwords.stoplists
    return lists


class SegmentReader:
    """One segment of the index, which never changes but for deletions. Not safe for threads: whoever calls has a lock.

    Its files are closed when nobody holds it any more.
    """

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        weakref.finalize(self, reader.close)
        self.id = str(reader.segment().segment_id())
        self.documents = int(reader.doc_count_all())

    def deleted(self) -> IntArray:
        """Return the numbers of the documents that no longer count, as of the commit this was opened at."""
        if not self._reader.has_deletions():
            return np.empty(0, np.int32)
        return np.array([each for each in range(self.documents) if self._reader.is_deleted(each)], np.int32)

    def facts(self, document: int) -> str:
        """Return the facts that were stored with a document."""
        return str(self._reader.stored_fields(document)["facts"])

    def lengths(self, field: str) -> FloatArray:
        """Return how many tokens each document has in a field, to the nearest of 256 steps."""
        length = self._reader.doc_field_length
        return np.fromiter((length(each, field) or 0 for each in range(self.documents)), np.float32, self.documents)

    def postings(self, field: str, token: str) -> tuple[IntArray, FloatArray]:
        """Return the documents that have a token, in order, and how often each has it."""
        documents: list[int] = []
        counts: list[float] = []
        if (field, token) in self._reader:
            found = self._reader.postings(field, token)
            while found.is_active():
                documents.append(found.id())
                counts.append(found.weight())
                found.next()
        return np.array(documents, np.int32), np.array(counts, np.float32)


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

    def segments(self) -> tuple[SegmentReader, ...]:
        """Open all segments of the last commit."""
        with guarded():
            reader = self._index.reader()  # looks again by itself where a commit has removed a file
            return tuple(SegmentReader(leaf) for leaf, _ in reader.leaf_readers()) if reader.doc_count_all() else ()

    def write(
        self, rows: Iterable[Row], *, replaced: Iterable[str] = (), before_commit: Callable[[], None] = lambda: None
    ) -> None:
        """Take the records `replaced` out and put the rows in, in one commit: all of it or nothing.

        Of a record that has rows, all earlier documents have to be in `replaced`. Waits for another writer.
        Raises `Unavailable` if that takes too long, or if what is there is damaged.
        """
        writer = self._writer()
        try:
            with guarded():
                self._delete(writer, replaced)
            for row in rows:
                writer.add_document(record=row.record, facts=row.facts, **row.fields)
            before_commit()
        except BaseException:
            writer.cancel()
            raise
        with guarded():
            writer.commit()

    def _writer(self) -> Any:
        try:
            return self._index.writer(timeout=WAIT, delay=0.05, limitmb=MEMORY)
        except LockError as error:
            message = f"another process has been writing the index for {WAIT:.0f} seconds"
            raise Unavailable(message) from error

    def _delete(self, writer: Any, records: Iterable[str]) -> None:
        with self._index.searcher() as searcher:  # one for all: Whoosh would open another for each record
            for record in records:
                writer.delete_by_term("record", record, searcher=searcher)


def _schema() -> Any:
    tokens = PreparedTokens()
    fields = {each.name: TEXT(analyzer=tokens, phrase=each.kind is FieldKind.STEMS) for each in FIELDS}
    return Schema(record=ID(), facts=STORED(), **fields)


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


def _storage(folder: Path) -> Any:
    make: Any = filestore.FileStorage
    return make(str(folder), supports_mmap=False)


def _opened(storage: Any) -> Any:
    """Open the newest commit; look again where the writer has just replaced it."""
    for _ in range(_ATTEMPTS - 1):
        try:
            return storage.open_index(schema=_schema())
        except FileNotFoundError:
            time.sleep(0.01)
    return storage.open_index(schema=_schema())
