"""The follower: one thread per process that sees what others wrote, so that no request ever has to.

Every half second it reads the log's last number and the stamps of snapshot and index; every five seconds it walks the
files by time and size. When something changed it brings files, snapshot and index together and swaps the generation.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from kb.content.files import Place
from kb.history import log
from kb.library.library import Library
from kb.publishing.apply import catch_up
from kb.publishing.displaced import forget_redacted

logger = logging.getLogger(__name__)

TICK = 0.5  # seconds: what a curator publishes is seen by every process within one second
WALK = 5.0  # seconds between two walks of the files
KEEP_REPLACED = timedelta(days=30)

Sessions = Callable[[], AbstractContextManager[Session]]
Job = Callable[[Session, Library, datetime], None]


def utc_now() -> datetime:
    """Return the moment, with its zone."""
    return datetime.now(UTC)


class Follower:
    """Keeps one process's library up to date. `jobs` are run at every walk; they claim their rows themselves."""

    def __init__(
        self, library: Library, sessions: Sessions, *, jobs: Sequence[Job] = (), now: Callable[[], datetime] = utc_now
    ) -> None:
        self.library = library
        self.sessions = sessions
        self.jobs = jobs
        self.now = now
        self._stamps: dict[Place, tuple[int, int, int]] = {}
        self._started = threading.Lock()
        self._thread: threading.Thread | None = None
        self._wake = threading.Event()
        self._stop = False

    def start(self) -> None:
        """Start the thread, once; further calls do nothing."""
        with self._started:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="follower", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._stop = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    def wake(self) -> None:
        """Walk the files now."""
        self._wake.set()

    def wake_on_hangup(self) -> None:
        """Walk the files on SIGHUP too, where this thread may say so."""
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGHUP, lambda _number, _frame: self.wake())

    def _run(self) -> None:
        self.library.engine.warm()
        next_walk = 0.0
        while not self._stop:
            due = time.monotonic() >= next_walk or self._wake.is_set()
            self._wake.clear()
            try:
                if due:
                    self.walk()
                    next_walk = time.monotonic() + WALK
                else:
                    self.look()
            except Exception:
                logger.exception("the follower failed; it tries again")
            self._wake.wait(TICK)
        self.library.close()

    def look(self) -> None:
        """See whether the log or what is derived from it has moved on."""
        with self.sessions() as session:
            last, reached = log.last_number(session), self.library.applied.reached()
            if last > reached:
                records = {place.record for place in log.since(session, reached) if place.kind in self.library.kinds}
                with self.library.lock.held():
                    catch_up(session, self.library, self.now(), records)
                    forget_redacted(session, self.library)
                    self.library.applied.reach(last)
            session.rollback()
        self.library.refresh()

    def walk(self) -> None:
        """See whether files changed by their time and size, mend the index, and run what is due."""
        stamps = {seen.place: seen.stamp for seen in self.library.content.walk()[0]}
        differing = {
            place.record
            for place in stamps.keys() | self._stamps.keys()
            if stamps.get(place) != self._stamps.get(place)
        }
        with self.sessions() as session:
            if not self._stamps or differing:
                catch_up(session, self.library, self.now(), None if not self._stamps else differing)
            self._stamps = {seen.place: seen.stamp for seen in self.library.content.walk()[0]}
            self.look()
            self._mend()
            for job in self.jobs:
                job(session, self.library, self.now())
        self.library.replaced.prune((self.now() - KEEP_REPLACED).timestamp())

    def _mend(self) -> None:
        """Bring an index that is missing, broken or behind to what the snapshot holds."""
        if not self.library.engine.is_ready:
            with self.library.lock.held():
                if not self.library.engine.reopen() and not self.library.engine.is_ready:
                    self.library.rebuild_index()
        elif any(self.library.stale_in_index()):
            with self.library.lock.held():
                mended = self.library.mend_index()
            logger.warning("%s records were mended in the index", mended)
