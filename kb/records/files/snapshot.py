"""Cache of parsed records and derived data in one disposable SQLite file in `var/`, which can be rebuilt.

Readers are served from rows. So a page costs one row instead of parsing, and a plain text needs no Markdown conversion.
`position` counts the commits. Another process compares it to detect changes, then asks which records changed.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from kb import fault_points
from kb.disk import make_private
from kb.records.attachments import Attached
from kb.records.files.disposable_sqlite import DisposableSqlite
from kb.records.record import Bundle, Shape, Translation, TranslationFacts
from kb.records.segments import Section

Key = tuple[str, str]

# Raise it when the format of rows changes, or the way that columns or plain texts are derived.
VERSION = 5

# Rows that are read by the thousand are separate from large rows, which are read one by one. Large rows use row ids,
# because a tree with large keys is deep. `touched` also remembers removed records.
_TABLES = {
    "entry": """(kind TEXT NOT NULL, id TEXT NOT NULL, fingerprint TEXT NOT NULL, version TEXT NOT NULL,
        columns TEXT NOT NULL, PRIMARY KEY (kind, id))""",
    "bundle": "(kind TEXT NOT NULL, id TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (kind, id))",
    "translation": """(kind TEXT NOT NULL, id TEXT NOT NULL, language TEXT NOT NULL, data TEXT NOT NULL,
        PRIMARY KEY (kind, id, language))""",
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
    """Data derived from a record when it is written: its columns for lists, as JSON, and its plain text by language."""

    columns: str = ""
    bodies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class SnapshotRow:
    """A record with the data that lists need. `columns` is empty if it was not derived when the record was written."""

    key: Key
    fingerprint: str
    columns: str


@dataclass(frozen=True)
class Position:
    """The number of commits to a snapshot; `birth` distinguishes it from an earlier, deleted file.

    `is_whole` is true if the snapshot holds all records of the log. Otherwise it holds only those written since the
    file was lost.
    """

    birth: str
    number: int
    is_whole: bool = False


@cache
def _schema(model: type[BaseModel]) -> str:
    """Return the JSON schema of a model, cached: it takes some milliseconds, and models do not change at run time."""
    return json.dumps(model.model_json_schema(), sort_keys=True)


class Snapshot(DisposableSqlite):
    """Cache of bundles by kind and id. Thread-safe: each thread has its own connection.

    `form` identifies how columns are derived; rows with columns of another form are not read.
    """

    def __init__(self, path: Path, shapes: Mapping[str, Shape], form: str = "") -> None:
        super().__init__(path)
        self.shapes = shapes
        # Rows of another schema are not read; a changed model changes this version automatically.
        schema = "\n".join([form, *(_schema(shapes[name].model) for name in sorted(shapes))])
        self.version = f"{VERSION}:{hashlib.sha256(schema.encode()).hexdigest()[:16]}"

    def _prepared(self) -> sqlite3.Connection:
        make_private(self.path)
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        # A lost commit is rebuilt from the log, so waiting for the disk would protect nothing.
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA secure_delete=ON")
        if not _is_current(connection):
            with _writing(connection):
                if not _is_current(connection):  # another process may have been first
                    _make_tables(connection)
        return connection

    def position(self) -> Position:
        """Return the position, which changes with every change of the snapshot."""
        birth, number, is_whole = self._read("SELECT birth, number, is_whole FROM position")[0]
        return Position(birth, number, bool(is_whole))

    def complete(self) -> None:
        """Mark the snapshot as holding all records of the log. Call it under the write lock."""
        if not self.position().is_whole:
            self._connection().execute("UPDATE position SET is_whole = 1, number = number + 1")

    def changed_since(self, position: Position) -> set[Key] | None:
        """Return the keys of records written or removed since; `None` if this is unknown and all must be read."""
        if position.birth != self.position().birth:
            return None
        query = "SELECT kind, id FROM touched WHERE number > ?"
        return {(kind, record_id) for kind, record_id in self._read(query, (position.number,))}

    def fingerprints(self) -> dict[Key, str]:
        """Return the fingerprint of every record; it is empty for a row that another version of the program wrote."""
        rows = self._read("SELECT kind, id, fingerprint, version FROM entry")
        return {
            (kind, record_id): mark if version == self.version else ""
            for kind, record_id, mark, version in rows
            if kind in self.shapes
        }

    def rows(self) -> Iterator[SnapshotRow]:
        """Yield every record with the data that lists need."""
        query = "SELECT kind, id, fingerprint, columns FROM entry WHERE version = ?"
        for kind, record_id, mark, columns in self._read(query, (self.version,)):
            if kind in self.shapes:
                yield SnapshotRow((kind, record_id), mark, columns)

    def row(self, kind: str, record_id: str) -> SnapshotRow | None:
        """Return one record with the data that lists need, or `None`."""
        query = "SELECT fingerprint, columns FROM entry WHERE kind = ? AND id = ? AND version = ?"
        found = self._read(query, (kind, record_id, self.version))
        return SnapshotRow((kind, record_id), *found[0]) if found and kind in self.shapes else None

    def update(
        self,
        bundles: Iterable[Bundle],
        removed: Iterable[Key] = (),
        derived: Mapping[Key, Derived] | None = None,
    ) -> None:
        """Write records with their derived data and remove others, in one transaction."""
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
        translated = [
            (kind, record_id, language, json.dumps(_to_translation_row(translation), ensure_ascii=False))
            for language, translation in bundle.translations.items()
        ]
        connection.executemany("INSERT INTO translation VALUES (?, ?, ?, ?)", translated)
        bodies = [(kind, record_id, language, text) for language, text in derived.bodies.items()]
        connection.executemany("INSERT INTO body VALUES (?, ?, ?, ?)", bodies)

    def find(self, kind: str, record_id: str) -> Bundle[Any] | None:
        """Return a record with its translations, or `None`."""
        # One query, so that source and translations are of the same commit.
        query = """SELECT '', fingerprint, data FROM entry JOIN bundle USING (kind, id)
            WHERE kind = ? AND id = ? AND version = ?
            UNION ALL SELECT language, '', data FROM translation WHERE kind = ? AND id = ?"""
        rows = self._read(query, (kind, record_id, self.version, kind, record_id))
        own = next(((str(mark), str(data)) for language, mark, data in rows if not language), None)
        texts = {str(language): str(data) for language, _mark, data in rows if language}
        return self._bundle(kind, *own, texts) if own is not None else None

    def bundles(self) -> Iterator[Bundle[Any]]:
        """Yield every record; read them one by one, because all of them would fill the memory."""
        query = "SELECT kind, id FROM entry WHERE version = ? ORDER BY kind, id"
        for kind, record_id in self._read(query, (self.version,)):
            if kind in self.shapes and (bundle := self.find(kind, record_id)) is not None:
                yield bundle

    def rows_like(self, rows: str, words: Iterable[str], most: int) -> Iterator[tuple[str, str, str]]:
        """Yield kind, id and JSON of each row in a list of facts that contains all words; lower case equals upper."""
        likes = ["%" + re.sub(r"([%_\\])", r"\\\1", word) + "%" for word in words]
        query = """SELECT kind, bundle.id, row.value FROM bundle, json_each(bundle.data, ?) AS row WHERE """
        query += " AND ".join([r"row.value LIKE ? ESCAPE '\'"] * len(likes)) + " ORDER BY kind DESC, bundle.id LIMIT ?"
        yield from self._read(query, (f"$.record.{rows}", *likes, most))

    def body(self, kind: str, record_id: str, language: str) -> str:
        """Return the plain text of a record in a language, as it is indexed; empty if there is none."""
        query = "SELECT text FROM body WHERE kind = ? AND id = ? AND language = ?"
        rows = self._read(query, (kind, record_id, language))
        return str(rows[0][0]) if rows else ""

    def bodies(self, kind: str, record_id: str) -> dict[str, str]:
        """Return the plain texts of a record by language."""
        query = "SELECT language, text FROM body WHERE kind = ? AND id = ?"
        return dict(self._read(query, (kind, record_id)))

    def _bundle(self, kind: str, mark: str, data: str, texts: Mapping[str, str]) -> Bundle[Any]:
        row = json.loads(data)
        shape = self.shapes[kind]
        translations = _StoredTranslations(texts)
        sections = tuple(Section(**section) for section in row["sections"])
        attached = {name: Attached(*said) for name, said in row["attached"].items()}
        return Bundle(shape, shape.model.model_validate(row["record"]), sections, translations, mark, attached)


class _StoredTranslations(Mapping[str, Translation]):
    """The translations of a record by language, each parsed when it is asked for.

    A page needs one of them, and those of a country take 20 ms to parse.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._parsed: dict[str, Translation] = {}

    def __getitem__(self, language: str) -> Translation:
        if language not in self._parsed:
            row = json.loads(self._texts[language])
            sections = tuple(Section(**section) for section in row["sections"])
            self._parsed[language] = Translation(TranslationFacts.model_validate(row["facts"]), sections)
        return self._parsed[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


@contextmanager
def _writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Run a transaction; roll it back on any exception."""
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
    """Create empty tables. Data of another version is rebuilt from the log, like a lost snapshot."""
    for name in (*_EARLIER, *_TABLES):
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    for name, columns in _TABLES.items():
        connection.execute(f"CREATE TABLE {name} {columns}")
    # A query for fingerprints reads only the first index: a tenth of the pages.
    connection.execute("CREATE INDEX entry_mark ON entry (kind, id, fingerprint, version)")
    connection.execute("CREATE INDEX touched_number ON touched (number)")
    connection.execute("INSERT INTO position VALUES (1, ?, 0, 0)", (secrets.token_hex(8),))
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _delete(connection: sqlite3.Connection, key: Key) -> None:
    """Delete the rows of a record and note the number of this commit in `touched`."""
    for name in ("entry", "bundle", "translation", "body"):
        connection.execute(f"DELETE FROM {name} WHERE kind = ? AND id = ?", key)  # noqa: S608 - our own names
    connection.execute("INSERT OR REPLACE INTO touched SELECT ?, ?, number FROM position", key)


def _to_row(bundle: Bundle) -> dict[str, Any]:
    return {
        "record": bundle.record.model_dump(mode="json", exclude_none=True),
        "sections": [dict(vars(section)) for section in bundle.sections],
        "attached": {name: [each.fingerprint, each.width, each.height] for name, each in bundle.attached.items()},
    }


def _to_translation_row(translation: Translation) -> dict[str, Any]:
    return {
        "facts": translation.facts.model_dump(mode="json", exclude_none=True),
        "sections": [dict(vars(section)) for section in translation.sections],
    }
