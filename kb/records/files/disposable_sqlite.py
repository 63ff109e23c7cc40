"""A disposable SQLite file: it is recreated if it is damaged, and reopened if it was deleted while open."""

from __future__ import annotations

import logging
import sqlite3
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kb.errors import Unavailable

logger = logging.getLogger(__name__)


class DisposableSqlite(ABC):
    """A SQLite file with one connection per thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    @abstractmethod
    def _prepared(self) -> sqlite3.Connection:
        """Return a connection to the file, with its tables created."""

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None and self._local.file == self._file():
            return connection
        self.close()  # deleted meanwhile: the open connection points to a file that no other process sees
        connection = self._opened()
        self._local.connection, self._local.file = connection, self._file()
        return connection

    def _file(self) -> int | None:
        """Return the inode number, which identifies the file, or `None` if the file is missing."""
        try:
            return self.path.stat().st_ino
        except FileNotFoundError:
            return None

    def _read(self, query: str, parameters: Iterable[object] = ()) -> list[Any]:
        """Run a query and return its rows. Raises `Unavailable` if reading fails; deletes the file if it is damaged."""
        connection = self._connection()
        try:
            return connection.execute(query, tuple(parameters)).fetchall()
        except sqlite3.DatabaseError as error:
            logger.exception("%s cannot be read", self.path)
            is_damaged, file = not isinstance(error, sqlite3.OperationalError), self._local.file
            self.close()
            if is_damaged and file == self._file():  # otherwise another thread or process has already deleted it
                self._throw_away()
            message = self.path.name
            raise Unavailable(message) from error

    def _throw_away(self) -> None:
        for path in self.path.parent.glob(f"{self.path.name}*"):
            path.unlink(missing_ok=True)

    def _opened(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return self._prepared()
        except sqlite3.OperationalError:
            raise  # busy or out of space: no reason to delete the file
        except sqlite3.DatabaseError:
            logger.exception("%s is damaged and is made again", self.path)
            self._throw_away()
            return self._prepared()

    def close(self) -> None:
        """Close this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None
