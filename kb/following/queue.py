"""E-mails to readers that are due: claim one, and note whether it was sent.

A claim moves `due` forward, so that of several workers only one sends an e-mail. If that worker dies, the e-mail is due
again later. An e-mail that fails is tried again for a week. Then an address that the mail server refuses is deleted;
otherwise the changes are told with the next e-mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from kb.db import write_transaction
from kb.following.model import Frequency, Subscription
from kb.following.subscriptions import CONFIRM_WITHIN, PERIODS, mark_of, token_of

CLAIMED = timedelta(hours=1)  # longer than any e-mail takes
AGAIN = timedelta(hours=6)
AGAIN_UNCONFIRMED = timedelta(minutes=10)  # a reader waits for it
GIVEN_UP = timedelta(days=7)


@dataclass(frozen=True)
class DueEmail:
    """An e-mail to send: one that asks to confirm while `told` is `None`, else one with the changes since `told`.

    `claimed` is the `due` of the row while this worker sends it.
    """

    id: int
    token: str
    email: str
    language: str
    what: str
    frequency: Frequency
    told: datetime | None
    claimed: datetime


def has_due(session: Session, now: datetime) -> bool:
    """Return whether an e-mail is due."""
    return session.scalar(select(Subscription.id).where(_is_due(now)).limit(1)) is not None


def claim_due(session: Session, now: datetime, *, key: str) -> DueEmail | None:
    """Claim the e-mail that has been due for longest, or return `None`. `key` is the site's key.

    After a change of the key, the links of earlier e-mails end with the next one.
    """
    with write_transaction(session):
        row = session.scalar(
            select(Subscription).where(_is_due(now)).order_by(Subscription.due, Subscription.id).limit(1)
        )
        if row is None:
            return None
        token = token_of(row.salt, key)
        row.mark, row.due = mark_of(token), now + CLAIMED
        return DueEmail(
            row.id, token, row.email, row.language, row.what, Frequency(row.frequency), row.told, now + CLAIMED
        )


def finish(session: Session, sent: DueEmail, *, until: datetime, now: datetime) -> None:
    """Note that an e-mail was sent, or that nothing changed; `until` is the moment up to which changes were told.

    A row that was confirmed, stopped or claimed again meanwhile stays as it is.
    """
    values = {"due": None} if sent.told is None else {"due": now + PERIODS[sent.frequency], "told": until}
    with write_transaction(session):
        session.execute(update(Subscription).where(_is(sent)).values(failing=None, **values))


def put_off(session: Session, failed: DueEmail, *, is_refused: bool, now: datetime) -> None:
    """Note that an e-mail could not be sent; `is_refused` if the mail server refused this address."""
    with write_transaction(session):
        row = session.scalar(select(Subscription).where(_is(failed)))
        if row is None:
            return
        row.failing = row.failing or now
        if now - row.failing < GIVEN_UP:
            row.due = now + (AGAIN if failed.told is not None else AGAIN_UNCONFIRMED)
        elif is_refused:
            session.execute(delete(Subscription).where(Subscription.id == row.id))
        else:
            row.due, row.failing = now + PERIODS[failed.frequency], None


def _is_due(now: datetime) -> ColumnElement[bool]:
    is_in_time = or_(Subscription.confirmed.is_not(None), Subscription.created > now - CONFIRM_WITHIN)
    return (Subscription.due <= now) & is_in_time


def _is(due: DueEmail) -> ColumnElement[bool]:
    return (Subscription.id == due.id) & (Subscription.due == due.claimed)
