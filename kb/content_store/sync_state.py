"""Markers of what this machine last wrote to each file, in a separate SQLite file never shared between machines.

`number` and `fingerprint` belong to the revision last written or recorded. `applying` is the fingerprint being written:
it is set before the file is replaced and cleared afterwards. If the file is deleted, the machine counts as new.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.content_store.local_file import LocalFile
from kb.records.files.paths import RecordFile

# It describes the disk, so it must be synced to disk.
_TABLE = """
PRAGMA synchronous = FULL;
CREATE TABLE IF NOT EXISTS applied (
    kind TEXT NOT NULL, id TEXT NOT NULL, part TEXT NOT NULL,
    number INTEGER NOT NULL, fingerprint TEXT NOT NULL, applying TEXT,
    PRIMARY KEY (kind, id, part)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS reached (only INTEGER PRIMARY KEY CHECK (only = 1), number INTEGER NOT NULL);
INSERT OR IGNORE INTO reached VALUES (1, 0);
"""


@dataclass(frozen=True)
class Marker:
    """The revision last applied to a file; `number` 0 and no fingerprint if a first write was begun."""

    number: int
    fingerprint: str
    applying: str | None = None


class Applied(LocalFile):
    """The table of markers; use it only under the write lock."""

    schema = _TABLE

    def all(self) -> dict[RecordFile, Marker]:
        """Return every marker."""
        rows = self._connection().execute("SELECT kind, id, part, number, fingerprint, applying FROM applied")
        return {RecordFile(kind, record_id, part): Marker(*rest) for kind, record_id, part, *rest in rows}

    def find(self, place: RecordFile) -> Marker | None:
        """Return the marker of a file, or `None` if this machine never wrote or recorded it."""
        query = "SELECT number, fingerprint, applying FROM applied WHERE kind = ? AND id = ? AND part = ?"
        row = self._connection().execute(query, (place.kind, place.id, place.part)).fetchone()
        return None if row is None else Marker(*row)

    def begin(self, place: RecordFile, fingerprint: str) -> None:
        """Record that these bytes are about to replace a file."""
        self._connection().execute(
            "INSERT INTO applied VALUES (?, ?, ?, 0, '', ?) ON CONFLICT DO UPDATE SET applying = excluded.applying",
            (place.kind, place.id, place.part, fingerprint),
        )

    def done(self, place: RecordFile, number: int, fingerprint: str) -> None:
        """Record that a file holds this revision."""
        self._connection().execute(
            "INSERT OR REPLACE INTO applied VALUES (?, ?, ?, ?, ?, NULL)",
            (place.kind, place.id, place.part, number, fingerprint),
        )

    def reached(self) -> int:
        """Return the number of the last log change that this machine has completely applied."""
        return int(self._connection().execute("SELECT number FROM reached").fetchone()[0])

    def reach(self, number: int) -> None:
        """Record that all changes up to this one are applied; the number falls after a restore from a backup."""
        self._connection().execute("UPDATE reached SET number = ?", (number,))
