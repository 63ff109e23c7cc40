"""When a digest is sent: once a day after a fixed hour, if something new waits; once a week if nothing changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from kb.accounts.model import Grant, User
from kb.accounts.permissions import ALLOWED, Permission
from kb.content_store.store import ContentStore
from kb.db import write_transaction
from kb.editing.digest.waiting import WaitingKind, WaitingList, waiting_for
from kb.notifications.model import Notification, NotificationKind, NotificationState
from kb.notifications.preferences import muted_kinds, state_of

HOUR = 5  # of the day in UTC: before work begins in Europe
# A little less than a week, so that the hour does not move.
WEEK = timedelta(days=6, hours=12)


def has_due_digests(session: Session, now: datetime) -> bool:
    """Return whether the digest of any person has to be looked at."""
    return session.scalar(_due(now).limit(1)) is not None


def queue_digests(session: Session, store: ContentStore, languages: Sequence[str], now: datetime) -> None:
    """Put the digests that are due into the outbox. Of several processes, one does it for each person."""
    for person_id in session.scalars(_due(now)).all():
        user = session.get(User, person_id)
        if user is None:
            continue
        is_wanted = NotificationKind.DIGEST not in muted_kinds(session, user)
        found = waiting_for(session, store, user, languages, now.date()) if is_wanted else ()
        _queue(session, user, found, now)


def _queue(session: Session, user: User, found: Sequence[WaitingList], now: datetime) -> None:
    with write_transaction(session):
        state = state_of(session, user)
        if state.digest_checked is not None and state.digest_checked >= _began(now):
            return  # another process was faster
        before = set(state.digest_items.split())
        marks = [item.mark for each in found if each.kind is not WaitingKind.OVERDUE for item in each.items]
        is_time = state.digest_sent is None or now - state.digest_sent >= WEEK
        if found and (is_time or not before.issuperset(marks)):
            state.digest_sent = now
            session.add(
                Notification(person_id=user.id, kind=NotificationKind.DIGEST, note_id=None, at=now, mail_due=now)
            )
        state.digest_checked, state.digest_items = now, " ".join(marks)


def _began(now: datetime) -> datetime:
    """Return when the present period began: the last time that it was `HOUR`."""
    begin = datetime.combine(now.date(), time(HOUR), now.tzinfo)
    return begin if begin <= now else begin - timedelta(days=1)


def _due(now: datetime) -> Select[int]:
    granted = select(Grant.user_id).where(Grant.role.in_(ALLOWED[Permission.SEE_DESK]))
    state = NotificationState
    return (
        select(User.id)
        .outerjoin(state, state.person_id == User.id)
        .where(
            User.is_active,
            User.password_hash != "",
            User.id.in_(granted),
            User.created < _began(now),  # the first one comes the day after
            or_(state.digest_checked.is_(None), state.digest_checked < _began(now)),
        )
        .order_by(User.id)
    )
