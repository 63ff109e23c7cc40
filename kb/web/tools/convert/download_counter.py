"""Counting the tools that are taken away: a thread writes the numbers, so that no reader waits for the database.

A number that the database does not take is dropped: it is worth less than an answer.
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
    """The numbers of one process that wait to be written; all its threads share one."""

    def __init__(self, sessions: Callable[[], AbstractContextManager[Session]]) -> None:
        self._sessions = sessions
        self._waiting: Counter[Download] = Counter()
        self._thread: Thread | None = None
        self._lock = Lock()

    def count(self, download: Download) -> None:
        """Count one download, soon. It never waits for the database, and never fails."""
        try:
            with self._lock:
                self._waiting[download] += 1
                if self._thread is None:
                    thread = Thread(target=self._write, name="counting", daemon=True)
                    thread.start()
                    self._thread = thread
        except RuntimeError:  # no thread to be had now; the next download tries again
            logger.warning("a download is counted later: there is no thread for it")

    def wait(self) -> None:
        """Wait until everything is written; for tests."""
        if (thread := self._thread) is not None:
            thread.join()

    def _write(self) -> None:
        while taken := self._take():
            try:
                with self._sessions() as session:
                    count(session, taken)
            except Exception as error:  # its words may hold what is in a row
                logger.warning("downloads that were not counted: %s (%s)", taken.total(), type(error).__name__)

    def _take(self) -> Counter[Download]:
        """Return what waits, and let the next download start a thread if that is nothing."""
        with self._lock:
            taken, self._waiting = self._waiting, Counter()
            if not taken:
                self._thread = None
        return taken


def init_app(app: Flask, sessions: Callable[[], AbstractContextManager[Session]]) -> None:
    """Let an application count."""
    app.extensions["counting"] = DownloadCounter(sessions)


def count_when_sent(response: Response, record: str, country: str | None, name: str) -> Response:
    """Return a file that is counted once the server has sent it: of which record, for which country, as which format.

    What stands for a country in an answer may be anything; whatever Europe has not is counted as none.
    """
    known = country if country in EUROPE else ""
    counting: DownloadCounter = current_app.extensions["counting"]
    response.call_on_close(partial(counting.count, Download(today().isoformat(), record, known or "", name)))
    return response
