"""A SQLite file in `var/` that can be rebuilt: a damaged one is set aside."""

from __future__ import annotations

import logging
import sqlite3

from kb.disk import make_private
from kb.records.files.disposable_sqlite import DisposableSqlite

logger = logging.getLogger(__name__)


class LocalFile(DisposableSqlite):
    """A file of this machine. `schema` has the statements and settings that start each connection."""

    schema: str

    def _file(self) -> int | None:
        return None  # keep an open file open even if it was deleted: a transaction must not restart

    def _throw_away(self) -> None:
        logger.warning("%s is set aside as %s.damaged", self.path, self.path.name)
        self.path.replace(self.path.with_name(f"{self.path.name}.damaged"))
        for name in ("-wal", "-shm"):
            self.path.with_name(self.path.name + name).unlink(missing_ok=True)

    def _prepared(self) -> sqlite3.Connection:
        make_private(self.path)
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(self.schema)
        return connection
