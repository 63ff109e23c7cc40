"""Parsed records and what was made of them, as rows of one SQLite file in `var/`; it can be thrown away and made again.

A row is what readers are given, so that a page costs one row and not one parsing, and a plain text costs no Markdown.
`position` counts the commits: another process sees by it that something changed, and asks what.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from kb import fault_points
from kb.disk import make_private
from kb.records.attachments import Attached
from kb.records.files.disposable_sqlite import ThrowawayFile
from kb.records.record import Bundle, Shape, Translation, TranslationFacts
from kb.records.segments import Section

Key = tuple[str, str]

# Raise it when the form of a row changes, or when columns or plain texts are made in another way.
VERSION = 4

# Rows that are read by the thousand are kept apart from the large ones, which are read one by one; large rows are found
# by their number, as a tree with large keys is deep. `touched` also remembers what was taken out.
_TABLES = {
    "entry": """(kind TEXT NOT NULL, id TEXT NOT NULL, fingerprint TEXT NOT NULL, version TEXT NOT NULL,
        columns TEXT NOT NULL, PRIMARY KEY (kind, id))""",
    "bundle": "(kind TEXT NOT NULL, id TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (kind, id))",
    "body": """(kind TEXT NOT NULL, id TEXT NOT NULL, language TEXT NOT NULL, text TEXT NOT NULL,
        PRIMARY KEY (kind, id, language))""",
    "touched": """(kind TEXT NOT NULL, id TEXT NOT NULL, number INTEGER NOT NULL,
        PRIMARY KEY (kind, id)) WITHOUT ROWID""",
    "position": """(only INTEGER PRIMARY KEY CHECK (only = 1), birth TEXT NOT NULL, number INTEGER NOT NULL,
        is_whole INTEGER NOT NULL DEFAULT 0)""",
}
_EARLIER = ("record", "stamp")  # tables of version 1


@dataclass(frozen=True)
class Derived:
    """What is made of a record when it is written: its columns for lists, as JSON, and its plain text by language."""

    columns: str = ""
    bodies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SnapshotRow:
    """A record as lists need it. `columns` are empty where nobody made them when it was written."""

    key: Key
    fingerprint: str
    columns: str


@dataclass(frozen=True)
class Position:
    """How many commits a snapshot has seen; `birth` tells it from one that was thrown away.

    `is_whole` says that it holds all records of the log, and not those alone that were written since it was lost.
    """

    birth: str
    number: int
    is_whole: bool = False


@cache
def _schema(model: type[BaseModel]) -> str:
    """Return the JSON schema of a model: it takes some milliseconds, and models do not change while a process runs."""
    return json.dumps(model.model_json_schema(), sort_keys=True)


class Snapshot(ThrowawayFile):
    """Bundles by kind and id. Safe for threads: each has a connection of its own.

    `form` names what columns are made of; rows whose columns have another form are not read.
    """

    def __init__(self, path: Path, shapes: Mapping[str, Shape], form: str = "") -> None:
        super().__init__(path)
        self.shapes = shapes
        # Rows of another schema are not read: a changed model changes this by itself.
        schema = "\n".join([form, *(_schema(shapes[name].model) for name in sorted(shapes))])
        self.version = f"{VERSION}:{hashlib.sha256(schema.encode()).hexdigest()[:16]}"

    def _prepared(self) -> sqlite3.Connection:
        make_private(self.path)
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        # A lost commit is made again from the log, so waiting for the disk here would protect nothing.
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA secure_delete=ON")
        if not _is_current(connection):
            with _writing(connection):
                if not _is_current(connection):  # another process may have been first
                    _make_tables(connection)
        return connection

    def position(self) -> Position:
        """Return what differs after every change of the snapshot."""
        birth, number, is_whole = self._read("SELECT birth, number, is_whole FROM position")[0]
        return Position(birth, number, bool(is_whole))

    def complete(self) -> None:
        """Note that all records of the log are in; called under the write lock."""
        if not self.position().is_whole:
            self._connection().execute("UPDATE position SET is_whole = 1, number = number + 1")

    def changed_since(self, position: Position) -> set[Key] | None:
        """Return the records written or taken out since; `None` if that is not known and all have to be read."""
        if position.birth != self.position().birth:
            return None
        query = "SELECT kind, id FROM touched WHERE number > ?"
        return {(kind, record_id) for kind, record_id in self._read(query, (position.number,))}

    def fingerprints(self) -> dict[Key, str]:
        """Return the fingerprint of every record, empty for one that another version of the program wrote."""
        rows = self._read("SELECT kind, id, fingerprint, version FROM entry")
        return {
            (kind, record_id): mark if version == self.version else ""
            for kind, record_id, mark, version in rows
            if kind in self.shapes
        }

    def rows(self) -> Iterator[SnapshotRow]:
        """Yield every record as lists need it."""
        query = "SELECT kind, id, fingerprint, columns FROM entry WHERE version = ?"
        for kind, record_id, mark, columns in self._read(query, (self.version,)):
            if kind in self.shapes:
                yield SnapshotRow((kind, record_id), mark, columns)

    def row(self, kind: str, record_id: str) -> SnapshotRow | None:
        """Return one record as lists need it, or `None`."""
        query = "SELECT fingerprint, columns FROM entry WHERE kind = ? AND id = ? AND version = ?"
        found = self._read(query, (kind, record_id, self.version))
        return SnapshotRow((kind, record_id), *found[0]) if found and kind in self.shapes else None

    def update(
        self,
        bundles: Iterable[Bundle],
        removed: Iterable[Key] = (),
        derived: Mapping[Key, Derived] | None = None,
    ) -> None:
        """Write records with what was made of them and take others out, all at once."""
        fault_points.point("snapshot-before-write")
        connection = self._connection()
        with _writing(connection):
            connection.execute("UPDATE position SET number = number + 1")
            for bundle in bundles:
                self._write(connection, bundle, (derived or {}).get(bundle.key, Derived()))
            for key in removed:
                _delete(connection, key)
            fault_points.point("snapshot-before-commit")
        fault_points.point("snapshot-after-commit")

    def _write(self, connection: sqlite3.Connection, bundle: Bundle, derived: Derived) -> None:
        kind, record_id = bundle.key
        data = json.dumps(_to_row(bundle), ensure_ascii=False)
        _delete(connection, bundle.key)
        connection.execute(
            "INSERT INTO entry VALUES (?, ?, ?, ?, ?)",
            (kind, record_id, bundle.fingerprint, self.version, derived.columns),
        )
        connection.execute("INSERT INTO bundle VALUES (?, ?, ?)", (kind, record_id, data))
        bodies = [(kind, record_id, language, text) for language, text in derived.bodies.items()]
        connection.executemany("INSERT INTO body VALUES (?, ?, ?, ?)", bodies)

    def find(self, kind: str, record_id: str) -> Bundle[Any] | None:
        """Return a record with its translations, or `None`."""
        query = """SELECT fingerprint, data FROM entry JOIN bundle USING (kind, id)
            WHERE kind = ? AND id = ? AND version = ?"""
        rows = self._read(query, (kind, record_id, self.version))
        return self._bundle(kind, *rows[0]) if rows else None

    def bundles(self) -> Iterator[Bundle[Any]]:
        """Yield every record, read one by one: all of them would fill the memory."""
        query = "SELECT kind, id FROM entry WHERE version = ? ORDER BY kind, id"
        for kind, record_id in self._read(query, (self.version,)):
            if kind in self.shapes and (bundle := self.find(kind, record_id)) is not None:
                yield bundle

    def body(self, kind: str, record_id: str, language: str) -> str:
        """Return the plain text that a record has in a language, as it is indexed; nothing if there is none."""
        query = "SELECT text FROM body WHERE kind = ? AND id = ? AND language = ?"
        rows = self._read(query, (kind, record_id, language))
        return str(rows[0][0]) if rows else ""

    def bodies(self, kind: str, record_id: str) -> dict[str, str]:
        """Return the plain texts of a record by language."""
        query = "SELECT language, text FROM body WHERE kind = ? AND id = ?"
        return dict(self._read(query, (kind, record_id)))

    def _bundle(self, kind: str, mark: str, data: str) -> Bundle[Any]:
        row = json.loads(data)
        shape = self.shapes[kind]
        translations = {
            language: Translation(
                TranslationFacts.model_validate(translation["facts"]),
                tuple(Section(**section) for section in translation["sections"]),
            )
            for language, translation in row["translations"].items()
        }
        sections = tuple(Section(**section) for section in row["sections"])
        attached = {name: Attached(*said) for name, said in row["attached"].items()}
        return Bundle(shape, shape.model.model_validate(row["record"]), sections, translations, mark, attached)


@contextmanager
def _writing(connection: sqlite3.Connection) -> Iterator[None]:
    """All or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _is_current(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("PRAGMA user_version").fetchone()[0] == VERSION)


