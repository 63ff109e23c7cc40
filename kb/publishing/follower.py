"""Follower: a background thread per process that detects changes of other processes, so that no request has to.

Every half second it reads the log's last number and the stamps of snapshot and index. Every five seconds it scans the
files by time and size. After a change it synchronizes files, snapshot and index, and swaps the generation.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime, timedelta
from itertools import chain

from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.errors import Unavailable
from kb.history import log
from kb.problems import Problem
from kb.publishing.catch_up import catch_up
from kb.publishing.set_aside import forget_redacted
from kb.records.files.paths import is_record_id

logger = logging.getLogger(__name__)

TICK = 0.5  # seconds: every process shows a publication within one second
WALK = 5.0  # seconds between two scans of the files
FOLDER = "content"  # name under which the desk lists files that belong to no record
KEEP_REPLACED = timedelta(days=30)

Sessions = Callable[[], AbstractContextManager[Session]]
Job = Callable[[Session, ContentStore, datetime], object]


def utc_now() -> datetime:
    """Return the current time in UTC, with time zone."""
    return datetime.now(UTC)


def prune_replaced(_session: Session, store: ContentStore, now: datetime) -> None:
    """Delete files replaced long ago. A job."""
    store.replaced.prune((now - KEEP_REPLACED).timestamp())


class Follower:
    """Keeps the library of one process up to date. `jobs` run at every scan; they claim their rows themselves."""

    def __init__(
        self,
        store: ContentStore,
        sessions: Sessions,
        *,
        jobs: Sequence[Job] = (),
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.store = store
        self.sessions = sessions
        self.jobs = jobs
        self.now = now
        self._traces: dict[tuple[str, str], int] = {}
        self._strays: dict[tuple[str, str], list[Problem]] = {}
        self._failed: set[str] = set()
        self._mended = ""
        self._last_round: float | None = None
        self._started = threading.Lock()
        self._thread: threading.Thread | None = None
        self._wake = threading.Event()
        self._stop = False

    def start(self) -> None:
        """Start the thread once; later calls do nothing."""
        with self._started:
            if self._thread is None:
                self._last_round = time.monotonic()
                self._thread = threading.Thread(target=self._run, name="follower", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Stop the thread and wait for it."""
        self._stop = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(timeout=10)

    @property
    def seconds_since_round(self) -> float | None:
        """Seconds since the last complete round without errors, or since its start; `None` before that."""
        return None if self._last_round is None else time.monotonic() - self._last_round

    def wake(self) -> None:
        """Scan the files now."""
        self._wake.set()

    def wake_on_hangup(self) -> None:
        """Scan the files on SIGHUP too, if this thread may install the handler."""
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGHUP, lambda _number, _frame: self.wake())

    def _run(self) -> None:
        self._try(self.store.engine.warm)
        next_walk = 0.0
        while not self._stop:
            self._try(self.look)
            if time.monotonic() >= next_walk or self._wake.is_set():
                self._wake.clear()
                if self._try(self.walk):
                    self._last_round = time.monotonic()
                next_walk = time.monotonic() + WALK
            self._wake.wait(TICK)
        self.store.close()

    def _try(self, step: Callable[[], None]) -> bool:
        """Run one step and return whether it succeeded; a failed one is retried next time and blocks no other."""
        try:
            step()
        except Exception:
            logger.exception("the follower failed at a step; it tries again")
            return False
        return True

    def look(self) -> None:
        """Check whether the log or the data derived from it changed."""
        with self.sessions() as session:
            last, reached = log.last_number(session), self.store.applied.reached()
            if last < reached:  # the database was restored from a backup: check everything
                self._failed |= catch_up(session, self.store, self.now()).failed
            elif last > reached:
                records = {place.record for place in log.since(session, reached) if place.kind in self.store.kinds}
                with self.store.lock.held():
                    self._failed |= catch_up(session, self.store, self.now(), records).failed
                    forget_redacted(session, self.store)
                    self.store.applied.reach(last)
            session.rollback()
        self.store.refresh()

    def walk(self) -> None:
        """Check files for changes of time and size, repair the index, and run due jobs."""
        traces = self.store.content.traces()
        differing = {key for key in traces.keys() | self._traces.keys() if traces.get(key) != self._traces.get(key)}
        is_all = not self._traces or not self.store.snapshot.position().is_whole  # it was lost meanwhile
        # The traces of this scan, not of a later one: the next scan then sees changes made during the synchronization.
        self._traces = traces
        self._note_strays(differing)
        with self.sessions() as session:
            if is_all or differing or self._failed:
                named = {f"{kind}/{name}" for kind, name in differing if is_record_id(name)}
                records = None if is_all else named | self._failed
                self._failed = catch_up(session, self.store, self.now(), records).failed
            self._mend()
            for job in self.jobs:
                job(session, self.store, self.now())
        self.look()

    def _note_strays(self, differing: Iterable[tuple[str, str]]) -> None:
        """Report files that belong to no record to the desk; only changed ones are checked again."""
        for kind, name in differing:
            self._strays[kind, name] = self.store.content.walk(kind, name)[1]
        self._strays = {key: problems for key, problems in sorted(self._strays.items()) if problems}
        self.store.problems.note(FOLDER, chain.from_iterable(self._strays.values()))

    def _mend(self) -> None:
        """Update an index that is missing, damaged or outdated from the snapshot."""
        store = self.store
        if not store.engine.is_ready:
            store.refresh()
            if not store.engine.is_ready:
                with suppress(Unavailable), store.building.held(timeout=0):  # another process is building: fine
                    store.rebuild_index()
            return
        stamp = store.current().stamp
        if stamp == self._mended:
            return  # nothing has changed since the last good state
        if any(store.stale_in_index()):
            mended = store.mend_index()
            logger.warning("%s records were behind in the index", mended)
        store.merge_index()
        self._mended = store.current().stamp
