"""Outbox: takes the next email to send, so that of several processes only one gets it, and tries a refused one again.

A refused email is tried again after growing pauses for a day, then given up. What waited for a mail server for two days
is not sent at all: it would be no news.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.db import write_transaction
from kb.errors import Unavailable
from kb.mail import Email
from kb.notifications.model import Notification, NotificationKind
from kb.notifications.preferences import muted_kinds

logger = logging.getLogger(__name__)

FIRST_PAUSE = timedelta(minutes=5)  # each further pause is three times as long
DAY = timedelta(days=1)
TOO_OLD = timedelta(days=2)
KEPT = timedelta(days=90)
# Refused emails in a row after which the server is left alone for a while.
_ENOUGH = 3

# Makes the email of a notification for a person, or `None` if there is nothing to say any more.
Compose = Callable[[Notification, User], Email | None]
# Sends an email. Raises `Unavailable`.
Send = Callable[[Email], object]


def has_due(session: Session, now: datetime) -> bool:
    """Return whether an email is due."""
    return bool(session.scalar(select(exists().where(Notification.mail_due <= now))))


def send_due(session: Session, now: datetime, compose: Compose, send: Send) -> bool:
    """Send all emails that are due; return whether the server took them. Each is claimed before it is sent."""
    refused = 0
    while refused < _ENOUGH and (claimed := _claim(session, now)) is not None:
        refused = 0 if _is_sent(session, claimed, now, compose, send) else refused + 1
    return refused == 0


def _claim(session: Session, now: datetime) -> Notification | None:
    """Return the next due email, whose next attempt is already set: if this process dies, another one tries again."""
    with write_transaction(session):
        old = Notification.mail_due.is_not(None), Notification.at < now - TOO_OLD
        session.execute(update(Notification).where(*old).values(mail_due=None))
        query = select(Notification).where(Notification.mail_due <= now)
        claimed = session.scalar(query.order_by(Notification.mail_due, Notification.id).limit(1))
        if claimed is not None:
            claimed.tries += 1
            last = claimed.at + DAY
            pause = FIRST_PAUSE * 3 ** (claimed.tries - 1)
            claimed.mail_due = min(now + pause, last) if now < last else None
    return claimed


def _is_sent(session: Session, claimed: Notification, now: datetime, compose: Compose, send: Send) -> bool:
    """Send one email; return whether it needs no further attempt."""
    number = claimed.id
    try:
        letter = _letter(session, claimed, compose)
        if letter is not None:
            session.rollback()  # the server may be slow
            send(letter)
    except Unavailable as error:
        _log_failure(session, number, str(error))
        return False
    except Exception as error:  # the message of an error may contain what the email says
        session.rollback()
        _log_failure(session, number, type(error).__name__)
        return False
    with write_transaction(session):
        session.execute(update(Notification).where(Notification.id == number).values(mail_due=None))
    return True


def _letter(session: Session, claimed: Notification, compose: Compose) -> Email | None:
    """Return the email, unless its person left, turned such emails off, or has nothing to be told."""
    user = session.get(User, claimed.person_id, populate_existing=True)
    if user is None or not is_reachable(user) or NotificationKind(claimed.kind) in muted_kinds(session, user):
        return None
    return compose(claimed, user)


def is_reachable(user: User) -> bool:
    """Return whether a person works here: the account is open, and she has chosen a password."""
    return user.is_active and user.erased is None and bool(user.password_hash)


def _log_failure(session: Session, number: int, reason: str) -> None:
    session.rollback()
    is_over = session.scalar(select(Notification.mail_due).where(Notification.id == number)) is None
    words = "notification %s is given up: %s" if is_over else "notification %s is tried again later: %s"
    logger.warning(words, number, reason)


def forget_notifications(session: Session, now: datetime) -> None:
    """Delete notifications after 90 days. It runs often, so it writes only if there is something to delete."""
    old = Notification.at < now - KEPT
    if session.scalar(select(exists().where(old))):
        with write_transaction(session):
            session.execute(delete(Notification).where(old))
