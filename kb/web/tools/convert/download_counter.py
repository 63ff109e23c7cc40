"""Counts downloads of tools: a background thread writes the numbers, so that no reader waits for the database.

A number that the database does not accept is dropped. A fast response is worth more than a complete count.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from threading import Lock, Thread

from flask import Flask, Response, current_app
from sqlalchemy.orm import Session

from kb.conversion.download_counts import Download, count
from kb.kinds.country.membership import EUROPE
from kb.web.http.rendering import today

logger = logging.getLogger(__name__)


class DownloadCounter:
    """Queues the download counts of one process until they are written. All threads of the process share it."""

    def __init__(self, sessions: Callable[[], AbstractContextManager[Session]]) -> None:
        self._sessions = sessions
        self._waiting: Counter[Download] = Counter()
        self._thread: Thread | None = None
        self._lock = Lock()

    def count(self, download: Download) -> None:
        """Queue one download for counting. Never waits for the database and never fails."""
        try:
            with self._lock:
                self._waiting[download] += 1
                if self._thread is None:
                    thread = Thread(target=self._write, name="counting", daemon=True)
                    thread.start()
                    self._thread = thread
        except RuntimeError:  # no thread can start now; the next download tries again
            logger.warning("a download is counted later: there is no thread for it")

    def wait(self) -> None:
        """Wait until the thread has written everything. Only tests need this."""
        if (thread := self._thread) is not None:
            thread.join()

    def _write(self) -> None:
        while taken := self._take():
            try:
                with self._sessions() as session:
                    count(session, taken)
            except Exception as error:  # its message may contain values of a row, so only the type is logged
                logger.warning("downloads that were not counted: %s (%s)", taken.total(), type(error).__name__)

    def _take(self) -> Counter[Download]:
        """Return and clear the queued counts. If there are none, the next download starts a new thread."""
        with self._lock:
            taken, self._waiting = self._waiting, Counter()
            if not taken:
                self._thread = None
        return taken


def init_app(app: Flask, sessions: Callable[[], AbstractContextManager[Session]]) -> None:
    """Add the download counter to an application."""
    app.extensions["counting"] = DownloadCounter(sessions)


def count_when_sent(response: Response, record: str, country: str | None, name: str) -> Response:
    """Count a file by record, country and format once the server has sent it. Return the response.

    The country in the answers may be any value. A code that is not in `EUROPE` counts as no country.
    """
    known = country if country in EUROPE else ""
    counting: DownloadCounter = current_app.extensions["counting"]
    response.call_on_close(partial(counting.count, Download(today().isoformat(), record, known or "", name)))
    return response
