"""Timeouts for PostgreSQL: a query without an answer fails within seconds, so that no worker hangs.

The driver waits as long as the server's machine accepts data, even if the server process itself hangs. So a background
thread shuts down the connection of an overdue query. The waiting thread then gets `OperationalError`. After a failure
no thread tries to connect for a moment. So readers' pages, which need no database, stay fast meanwhile.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DisconnectionError

ANSWER = 4.0  # seconds for a query
WRITER = 40.0  # seconds for a query of a writer of the log, who may wait for another: see `db.begin_write`
PING = 1.5  # seconds for a pooled connection to prove that it is alive
CONNECT = 2  # seconds to connect: the minimum of the driver
PAUSE = 2.0  # seconds after a failure without new attempts to connect
_GLANCE = 0.25  # seconds between two checks


class Watch:
    """Shuts down connections with an overdue answer. One thread checks all of them."""

    def __init__(self) -> None:
        self._due: dict[Any, float] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._away_until = 0.0

    def begin(self, connection: Any, seconds: float) -> None:
        """Start the timeout of a driver connection, in seconds."""
        with self._lock:
            self._due[connection] = time.monotonic() + seconds
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="waiting", daemon=True)
                self._thread.start()

    def end(self, connection: Any) -> None:
        """Cancel the timeout of a connection."""
        with self._lock:
            self._due.pop(connection, None)

    def failed(self) -> None:
        """Record that the database did not answer."""
        self._away_until = time.monotonic() + PAUSE

    @property
    def is_away(self) -> bool:
        """Whether the database failed a moment ago."""
        return time.monotonic() < self._away_until

    def _look(self) -> None:
        while True:
            time.sleep(_GLANCE)
            with self._lock:
                now = time.monotonic()
                for connection in [each for each, due in self._due.items() if due < now]:
                    del self._due[connection]
                    self.failed()
                    _shut(connection)


def _shut(connection: Any) -> None:
    """Shut down the socket of a connection while another thread waits for it."""
    try:
        with socket.socket(fileno=os.dup(connection.fileno())) as ours:
            ours.shutdown(socket.SHUT_RDWR)
    except (OSError, ValueError):  # the connection has just ended
        return


def bound(engine: Engine) -> None:
    """Limit every wait of a PostgreSQL engine; do nothing for others."""
    if engine.dialect.name != "postgresql":
        return
    watch = Watch()

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, _arguments: Any, options: dict[str, Any]) -> None:
        if watch.is_away:
            message = "the database did not answer a moment ago"
            raise engine.dialect.loaded_dbapi.OperationalError(message)
        options.setdefault("connect_timeout", CONNECT)

    @event.listens_for(engine, "checkout")
    def _checkout(connection: Any, _record: Any, _proxy: Any) -> None:
        watch.begin(connection, PING)
        try:
            connection.execute("SELECT 1")
            connection.rollback()
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error  # the pool drops all its connections and connects again
        finally:
            watch.end(connection)

    @event.listens_for(engine, "before_cursor_execute")
    def _before(connection: Connection, *_rest: Any) -> None:
        writes = connection.get_execution_options().get("kb_writes", False)
        watch.begin(_driver(connection), WRITER if writes else ANSWER)

    @event.listens_for(engine, "after_cursor_execute")
    def _after(connection: Connection, *_rest: Any) -> None:
        watch.end(_driver(connection))

    @event.listens_for(engine, "commit")
    def _commit(connection: Connection) -> None:
        watch.begin(_driver(connection), ANSWER)

    @event.listens_for(engine, "checkin")
    def _checkin(connection: Any, _record: Any) -> None:
        watch.end(connection)

    @event.listens_for(engine, "handle_error")
    def _failed(context: Any) -> None:
        is_lost = context.is_disconnect or context.connection is None
        if is_lost and not watch.is_away:  # otherwise each refused attempt would prolong the pause
            watch.failed()
        if context.connection is not None and not context.connection.closed:
            watch.end(_driver(context.connection))


def _driver(connection: Connection) -> Any:
    return connection.connection.dbapi_connection
