"""The site that all tests of a process share, restored or rebuilt between tests.

Building a site takes a fifth of a second; most tests take less. So each test reuses the site of the previous test.
Database rows, settings and the clock are reset to those of the sample. If a file or the index differs, all files are
copied again. Any other difference, such as a route or an extension, requires a new application. That is the slowest
step, because it loads templates and compiles queries again. No test has to say which of these it needs.
"""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule

from kb.app import create_app
from kb.config import Settings
from kb.content_store.reference_data import ReferenceData
from kb.content_store.store import ContentStore
from kb.extensions import babel, db
from kb.migrations import upgrade
from kb.search import engine
from kb.search.index.segment import IndexSegment
from kb.search.index.whoosh_index import SegmentFiles
from kb.web.http.page_cache import PageCache
from tests.house import NOW, ROOT

# Extensions that the application changes while it answers; they are derived from a generation and carry its stamp.
_NOTED = ("tally", "kept", "recent", "transposed")
_segments: dict[str, IndexSegment] = {}
_HOOKS = ("before_request_funcs", "after_request_funcs", "teardown_request_funcs", "url_value_preprocessors")


def settings_of(folder: Path, **changes: Any) -> Settings:
    """Return the settings of a site whose content and data are in a folder."""
    values = {"content": folder / "content", "data": folder / "var", "secret_key": "k" * 40, **changes}
    return Settings.model_validate(values)


@cache
def make_ready() -> None:
    """Speed up this process: collect garbage less often, and compile the URL builders of routes once.

    These builders are the same in all applications, and compiling them takes half of an application's start.
    """
    gc.set_threshold(100_000, 20, 50)
    compile_builder, known = Rule._compile_builder, dict[object, Any]()

    def once(rule: Rule, append_unknown: bool = True) -> Any:
        key = tuple(rule._trace), tuple(sorted((rule.defaults or {}).items())), append_unknown
        if key not in known:
            known[key] = compile_builder(rule, append_unknown)
        return known[key]

    Rule._compile_builder = once  # type: ignore[assignment,method-assign]


@cache
def migrated_database() -> bytes:
    """Return a migrated SQLite file without rows; cached, because migrations take longer than most tests."""
    with TemporaryDirectory() as folder:
        app = create_app(Settings(content=ROOT / "content", data=Path(folder), database=""))
        upgrade(app)
        with app.app_context():
            db.engine.dispose()
        return (Path(folder) / "kb.sqlite").read_bytes()


def use_catalogues(app: Flask, *folders: str) -> None:
    """Translate with the catalogues in these folders; without folders, pages show the messages of the code."""
    app.extensions["babel"].translation_directories = list(folders)
    with app.app_context():
        babel.domain_instance.cache.clear()  # the cache belongs to the whole process


