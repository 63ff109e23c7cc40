"""Health check for monitoring: the state of database, index, follower and disk, one word each.

A site whose database does not answer still serves readers, so this is for alerts only. A load balancer should not
remove a machine because of it. It answers within two seconds, even if a part hangs.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from contextlib import AbstractContextManager

from flask import Blueprint, Flask, Response, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from kb.disk import DiskSpace, room
from kb.history import log
from kb.publishing.follower import Follower
from kb.web.http.rendering import store
from kb.web.http.robots_header import unlisted

bp = Blueprint("health", __name__)

ANSWER = 1.5  # seconds to wait for the database
LATE = 60.0  # seconds: the follower checks the files every five, and a large change takes it longer
OK, AWAY, MISSING, BEHIND, OFF, GONE = "ok", "away", "missing", "late", "off", "gone"
_WELL = frozenset({OK, OFF, DiskSpace.LOW})  # low disk space is a warning, off is intended; nothing fails yet

Sessions = Callable[[], AbstractContextManager[Session]]


class DatabaseProbe:
    """Queries the database in a separate thread, so that no request waits for one that hangs."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="health")
        self._lock = threading.Lock()
        self._asked: Future[int] | None = None

    def answers(self, seconds: float = ANSWER) -> bool:
        """Whether the database answers and has its tables. A query that still hangs is not started again."""
        with self._lock:
            if self._asked is None or self._asked.done():
                self._asked = self._thread.submit(self._ask)
            asked = self._asked
        try:
            asked.result(seconds)
        except (TooLate, SQLAlchemyError):
            return False
        return True

    def _ask(self) -> int:
        with self._sessions() as session:
            return log.last_number(session)


def init_app(app: Flask, sessions: Sessions) -> None:
    """Register the probe with its database sessions."""
    app.extensions["database probe"] = DatabaseProbe(sessions)


@bp.get("/healthz")
def show() -> Response:
    """Return the states as JSON; status 503 if a part needs attention."""
    seconds = _seconds_since_round()
    words = _states(seconds)
    response = jsonify(**words, follower_seconds=None if seconds is None else round(seconds, 1))
    response.status_code = 200 if _WELL.issuperset(words.values()) else 503
    response.cache_control.no_store = True
    return unlisted(response)


def _states(seconds: float | None) -> dict[str, str]:
    """Return the state of each part; `seconds` are those since the follower's last round."""
    return {
        "database": OK if current_app.extensions["database probe"].answers() else AWAY,
        "index": OK if store().engine.is_ready else MISSING,
        "follower": OFF if seconds is None else OK if seconds < LATE else BEHIND,
        "disk": _disk(),
    }


def _seconds_since_round() -> float | None:
    follower: Follower | None = current_app.extensions.get("follower")  # absent without a follower
    return follower.seconds_since_round if follower is not None else None


def _disk() -> str:
    try:
        rooms = {room(store().data), room(store().content.root)}
    except OSError:
        return GONE
    return next((each for each in (DiskSpace.FULL, DiskSpace.LOW) if each in rooms), DiskSpace.OK)
