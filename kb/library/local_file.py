"""A SQLite file in `var/` that can be made again: each thread has a connection, and a damaged file is set aside."""

from __future__ import annotations

import logging
import sqlite3
import threading
from pathlib import Path

from kb.disk import make_private

logger = logging.getLogger(__name__)


class LocalFile:
    """A file of this machine. `schema` are the statements and settings that each connection begins with."""

    schema: str

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
        make_private(self.path)
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(self.schema)
        return connection

    def close(self) -> None:
        """Close this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None
