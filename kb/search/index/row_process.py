"""Makes index rows in a second process while this one reads the next documents, for builds of many documents.

The process is started as a program, not forked, so it is safe in a server with threads. It ends with its parent.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Iterable, Iterator
from itertools import groupby
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from kb.search.analysis.term_matcher import TermFinder
from kb.search.index.index_document import IndexDocument
from kb.search.index.posting_buffer import PostingPool
from kb.search.index.stored_rows import rows_of
from kb.search.index.whoosh_index import RowBatch
from kb.vocabulary.model import Vocabularies

STEP = 200  # documents in a batch, at least
AHEAD = 3  # batches sent before the first result is awaited


def batches_of(documents: Iterable[IndexDocument], vocabularies: Vocabularies) -> Iterator[RowBatch]:
    """Yield the rows of documents in order, as `rows_of` would make them.

    Documents of one record must be consecutive. Raises what making a row raises, and `EOFError` if the process ends.
    """
    ours, theirs = Pipe()
    with theirs:
        process = subprocess.Popen(  # noqa: S603 - our own module
            [sys.executable, "-m", __name__, str(theirs.fileno())],
            cwd=Path(__file__).parents[3],
            stdin=subprocess.DEVNULL,
            pass_fds=(theirs.fileno(),),
        )
    with process, ours:
        try:
            ours.send(vocabularies)
            waiting = 0
            for batch in _batches(documents):
                ours.send(batch)
                waiting += 1
                if waiting > AHEAD:
                    yield _received(ours)
                    waiting -= 1
            for _ in range(waiting):
                yield _received(ours)
        finally:
            process.kill()


def _batches(documents: Iterable[IndexDocument]) -> Iterator[list[IndexDocument]]:
    """Yield lists of documents, with all documents of a record in the same list."""
    batch: list[IndexDocument] = []
    for _, documents_of_record in groupby(documents, lambda document: document.record):
        if len(batch) >= STEP:
            yield batch
            batch = []
        batch.extend(documents_of_record)
    if batch:
        yield batch


def _received(line: Connection) -> RowBatch:
    found: RowBatch | Exception = line.recv()
    if isinstance(found, Exception):
        raise found
    return found


def main() -> None:
    """Make rows until the parent process closes the connection or ends."""
    line = Connection(int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent process
    finder, pool = TermFinder(line.recv()), PostingPool()
    received: SimpleQueue[list[IndexDocument]] = SimpleQueue()
    Thread(target=_receive, args=(line, received), daemon=True).start()
    while True:
        try:
            line.send(_rows(received.get(), finder, pool))
        except Exception as error:
            error.add_note("".join(traceback.format_tb(error.__traceback__)))  # it would not be sent
            line.send(error)


def _receive(line: Connection, received: SimpleQueue[list[IndexDocument]]) -> None:
    """Receive documents while rows are made, so that the parent never waits to send."""
    try:
        while True:
            received.put(line.recv())
    except (EOFError, OSError):
        os._exit(0)


def _rows(documents: Iterable[IndexDocument], finder: TermFinder, pool: PostingPool) -> RowBatch:
    stored = []
    for number, row in enumerate(rows_of(documents, finder)):
        pool.add_document(number, row.fields)
        stored.append((row.record, row.facts))
    return RowBatch(stored, pool.take_batch())


if __name__ == "__main__":
    main()
