"""Parsed records and their plain texts as rows of one SQLite file in `var/`; it can be thrown away and made again.

A row is what readers are given, so that a page costs one row and not one parsing. `stamp` counts the commits: another
process sees by it that something changed.
"""

from __future__ import annotations

import hashlib
import json
import logging
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kb import faults
from kb.content.record import Bundle, Shape, Translation, TranslationFacts
from kb.content.segments import Section

logger = logging.getLogger(__name__)

# Raise it when the form of a row changes.
VERSION = 1

_TABLES = """
CREATE TABLE IF NOT EXISTS record (
    kind TEXT NOT NULL, id TEXT NOT NULL, fingerprint TEXT NOT NULL, version TEXT NOT NULL, data TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stamp (only INTEGER PRIMARY KEY CHECK (only = 1), number INTEGER NOT NULL);
INSERT OR IGNORE INTO stamp VALUES (1, 0);
"""


class Snapshot:
    """Bundles by kind and id. Safe for threads: each has a connection of its own."""

    def __init__(self, path: Path, shapes: Mapping[str, Shape]) -> None:
        self.path = path
        self.shapes = shapes
        # Rows of another schema are not read: a changed model changes this by itself.
        schema = json.dumps([shapes[name].model.model_json_schema() for name in sorted(shapes)], sort_keys=True)
        self.version = f"{VERSION}:{hashlib.sha256(schema.encode()).hexdigest()[:16]}"
        self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._opened()
            self._local.connection = connection
        return connection

    def _opened(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return self._prepared()
        except sqlite3.OperationalError:
            raise  # busy, or no space: not a reason to throw anything away
        except sqlite3.DatabaseError:
            logger.exception("the snapshot is damaged and is made again")
            for path in self.path.parent.glob(f"{self.path.name}*"):
                path.unlink(missing_ok=True)
            return self._prepared()

    def _prepared(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        # A lost commit is made again from the log, so waiting for the disk here would protect nothing.
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA secure_delete=ON")
        connection.executescript(_TABLES)
        return connection

    def close(self) -> None:
        """Close this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def stamp(self) -> int:
        """Return a number that grows with every change of the snapshot."""
        return int(self._connection().execute("SELECT number FROM stamp").fetchone()[0])

    def fingerprints(self) -> dict[tuple[str, str], str]:
        """Return the fingerprint of every record, empty for one that another version of the program wrote."""
        rows = self._connection().execute("SELECT kind, id, fingerprint, version FROM record")
        return {
            (kind, record_id): mark if version == self.version else ""
            for kind, record_id, mark, version in rows
            if kind in self.shapes
        }

    def update(self, bundles: Iterable[Bundle], removed: Iterable[tuple[str, str]] = ()) -> None:
        """Write records and take others out, all at once."""
        faults.point("snapshot-before-write")
        connection = self._connection()
        connection.execute("BEGIN IMMEDIATE")
        try:
            for bundle in bundles:
                row = (*bundle.key, bundle.fingerprint, self.version, json.dumps(_to_row(bundle), ensure_ascii=False))
                connection.execute("INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?, ?)", row)
            for key in removed:
                connection.execute("DELETE FROM record WHERE kind = ? AND id = ?", key)
            connection.execute("UPDATE stamp SET number = number + 1")
            faults.point("snapshot-before-commit")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        faults.point("snapshot-after-commit")

    def find(self, kind: str, record_id: str) -> Bundle | None:
        """Return a record with its translations, or `None`."""
        query = "SELECT fingerprint, data FROM record WHERE kind = ? AND id = ? AND version = ?"
        row = self._connection().execute(query, (kind, record_id, self.version)).fetchone()
        return None if row is None else self._bundle(kind, *row)

    def bundles(self) -> Iterator[Bundle]:
        """Yield every record."""
        query = "SELECT kind, fingerprint, data FROM record WHERE version = ? ORDER BY kind, id"
        for kind, mark, data in self._connection().execute(query, (self.version,)).fetchall():
            if kind in self.shapes:
                yield self._bundle(kind, mark, data)

    def _bundle(self, kind: str, mark: str, data: str) -> Bundle:
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
        return Bundle(shape, shape.model.model_validate(row["record"]), sections, translations, mark)


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
    }
