"""The site that the tests of a process share: what a test left behind is put back, or the site is made anew.

A site takes a fifth of a second to make, most tests less than that. So a test gets the site of the one before it. Rows
of the database are put back to those of the sample, so are settings and the clock; where a file or the index differs,
all are copied again. Whatever else differs (a route, an extension) costs the application, which takes longest, as it
loads its templates and compiles its queries anew. No test has to say which of these it needs.
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

# What an application notes by itself while it answers; it is derived from a generation, whose stamp it carries.
_NOTED = ("tally", "kept")
_segments: dict[str, IndexSegment] = {}
_HOOKS = ("before_request_funcs", "after_request_funcs", "teardown_request_funcs", "url_value_preprocessors")


def settings_of(folder: Path, **changes: Any) -> Settings:
    """Return the settings of a site whose content and data are in a folder."""
    values = {"content": folder / "content", "data": folder / "var", "secret_key": "k" * 40, **changes}
    return Settings.model_validate(values)


@cache
def make_ready() -> None:
    """Save time in this process: look for garbage less often, and compile routes once.

    What builds the addresses of routes is the same in all applications, and half of their start.
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
    """Return a file of SQLite as the migrations make it, without rows: they take longer than most tests."""
    with TemporaryDirectory() as folder:
        app = create_app(Settings(content=ROOT / "content", data=Path(folder), database=""))
        upgrade(app)
        with app.app_context():
            db.engine.dispose()
        return (Path(folder) / "kb.sqlite").read_bytes()


def use_catalogues(app: Flask, *folders: str) -> None:
    """Translate with the catalogues in these folders; with none, pages say what stands in the code."""
    app.extensions["babel"].translation_directories = list(folders)
    with app.app_context():
        babel.domain_instance.cache.clear()  # it is kept for the whole process


class SampleSite:
    """A site with the sample records, in a folder of its own; the application has no follower, the day is `NOW`."""

    def __init__(
        self, sample: Path, folder: Path, knowledge: ReferenceData, templates: FileSystemBytecodeCache
    ) -> None:
        """`sample` is a folder with content and data, which is copied to `folder`."""
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
        """Open what reads the copy of the sample."""
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
        """Put back rows, files and settings, and say whether everything else is as it was when the site was made."""
        self.app.extensions["counting"].wait()
        with suppress(OSError, sqlite3.OperationalError):  # a connection that a test left open holds a lock
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
        """Let everything go; the folder stays."""
        self.app.extensions["counting"].wait()
        with self.app.app_context():
            db.engine.dispose()
        self._close_files()

    def _close_files(self) -> None:
        self.store.close()
        self._database.close()
        self._rows.close()

    def _data_version(self) -> int:
        """Return what differs after every commit of another connection."""
        version: int = self._database.execute("PRAGMA data_version").fetchone()[0]
        return version

    def _forget(self) -> None:
        """Put settings and clock back, and let go of what the application keeps in memory of rows and pages."""
        with self.app.app_context():
            db.engine.dispose()  # a connection may have been told to wait for nobody
        self.app.config.clear()
        self.app.config.update(self._config)
        self.app.extensions["clock"] = self._extensions["clock"]
        self.app.extensions["kept"] = PageCache()
        self.app.extensions.pop("tally", None)
        self.app.extensions["public workshops"]._state = None
        self.app._got_first_request = False  # the next test may add a route

    def _has_its_extensions(self) -> bool:
        now = {name: each for name, each in self.app.extensions.items() if name not in _NOTED}
        before = {name: each for name, each in self._extensions.items() if name not in _NOTED}
        return now.keys() == before.keys() and all(each is before[name] for name, each in now.items())

    def _state(self) -> tuple[object, ...]:
        """Return what tells whether anything but rows has changed in the folder, or in what reads it."""
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
        """Return what tells whether a test has changed how the application works."""
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
        """Return how many listen to the database."""
        with self.app.app_context():
            database = db.engine
        found = (database.pool.dispatch.connect, database.dispatch.before_cursor_execute, database.dispatch.begin)
        return [len(tuple(each)) for each in found]


@contextmanager
def _segments_kept() -> Iterator[None]:
    """Read each segment of the sample once in this process: none ever changes, so that sites may share it."""
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
    """Return size and time of every file but those of databases, which are looked at otherwise or put back."""
    found = dict[str, tuple[int, int]]()
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            found |= _files(entry.path)
        elif ".sqlite" not in entry.name:
            stat = entry.stat()
            found[entry.path] = stat.st_size, stat.st_mtime_ns
    return found