def _make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables, empty: those of another version are made again from the log, as a lost snapshot is."""
    for name in (*_EARLIER, *_TABLES):
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    for name, columns in _TABLES.items():
        connection.execute(f"CREATE TABLE {name} {columns}")
    # The first is read alone where only fingerprints are asked for: a tenth of the pages.
    connection.execute("CREATE INDEX entry_mark ON entry (kind, id, fingerprint, version)")
    connection.execute("CREATE INDEX touched_number ON touched (number)")
    connection.execute("INSERT INTO position VALUES (1, ?, 0, 0)", (secrets.token_hex(8),))
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _delete(connection: sqlite3.Connection, key: Key) -> None:
    """Take a record out and note that it was touched, by the number of this commit."""
    for name in ("entry", "bundle", "body"):
        connection.execute(f"DELETE FROM {name} WHERE kind = ? AND id = ?", key)  # noqa: S608 - our own names
    connection.execute("INSERT OR REPLACE INTO touched SELECT ?, ?, number FROM position", key)


def _to_row(bundle: Bundle) -> dict[str, Any]:
    return {
        "record": bundle.record.model_dump(mode="json", exclude_none=True),
        "sections": [asdict(section) for section in bundle.sections],
        "translations": {
            language: {
                "facts": translation.facts.model_dump(mode="json", exclude_none=True),
                "sections": [asdict(section) for section in translation.sections],
            }
            for language, translation in bundle.translations.items()
        },
        "attached": {name: [each.fingerprint, each.width, each.height] for name, each in bundle.attached.items()},
    }
