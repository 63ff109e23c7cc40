"""Presence: shows who else has a part open in an editor.

Each editor has a row, written when they open or save a part. Readers never write one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.editing.model import Presence
from kb.records.files.paths import RecordFile

# An open editor reports at least once a minute.
WINDOW = timedelta(minutes=2)
# Yesterday's rows are meaningless; they are deleted when a user opens an editor.
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Other:
    """Another user who has a part open: the name, and when they were last seen there."""

    name: str
    at: datetime


def be_present(session: Session, user: User, place: RecordFile, now: datetime) -> None:
    """Record that a user has a part open now, and commit; other changes in the session are committed first.

    Call it before or after the publishing actions, not between them. It waits for no lock except that of the database.
    """
    key: dict[str, str | int] = {"record": place.record, "part": place.part, "person_id": user.id}
    _begin(session)
    if not _moved(session, key, now):
        session.execute(delete(Presence).where(Presence.at < now - KEPT))
        try:
            session.execute(insert(Presence).values(**key, at=now))
        except IntegrityError:  # another window of the same user was faster
            _begin(session, anew=True)
            _moved(session, key, now)
    session.commit()


def be_gone(session: Session, user: User, place: RecordFile) -> None:
    """Record that a user has closed a part, and commit; another window of theirs that is still open reports again."""
    key: dict[str, str | int] = {"record": place.record, "part": place.part, "person_id": user.id}
    _begin(session)
    session.execute(delete(Presence).filter_by(**key))
    session.commit()


def others(session: Session, user: User, place: RecordFile, now: datetime) -> tuple[Other, ...]:
    """Return who else has had this part open within two minutes, latest first."""
    rows = session.execute(
        select(User.name, Presence.at)
        .join(User, User.id == Presence.person_id)
        .where(
            Presence.record == place.record,
            Presence.part == place.part,
            Presence.person_id != user.id,
            Presence.at > now - WINDOW,
        )
        .order_by(Presence.at.desc(), User.name)
    )
    return tuple(Other(name, at) for name, at in rows)


def _begin(session: Session, *, anew: bool = False) -> None:
    """Begin a write transaction: a read transaction cannot be upgraded safely."""
    if anew:
        session.rollback()
    else:
        session.commit()
    session.connection(execution_options={"kb_writes": True})


def _moved(session: Session, key: dict[str, str | int], now: datetime) -> bool:
    """Update the time in this user's row, and return whether there is one."""
    row = update(Presence).where(*(getattr(Presence, name) == value for name, value in key.items()))
    result = session.connection().execute(row.values(at=now))
    return bool(result.rowcount)
