"""The engines that the benchmark compares ours with: built from the same records in a separate process, and queried."""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from benchmarks.fts5 import Fts5
from benchmarks.loading import open_app
from benchmarks.peers import PeerRecord, peer_records
from benchmarks.progress import Progress
from benchmarks.tantivy_peer import Tantivy
from kb.content_store.store import ContentStore
from kb.search.index.builder import code_fingerprint

GLANCE = 0.5  # seconds between two checks of the other process's progress


@dataclass(frozen=True)
class Peers:
    """The other engines of a site, in a folder of its data."""

    fts5: Fts5
    tantivy: Tantivy

    @classmethod
    def of(cls, data: Path) -> Peers:
        """Open the engines."""
        return cls(Fts5(_home(data) / "fts5.sqlite"), Tantivy(_home(data) / "tantivy"))


@contextmanager
def built_beside(folder: Path, data: Path, store: ContentStore) -> Iterator[None]:
    """Build the engines in parallel with the block if records or analysis have changed; then wait for them."""
    made = _home(data) / "made-from"
    if made.exists() and made.read_text(encoding="utf-8") == _stamp(store):
        yield
        return
    spawning = multiprocessing.get_context("spawn")
    done: Synchronized[int] = spawning.Value("i")
    process = spawning.Process(target=_build, args=(folder, data, done), daemon=True)
    process.start()
    yield
    with Progress("FTS5 and tantivy", len(store.current().catalog.columns)) as progress:
        while process.is_alive():
            progress.say(done.value)
            process.join(GLANCE)
        progress.say(done.value)
    if process.exitcode:
        message = f"FTS5 and tantivy were not built in {_home(data)}"
        raise RuntimeError(message)


def _home(data: Path) -> Path:
    return data / "peers"


def _stamp(store: ContentStore) -> str:
    return f"{store.snapshot.position()} {code_fingerprint()}"


def _build(folder: Path, data: Path, done: Synchronized[int]) -> None:
    store: ContentStore = open_app(folder, data).extensions["store"]
    home = _home(data)
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    Fts5.build(home / "fts5.sqlite", Tantivy.build(home / "tantivy", _counted(store, done)))
    (home / "made-from").write_text(_stamp(store), encoding="utf-8")


def _counted(store: ContentStore, done: Synchronized[int]) -> Iterator[PeerRecord]:
    for number, record in enumerate(peer_records(store), 1):
        done.value = number
        yield record
