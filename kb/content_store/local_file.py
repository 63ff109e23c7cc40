"""A SQLite file in `var/` that can be made again: a damaged one is set aside."""

from __future__ import annotations

import sqlite3

from kb.disk import make_private
from kb.records.files.disposable_sqlite import ThrowawayFile


class LocalFile(ThrowawayFile):
    """A file of this machine. `schema` are the statements and settings that each connection begins with."""

    schema: str

    def _file(self) -> int | None:
        return None  # an open file stays open, also where it was taken away: a transaction must not begin anew

    def _throw_away(self) -> None:
        self.path.replace(self.path.with_name(f"{self.path.name}.damaged"))
        for name in ("-wal", "-shm"):
            self.path.with_name(self.path.name + name).unlink(missing_ok=True)

    def _prepared(self) -> sqlite3.Connection:
        make_private(self.path)
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(self.schema)
        return connection
