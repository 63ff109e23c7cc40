"""Who else has a part open in an editor: a row for each person, written when she opens or saves, never by a reader."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.editing.model import Presence
from kb.records.files.paths import RecordFile

# An editor that is open says so at least once a minute.
WINDOW = timedelta(minutes=2)
# Rows of yesterday mean nothing; they go when somebody opens an editor.
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Other:
    """Somebody else who has a part open: the name, and when she was last seen there."""

    name: str
    at: datetime


def be_present(session: Session, user: User, place: RecordFile, now: datetime) -> None:
    """Say that somebody has a part open at this moment, and commit; what else the session holds is committed first.

    Call it before or after the verbs, not between them. It waits for no lock but that of the database.
    """
    key: dict[str, str | int] = {"record": place.record, "part": place.part, "person_id": user.id}
    _begin(session)
    if not _moved(session, key, now):
        session.execute(delete(Presence).where(Presence.at < now - KEPT))
        try:
            session.execute(insert(Presence).values(**key, at=now))
        except IntegrityError:  # another window of the same person was faster
            _begin(session, anew=True)
            _moved(session, key, now)
    session.commit()


def be_gone(session: Session, user: User, place: RecordFile) -> None:
    """Say that somebody is done with a part, and commit; a window of hers that is still open says otherwise."""
    key: dict[str, str | int] = {"record": place.record, "part": place.part, "person_id": user.id}
    _begin(session)
    session.execute(delete(Presence).filter_by(**key))
    session.commit()


def others(session: Session, user: User, place: RecordFile, now: datetime) -> tuple[Other, ...]:
    """Return who else has had this part open within two minutes, the latest first."""
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
    """Begin as a writer: a reader's transaction cannot become one safely."""
    if anew:
        session.rollback()
    else:
        session.commit()
    session.connection(execution_options={"kb_writes": True})


def _moved(session: Session, key: dict[str, str | int], now: datetime) -> bool:
    """Move the row of this person to this moment, and say whether there is one."""
    row = update(Presence).where(*(getattr(Presence, name) == value for name, value in key.items()))
    result = session.connection().execute(row.values(at=now))
    return bool(result.rowcount)
