"""No request waits for a hanging database: a silent server, and PostgreSQL behind a proxy that falls silent."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import QueuePool

from kb.db_timeouts import ANSWER, CONNECT, PAUSE, bound

POSTGRES = os.environ.get("KB_TEST_POSTGRES", "")
GLANCE = 0.05
pytestmark = pytest.mark.slow


class Proxy:
    """Forwards bytes to a server and back until `is_silent` is set. Without a target it only accepts connections."""

    def __init__(self, target: tuple[str, int] | None = None) -> None:
        self.target = target
        self.is_silent = False
        self._stack = ExitStack()
        self._listener = self._stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self._stack.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                here = self._stack.enter_context(self._listener.accept()[0])
                if self.target is not None:
                    there = self._stack.enter_context(socket.create_connection(self.target))
                    for source, sink in ((here, there), (there, here)):
                        threading.Thread(target=self._carry, args=(source, sink), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                while self.is_silent:
                    time.sleep(GLANCE)
                sink.sendall(data)


@pytest.fixture
def silent() -> Iterator[Engine]:
    """An engine for PostgreSQL whose server accepts connections and never sends anything."""
    proxy = Proxy()
    engine = create_engine(f"postgresql+psycopg://kb@127.0.0.1:{proxy.port}/kb")
    bound(engine)
    yield engine
    engine.dispose()
    proxy.close()


def ask(engine: Engine, question: str = "SELECT 1") -> float:
    """Run a query, and return the seconds until the answer; negative if it failed."""
    begun = time.monotonic()
    with suppress(OperationalError), engine.connect() as connection:
        connection.execute(text(question)).scalar()
        connection.commit()
        return time.monotonic() - begun
    return -(time.monotonic() - begun)


def test_a_silent_server_is_given_up_and_left_alone_for_a_moment(silent: Engine) -> None:
    assert -ask(silent) < CONNECT + 1
    with pytest.raises(OperationalError, match="did not answer a moment ago"):
        silent.connect()
    time.sleep(PAUSE + GLANCE)
    with pytest.raises(OperationalError, match="timeout"):
        silent.connect()


@pytest.mark.skipif(not POSTGRES, reason="needs PostgreSQL")
def test_a_question_that_is_not_answered_ends_and_the_next_one_comes_through() -> None:
    url = make_url(POSTGRES)
    proxy = Proxy((url.host or "127.0.0.1", url.port or 5432))
    engine = create_engine(url.set(host="127.0.0.1", port=proxy.port), poolclass=QueuePool)
    bound(engine)
    assert ask(engine) >= 0
    proxy.is_silent = True
    asked = ask(engine)  # from the pool: no check whether the connection is alive, and no new connection
    assert 0 < -asked < CONNECT + 3
    proxy.is_silent = False
    time.sleep(PAUSE + GLANCE)
    assert ask(engine) >= 0
    assert 0 < -ask(engine, f"SELECT pg_sleep({ANSWER * 3})") < ANSWER + 2
    time.sleep(PAUSE + GLANCE)
    assert ask(engine) >= 0
    engine.dispose()
    proxy.close()
