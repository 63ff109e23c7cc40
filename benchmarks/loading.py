"""Load a content folder into a complete site: log, snapshot and index as after the first start, by several processes.

`load` does what `kb serve` does at the first start, but without its checks and in steps of many records. `kb` works on
the result: `KB_CONTENT=FOLDER KB_DATA=DATA kb serve`. Existing data is not made again. A first start sends each text
through Markdown. Here only some records in the middle are read so, and timed.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from flask import Flask
from sqlalchemy import insert, select

from benchmarks.plain_texts import quickly_plain
from benchmarks.progress import Progress
from kb.app import create_app
from kb.config import Settings
from kb.content_store.store import ContentStore
from kb.db import begin_write
from kb.extensions import db
from kb.history.model import Action, Change, ChangeKind, ChangeOrigin, Revision
from kb.migrations import upgrade
from kb.records.bundle import hash_bytes, read_bundle
from kb.records.files.paths import RecordFile
from kb.records.markdown import to_plain
from kb.records.record import Bundle
from kb.search.index.index_document import IndexDocument

STEP = 100  # records that are written in one transaction
TIMED = 2  # steps in the middle whose records are read as at a first start
MADE = "rates.json"  # file in the data folder: the rates of the build
_NOW = datetime(2026, 11, 25, tzinfo=UTC)
Step = Sequence[tuple[int, str, str]]  # number, kind and id of each record


@dataclass(frozen=True)
class Rates:
    """How fast files were read, per processor, and the index was built; `index_cpu` is in processor seconds."""

    read_rate: float
    documents: int
    index_seconds: float
    index_cpu: float

    @property
    def index_rate(self) -> float:
        """Index documents per second."""
        return self.documents / self.index_seconds

    @property
    def index_rate_per_core(self) -> float:
        """Index documents per processor second."""
        return self.documents / self.index_cpu


class QuickLibrary(ContentStore):
    """A library that skips Markdown for simple texts, unless `is_timed`."""

    is_timed = False

    def documents_or_none(self, bundle: Bundle, plain: Callable[[str], str] = to_plain) -> tuple[IndexDocument, ...]:
        """Return the same documents in less time."""
        is_quick = plain is to_plain and not self.is_timed
        return super().documents_or_none(bundle, quickly_plain if is_quick else plain)


def settings_of(folder: Path, data: Path) -> Settings:
    """Return the settings of a site whose content and data are in these folders."""
    return Settings(content=folder.absolute(), data=data.absolute())


def open_app(folder: Path, data: Path, *, store: ContentStore | None = None) -> Flask:
    """Return the application of a site, with its database migrated."""
    app = create_app(settings_of(folder, data), follow=False, store=store)
    upgrade(app)
    app.extensions["store"].applied.reached()  # creates its table
    return app


def load(
    folder: Path,
    data: Path,
    *,
    processes: int = 2,
    rebuild: bool = False,
    beside: Callable[[ContentStore], AbstractContextManager[None]] | None = None,
) -> tuple[ContentStore, Rates]:
    """Return the library of a folder, build everything that is missing, and report progress.

    The context `beside` is active while the index is built. The build keeps one processor busy, so `beside` may use the
    other.
    """
    app = open_app(folder, data)
    store: ContentStore = app.extensions["store"]
    wanted = list(store.content.records())
    present = {each.key for each in store.current().catalog.columns.values()}
    missing = [each for each in wanted if each not in present]
    rates = _before(data)
    if missing:
        shutil.rmtree(store.index_folder, ignore_errors=True)  # otherwise each step would update the index
        rates = replace(rates, read_rate=_read_rate(folder, data, wanted, missing, processes))
    store.refresh()
    with beside(store) if beside else nullcontext():
        if missing or rebuild or not store.engine.is_ready or not rates.documents:
            rates = _built(store, rates)
            (data / MADE).write_text(json.dumps(asdict(rates)), encoding="utf-8")
    return store, rates


def _before(data: Path) -> Rates:
    """Return the rates of the earlier build."""
    if not (data / MADE).exists():
        return Rates(0.0, 0, 0.0, 0.0)
    return Rates(**json.loads((data / MADE).read_text(encoding="utf-8")))


def _read_rate(
    folder: Path, data: Path, wanted: Sequence[tuple[str, str]], missing: Sequence[tuple[str, str]], processes: int
) -> float:
    """Read the missing records; return how many a processor reads per second at a first start."""
    numbers = {key: number for number, key in enumerate(wanted, 1)}
    steps = [[(numbers[key], *key) for key in missing[start : start + STEP]] for start in range(0, len(missing), STEP)]
    first = max(len(steps) - TIMED, 0) // 2
    marked = [(first <= place < first + TIMED, step) for place, step in enumerate(steps)]
    done, records, seconds = 0, 0, 0.0
    with (
        Progress("reading", len(missing)) as progress,
        multiprocessing.get_context("spawn").Pool(processes) as pool,
    ):
        for count, timed in pool.imap_unordered(partial(_read, folder, data), marked):
            done += count
            progress.say(done)
            if timed:
                records, seconds = records + count, seconds + timed
    with closing(sqlite3.connect(data / "applied.sqlite")) as applied:
        applied.execute("UPDATE reached SET number = ?", (len(wanted),))
        applied.commit()
    return records / seconds


def _built(store: ContentStore, rates: Rates) -> Rates:
    """Build the index; return the rates, including that of the index."""
    total = sum(len(entry.languages) for entry in store.current().catalog.columns.values())
    begun, cpu = time.perf_counter(), _processor_time()
    with Progress("building", total, "documents") as progress:
        store.rebuild_index(progress.say)
    seconds = time.perf_counter() - begun
    return replace(rates, documents=total, index_seconds=seconds, index_cpu=_processor_time() - cpu)


def _processor_time() -> float:
    """Return the processor seconds of this process and of the ended processes that it started."""
    return sum(os.times()[:4])


@cache
def _app(folder: Path, data: Path) -> Flask:
    return open_app(folder, data, store=QuickLibrary(folder.absolute(), data.absolute()))


def _read(folder: Path, data: Path, marked: tuple[bool, Step]) -> tuple[int, float]:
    """Write some records to log and snapshot; the number of each is that of its change.

    Returns their number, and the processor seconds if this step is timed.
    """
    app, (is_timed, step) = _app(folder, data), marked
    store: QuickLibrary = app.extensions["store"]
    store.is_timed = is_timed
    begun = time.process_time()
    texts = {(number, kind, name): store.content.texts(kind, name)[0] for number, kind, name in step}
    revisions: list[dict[str, object]] = []
    bundles: list[Bundle] = []
    for (number, kind, name), parts in texts.items():
        bundle, _ = read_bundle(store.kinds[kind].shape, name, parts)
        if bundle is None:
            message = f"{kind}/{name} cannot be read"
            raise ValueError(message)
        bundles.append(bundle)
        revisions += _revisions(number, kind, name, parts)
    with app.app_context():
        numbers = [number for number, _, _ in texts]
        if set(db.session.scalars(select(Change.number).where(Change.number.in_(numbers)))) != set(numbers):
            _log(store, numbers, revisions)
    store.derive(bundles)
    return len(step), time.process_time() - begun if is_timed else 0.0


def _log(store: ContentStore, numbers: Sequence[int], revisions: Sequence[dict[str, object]]) -> None:
    """Append the first revisions of some records, and note that this machine has seen their files."""
    note = "first found in the content folder"
    begin_write(db.session)
    db.session.execute(
        insert(Change),
        [{"number": number, "kind": ChangeKind.FILE, "at": _NOW, "note": note} for number in numbers],
    )
    db.session.execute(insert(Revision), revisions)
    db.session.commit()
    with closing(sqlite3.connect(store.applied.path, timeout=60)) as applied:
        applied.executemany("INSERT OR REPLACE INTO applied VALUES (?, ?, ?, 1, ?, NULL)", _markers(revisions))
        applied.commit()


def _revisions(number: int, kind: str, name: str, parts: dict[str, str]) -> Iterator[dict[str, object]]:
    for part, text in parts.items():
        yield {
            "change_number": number,
            "record": RecordFile(kind, name, part).record,
            "part": part,
            "number": 1,
            "parent": 0,
            "action": Action.PUT,
            "origin": ChangeOrigin.FILE,
            "fingerprint": hash_bytes(text.encode()),
            "text": text,
            "redacted": False,
        }


def _markers(revisions: Sequence[dict[str, object]]) -> Iterator[tuple[str, str, str, str]]:
    for each in revisions:
        kind, _, name = str(each["record"]).partition("/")
        yield kind, name, str(each["part"]), str(each["fingerprint"])
