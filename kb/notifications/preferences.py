"""Which emails a person wants, and what she has seen: one row for each person, made when it is needed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.db import begin_brief_write, write_transaction
from kb.notifications.model import Notification, NotificationKind, NotificationState

# A visit of the dashboard ends when it was not opened for so long.
VISIT = timedelta(minutes=30)
# Milliseconds that a page waits to note the visit.
_PATIENCE = 500


def state_of(session: Session, user: User) -> NotificationState:
    """Return the row of a person under the caller's write transaction; it is added if there is none."""
    state = session.get(NotificationState, user.id, populate_existing=True)
    if state is None:
        state = NotificationState(person_id=user.id, muted="", digest_items="")
        session.add(state)
    return state


def muted_kinds(session: Session, user: User) -> frozenset[NotificationKind]:
    """Return the kinds of email that a person has turned off."""
    state = session.get(NotificationState, user.id)
    return frozenset(map(NotificationKind, state.muted.split())) if state is not None else frozenset()


def choose_kinds(session: Session, user: User, wanted: Iterable[str]) -> None:
    """Save which kinds of email a person wants; all others are turned off. Unknown kinds are ignored."""
    chosen = set(wanted)
    with write_transaction(session):
        state_of(session, user).muted = " ".join(kind for kind in NotificationKind if kind not in chosen)


def visit_dashboard(session: Session, user: User, now: datetime) -> datetime | None:
    """Note that a person opens the dashboard, and return when her last visit ended; `None` on the first.

    It commits. Raises `SQLAlchemyError` if the database is busy. Opening the page again within a visit changes nothing
    that is new.
    """
    begin_brief_write(session, _PATIENCE)
    state = state_of(session, user)
    if state.viewed is not None and now - state.viewed > VISIT:
        state.since = state.viewed
    state.viewed = now
    since = state.since
    session.commit()
    return since


def last_visit(session: Session, user: User) -> datetime | None:
    """Return when the last visit of a person ended, without noting another one."""
    state = session.get(NotificationState, user.id)
    return state.since if state is not None else None


def count_unseen(session: Session, user: User) -> int:
    """Return how much has happened since a person last opened the dashboard."""
    viewed = select(NotificationState.viewed).where(NotificationState.person_id == user.id).scalar_subquery()
    query = select(func.count(Notification.id)).where(
        Notification.person_id == user.id,
        Notification.kind != NotificationKind.DIGEST,
        viewed.is_(None) | (Notification.at > viewed),
    )
    return session.scalar(query) or 0
