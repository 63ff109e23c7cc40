"""What this machine last wrote to each file, in a SQLite file of its own that is never shared between machines.

`number` and `fingerprint` are of the revision last written or recorded; `applying` is the fingerprint that is being
written, set before the file is replaced and cleared after it. Take the file away and the machine counts as new.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from dataclasses import dataclass
from pathlib import Path

from kb.content.files import Place

_TABLE = """
CREATE TABLE IF NOT EXISTS applied (
    kind TEXT NOT NULL, id TEXT NOT NULL, part TEXT NOT NULL,
    number INTEGER NOT NULL, fingerprint TEXT NOT NULL, applying TEXT,
    PRIMARY KEY (kind, id, part)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reached (only INTEGER PRIMARY KEY CHECK (only = 1), number INTEGER NOT NULL);
INSERT OR IGNORE INTO reached VALUES (1, 0);
"""


logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Marker:
    """What was last applied to a file; `number` 0 and no fingerprint where a first write was begun."""

    number: int
    fingerprint: str
    applying: str | None = None


class Applied:
    """The table of markers; used under the write lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = self._opened()
            self._local.connection = connection
        return connection

    def _opened(self) -> sqlite3.Connection:
        """Open the file; one that is damaged is set aside, as files and log say together what it said."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return self._prepared()
        except sqlite3.OperationalError:
            raise  # busy, or no space
        except sqlite3.DatabaseError:
            logger.exception("%s is damaged, is set aside and made again", self.path)
            self.path.replace(self.path.with_name(f"{self.path.name}.damaged"))
            for name in ("-wal", "-shm"):
                self.path.with_name(self.path.name + name).unlink(missing_ok=True)
            return self._prepared()

    def _prepared(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")  # it says what the disk holds, so it must be on the disk
        connection.executescript(_TABLE)
        return connection

    def close(self) -> None:
        """Close this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    def all(self) -> dict[Place, Marker]:
        """Return every marker."""
        rows = self._connection().execute("SELECT kind, id, part, number, fingerprint, applying FROM applied")
        return {Place(kind, record_id, part): Marker(*rest) for kind, record_id, part, *rest in rows}

    def find(self, place: Place) -> Marker | None:
        """Return the marker of a file, or `None` where this machine never wrote or recorded it."""
        query = "SELECT number, fingerprint, applying FROM applied WHERE kind = ? AND id = ? AND part = ?"
        row = self._connection().execute(query, (place.kind, place.id, place.part)).fetchone()
        return None if row is None else Marker(*row)

    def begin(self, place: Place, fingerprint: str) -> None:
        """Note that a file is about to be replaced by these bytes."""
        self._connection().execute(
            "INSERT INTO applied VALUES (?, ?, ?, 0, '', ?) ON CONFLICT DO UPDATE SET applying = excluded.applying",
            (place.kind, place.id, place.part, fingerprint),
        )

    def done(self, place: Place, number: int, fingerprint: str) -> None:
        """Note that a file holds this revision."""
        self._connection().execute(
            "INSERT OR REPLACE INTO applied VALUES (?, ?, ?, ?, ?, NULL)",
            (place.kind, place.id, place.part, number, fingerprint),
        )

    def reached(self) -> int:
        """Return the number of the last change of the log that this machine has applied whole."""
        return int(self._connection().execute("SELECT number FROM reached").fetchone()[0])

    def reach(self, number: int) -> None:
        """Note that all changes up to this one are applied; less than before, after a restore from a backup."""
        self._connection().execute("UPDATE reached SET number = ?", (number,))
