"""From a content folder to a whole house: log, snapshot and index as after the first start, made by several processes.

`load` does what `kb serve` does when it first sees the files, without its checks and in steps of many records; `kb`
works on the result: `KB_CONTENT=FOLDER KB_DATA=DATA kb serve`. What is there already is not made again.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path

from flask import Flask
from sqlalchemy import insert, select

from benchmarks.progress import Progress
from kb.app import create_app
from kb.config import Settings
from kb.content.bundle import hash_bytes, read_bundle
from kb.content.files import Place
from kb.content.record import Bundle
from kb.db import begin_write
from kb.extensions import db
from kb.history.model import Action, Change, ChangeKind, Origin, Revision
from kb.library.library import Library
from kb.migrating import upgrade

STEP = 50  # records that are written in one transaction
MADE = "load.json"  # in the data folder: how long it took
_NOW = datetime(2026, 11, 25, tzinfo=UTC)


@dataclass(frozen=True)
class Rates:
    """How fast a folder was read, and its index built; `cpu` are seconds of all processors."""

    records: int
    documents: int
    read_seconds: float
    index_seconds: float
    index_cpu: float

    @property
    def index_rate(self) -> float:
        """Documents of the index per second."""
        return self.documents / self.index_seconds

    @property
    def index_rate_per_core(self) -> float:
        """Documents of the index per second of a processor."""
        return self.documents / self.index_cpu


def settings_of(folder: Path, data: Path) -> Settings:
    """Return the settings of a house whose content and data are in these folders."""
    return Settings(content=folder.absolute(), data=data.absolute())


def open_app(folder: Path, data: Path, *, follow: bool = False) -> Flask:
    """Return the application of a house, its database ready."""
    app = create_app(settings_of(folder, data), follow=follow)
    upgrade(app)
    app.extensions["library"].applied.reached()  # makes its table
    return app


def load(folder: Path, data: Path, *, processes: int = 2, rebuild: bool = False) -> tuple[Library, Rates]:
    """Return the library of a folder, with everything made that is missing, saying how far it is."""
    app = open_app(folder, data)
    library: Library = app.extensions["library"]
    wanted = list(library.content.records())
    present = {each.key for each in library.current().catalog.columns.values()}
    missing = [each for each in wanted if each not in present]
    if missing:
        shutil.rmtree(library.index_folder, ignore_errors=True)  # or each step would be put into it
    read_seconds = _timed_reading(folder, data, wanted, missing, processes) if missing else 0.0
    library.refresh()
    if missing or rebuild or not library.engine.is_ready or not (data / MADE).exists():
        documents, seconds, cpu = _timed_build(library)
        made = Rates(len(wanted), documents, read_seconds or _before(data).read_seconds, seconds, cpu)
        (data / MADE).write_text(json.dumps(asdict(made)), encoding="utf-8")
    return library, _before(data)


def _before(data: Path) -> Rates:
    """Return how long it took when it was made."""
    if not (data / MADE).exists():
        return Rates(0, 0, 0.0, 0.0, 0.0)
    return Rates(**json.loads((data / MADE).read_text(encoding="utf-8")))


def _timed_reading(
    folder: Path, data: Path, wanted: Sequence[tuple[str, str]], missing: Sequence[tuple[str, str]], processes: int
) -> float:
    numbers = {key: number for number, key in enumerate(wanted, 1)}
    steps = [[(numbers[key], *key) for key in missing[start : start + STEP]] for start in range(0, len(missing), STEP)]
    begun, done = time.perf_counter(), 0
    with Progress("reading", len(missing)) as progress, multiprocessing.get_context("spawn").Pool(processes) as pool:
        for count in pool.imap_unordered(partial(_read, folder, data), steps):
            done += count
            progress.say(done)
    with closing(sqlite3.connect(data / "applied.sqlite")) as applied:
        applied.execute("UPDATE reached SET number = ?", (len(wanted),))
        applied.commit()
    return time.perf_counter() - begun


def _timed_build(library: Library) -> tuple[int, float, float]:
    total = sum(len(entry.languages) for entry in library.current().catalog.columns.values())
    begun, cpu = time.perf_counter(), _cpu()
    with Progress("building", total, "documents") as progress:
        library.rebuild_index(progress.say)
    return total, time.perf_counter() - begun, _cpu() - cpu


def _cpu() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@cache
def _app(folder: Path, data: Path) -> Flask:
    return open_app(folder, data)


def _read(folder: Path, data: Path, step: Sequence[tuple[int, str, str]]) -> int:
    """Put some records into log and snapshot; the number of each is that of its change."""
    app = _app(folder, data)
    library: Library = app.extensions["library"]
    texts = {(number, kind, name): library.content.texts(kind, name)[0] for number, kind, name in step}
    revisions: list[dict[str, object]] = []
    bundles: list[Bundle] = []
    for (number, kind, name), parts in texts.items():
        bundle, _ = read_bundle(library.kinds[kind].shape, name, parts)
        if bundle is None:
            message = f"{kind}/{name} cannot be read"
            raise ValueError(message)
        bundles.append(bundle)
        revisions += _revisions(number, kind, name, parts)
    with app.app_context():
        numbers = [number for number, _, _ in texts]
        if set(db.session.scalars(select(Change.number).where(Change.number.in_(numbers)))) != set(numbers):
            _log(library, numbers, revisions)
    library.derive(bundles)
    return len(step)


def _log(library: Library, numbers: Sequence[int], revisions: Sequence[dict[str, object]]) -> None:
    """Append the first revisions of some records, and note that this machine has seen their files."""
    note = "first seen in the content folder"
    begin_write(db.session)
    db.session.execute(
        insert(Change),
        [{"number": number, "kind": ChangeKind.FILE, "at": _NOW, "note": note} for number in numbers],
    )
    db.session.execute(insert(Revision), revisions)
    db.session.commit()
    with closing(sqlite3.connect(library.applied.path, timeout=60)) as applied:
        applied.executemany("INSERT OR REPLACE INTO applied VALUES (?, ?, ?, 1, ?, NULL)", _markers(revisions))
        applied.commit()


def _revisions(number: int, kind: str, name: str, parts: dict[str, str]) -> Iterator[dict[str, object]]:
    for part, text in parts.items():
        yield {
            "change_number": number,
            "record": Place(kind, name, part).record,
            "part": part,
            "number": 1,
            "parent": 0,
            "action": Action.PUT,
            "origin": Origin.FILE,
            "fingerprint": hash_bytes(text.encode()),
            "text": text,
            "redacted": False,
        }


def _markers(revisions: Sequence[dict[str, object]]) -> Iterator[tuple[str, str, str, str]]:
    for each in revisions:
        kind, _, name = str(each["record"]).partition("/")
        yield kind, name, str(each["part"]), str(each["fingerprint"])