class SampleSite:
    """A site with the sample records in its own folder, without a follower, with the clock at `NOW`."""

    def __init__(
        self, sample: Path, folder: Path, knowledge: ReferenceData, templates: FileSystemBytecodeCache
    ) -> None:
        """Copy `sample`, a folder with content and data, to `folder`, and create the application."""
        self._sample, self._folder, self._knowledge = sample, folder, knowledge
        self._copy()
        self.settings = settings_of(folder)
        self._open()
        self.app = create_app(self.settings, follow=False, store=self.store, now=lambda: NOW)
        self.app.testing = True
        self.app.jinja_env.bytecode_cache = templates
        self._config, self._extensions = dict(self.app.config), dict(self.app.extensions)
        self._made = self._state_of_app()

    def _copy(self) -> None:
        shutil.copytree(self._sample, self._folder, symlinks=True)

    def _open(self) -> None:
        """Open the content store and the database in the copy of the sample."""
        with _segments_kept():
            self.store = ContentStore(self.settings.content, self.settings.data, knowledge=self._knowledge)
        self.store.refresh()
        self._rows = sqlite3.connect(":memory:")
        self._database = sqlite3.connect(self.settings.data / "kb.sqlite", timeout=5, isolation_level=None)
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.backup(self._rows)
        self._version = self._data_version()
        self._opened = self._state()

    def is_as_made(self) -> bool:
        """Restore rows, files and settings, and return whether everything else is unchanged."""
        self.app.extensions["counting"].wait()
        with suppress(OSError, sqlite3.OperationalError):  # a connection left open by a test holds a lock
            if self._data_version() != self._version:
                self._rows.backup(self._database)
                self._version = self._data_version()
            self._forget()
            if self._state_of_app() != self._made or not self._has_its_extensions():
                return False
            if self._state() != self._opened:
                self._close_files()
                shutil.rmtree(self._folder)
                self._copy()
                self._open()
                self.app.extensions["store"] = self._extensions["store"] = self.store
            return True
        return False

    def close(self) -> None:
        """Release all resources; the folder stays."""
        self.app.extensions["counting"].wait()
        with self.app.app_context():
            db.engine.dispose()
        self._close_files()

    def _close_files(self) -> None:
        self.store.close()
        self._database.close()
        self._rows.close()

    def _data_version(self) -> int:
        """Return SQLite's `data_version`, which changes with every commit of another connection."""
        version: int = self._database.execute("PRAGMA data_version").fetchone()[0]
        return version

    def _forget(self) -> None:
        """Reset settings and clock, and clear the application's in-memory caches of rows and pages."""
        with self.app.app_context():
            db.engine.dispose()  # a connection may have been set not to wait for locks
        self.app.config.clear()
        self.app.config.update(self._config)
        self.app.extensions["clock"] = self._extensions["clock"]
        self.app.extensions["kept"] = PageCache()
        self.app.extensions.pop("tally", None)
        self.app.extensions["public workshops"]._state = None
        self.app._got_first_request = False  # allows the next test to add a route

    def _has_its_extensions(self) -> bool:
        now = {name: each for name, each in self.app.extensions.items() if name not in _NOTED}
        before = {name: each for name, each in self._extensions.items() if name not in _NOTED}
        return now.keys() == before.keys() and all(each is before[name] for name, each in now.items())

    def _state(self) -> tuple[object, ...]:
        """Return a fingerprint of everything but rows in the folder, and of the store."""
        store = self.store
        return (
            _files(self.settings.content),
            _files(self.settings.data),
            store.snapshot.position(),
            store.engine.stamp,
            store.current().stamp,
            store.applied.reached(),
            store.applied.all(),
            store.step,
            store.problems.all(),
        )

    def _state_of_app(self) -> tuple[object, ...]:
        """Return a fingerprint of the application's structure: globals, routes, hooks, database listeners."""
        app = self.app
        return (
            app.wsgi_app,
            sorted(app.jinja_env.globals),
            sum(1 for _rule in app.url_map.iter_rules()),
            [{name: len(each) for name, each in getattr(app, hooks).items()} for hooks in _HOOKS],
            len(app.teardown_appcontext_funcs),
            self._listeners(),
        )

    def _listeners(self) -> list[int]:
        """Return the number of database listeners per event."""
        with self.app.app_context():
            database = db.engine
        found = (database.pool.dispatch.connect, database.dispatch.before_cursor_execute, database.dispatch.begin)
        return [len(tuple(each)) for each in found]


@contextmanager
def _segments_kept() -> Iterator[None]:
    """Read each index segment of the sample once per process; segments never change, so sites can share them."""
    read = engine._segment

    def once(build: Path, files: SegmentFiles) -> IndexSegment:
        if files.id not in _segments:
            _segments[files.id] = read(build, files)
        return _segments[files.id]

    engine._segment = once
    try:
        yield
    finally:
        engine._segment = read


def _files(folder: str | Path) -> Mapping[str, tuple[int, int]]:
    """Return size and modification time of every file except databases, which are checked or restored separately."""
    found = dict[str, tuple[int, int]]()
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            found |= _files(entry.path)
        elif ".sqlite" not in entry.name:
            stat = entry.stat()
            found[entry.path] = stat.st_size, stat.st_mtime_ns
    return found
