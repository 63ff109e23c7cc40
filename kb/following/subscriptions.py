"""Ask for a subscription, confirm it, stop it, and delete addresses.

Nothing reveals whether an address is known: each request makes a row that waits for its confirmation, and the e-mail is
sent later. A confirmed row replaces the earlier ones of the same address and query.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, exists, func, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from kb.accounts import networks
from kb.accounts.queries import plain_email
from kb.accounts.validation import email_problems
from kb.db import Base, write_transaction
from kb.errors import NotFound, Rejected
from kb.following.model import LONGEST, Frequency, Subscription, SubscriptionAttempt
from kb.i18n import N_
from kb.problems import Problem

CONFIRM_WITHIN = timedelta(hours=48)
PERIODS = {Frequency.WEEKLY: timedelta(days=7), Frequency.MONTHLY: timedelta(days=30)}
PER_HOUR, PER_DAY = 5, 15  # from one network
IN_ALL = 300  # a day in total
KEPT = timedelta(days=1)
WAITING = 3  # unconfirmed rows of one address, so that strangers cannot fill her mailbox


@dataclass(frozen=True)
class SubscriptionRequest:
    """What a reader asked for; `what` is a normalised query, `frequency` one of `Frequency`."""

    email: str
    language: str
    what: str
    frequency: str


def network_mark(address: str, key: str) -> str:
    """Return the fingerprint of an address's network, made with the site's key."""
    return networks.network_mark("subscription", networks.customer_of(address), key)


def token_of(salt: str, key: str) -> str:
    """Return the token of a subscription, 64 hexadecimal digits; without the site's key it cannot be made."""
    return hmac.new(key.encode(), f"subscription {salt}".encode(), hashlib.sha256).hexdigest()


def mark_of(token: str) -> str:
    """Return the fingerprint of a token, which is stored."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def subscribe(
    session: Session, asked: SubscriptionRequest, *, problems: Sequence[Problem], network: str, key: str, now: datetime
) -> None:
    """Ask for a subscription; an e-mail to confirm it follows. Raises `Rejected` with every problem.

    An address with too many unconfirmed rows gets no more of them, and the answer is the same.
    """
    email = plain_email(asked.email)
    found = [*problems, *email_problems(email)]
    if asked.frequency not in list(Frequency):
        found.append(Problem("unknown-frequency", N_("Select an entry from the list."), ("frequency",)))
    if len(asked.what) > LONGEST:
        found.append(Problem("long-query", N_("This search is too long to follow. Remove some filters.")))
    if found:
        raise Rejected(found)
    salt = secrets.token_hex(16)
    with write_transaction(session):
        _record_attempt(session, network, now)
        waiting = (Subscription.email == email) & Subscription.confirmed.is_(None)
        if (session.scalar(select(func.count(Subscription.id)).where(waiting)) or 0) < WAITING:
            session.add(
                Subscription(
                    mark=mark_of(token_of(salt, key)),
                    salt=salt,
                    email=email,
                    language=asked.language,
                    what=asked.what,
                    frequency=asked.frequency,
                    created=now,
                    due=now,
                )
            )


def _record_attempt(session: Session, network: str, now: datetime) -> None:
    at = SubscriptionAttempt.at
    is_from_here = SubscriptionAttempt.network == network
    for limit, span in ((PER_HOUR, timedelta(hours=1)), (PER_DAY, KEPT)):
        if networks.count_attempts(session, at, now - span, is_from_here) >= limit:
            message = N_("Too many requests came from your network. Try again in an hour.")
            raise Rejected([Problem("too-many-requests", message)])
    if networks.count_attempts(session, at, now - KEPT) >= IN_ALL:
        message = N_("This site cannot accept any more requests today. Try again tomorrow.")
        raise Rejected([Problem("too-many-requests-in-all", message)])
    session.add(SubscriptionAttempt(network=network, at=now))


def find_subscription(session: Session, token: str, now: datetime) -> Subscription | None:
    """Return the subscription of a token, or `None` if it is unknown, stopped, or was not confirmed in time."""
    row = session.scalar(
        select(Subscription).where(Subscription.mark == mark_of(token)).execution_options(populate_existing=True)
    )
    return row if row is not None and (row.confirmed is not None or row.created > now - CONFIRM_WITHIN) else None


def confirm(session: Session, token: str, now: datetime) -> None:
    """Confirm a subscription; a second time changes nothing. Raises `NotFound` for an unknown or late token.

    An earlier subscription of the same address and query is replaced, and no change between both is lost.
    """
    with write_transaction(session):
        row = find_subscription(session, token, now)
        if row is None:
            raise NotFound("subscription")
        if row.confirmed is not None:
            return
        is_earlier = (
            (Subscription.email == row.email)
            & (Subscription.what == row.what)
            & Subscription.confirmed.is_not(None)
            & (Subscription.id != row.id)
        )
        told = session.scalar(select(func.min(Subscription.told)).where(is_earlier))
        session.execute(delete(Subscription).where(is_earlier))
        row.confirmed, row.told = now, told or now
        row.due, row.failing = now + PERIODS[Frequency(row.frequency)], None


def day_of(moment: datetime) -> datetime:
    """Return the beginning of a day (UTC). Changes are told by whole days, so that none is told twice or left out."""
    return moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


def stop(session: Session, token: str) -> None:
    """Delete a subscription with its address at once; an unknown token changes nothing."""
    _delete(session, Subscription.mark == mark_of(token))


def erase_address(session: Session, email: str) -> int:
    """Delete all subscriptions of an address and return how many there were."""
    return _delete(session, Subscription.email == plain_email(email))


def _delete(session: Session, which: ColumnElement[bool]) -> int:
    with write_transaction(session):
        found = session.scalars(select(Subscription.id).where(which)).all()
        session.execute(delete(Subscription).where(Subscription.id.in_(found)))
    return len(found)


def forget_unconfirmed(session: Session, now: datetime) -> None:
    """Delete what was not confirmed in time, and marks of networks older than a day. A job."""
    is_late = Subscription.confirmed.is_(None) & (Subscription.created <= now - CONFIRM_WITHIN)
    goes: tuple[tuple[type[Base], ColumnElement[bool]], ...] = (
        (Subscription, is_late),
        (SubscriptionAttempt, SubscriptionAttempt.at <= now - KEPT),
    )
    if session.scalar(select(or_(*(exists().where(which) for _table, which in goes)))):
        with write_transaction(session):
            for table, which in goes:
                session.execute(delete(table).where(which))
