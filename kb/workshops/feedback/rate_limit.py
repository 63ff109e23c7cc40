"""Rate limit of feedback: per day, in total, and per network. Only a mark of the network is stored.

A room full of people shares one network. The limit per network therefore equals the largest group ever taught at once.
One network alone cannot use up the daily limit of a workshop. The mark differs for each link, so it does not reveal who
attended two workshops. It is stored without any reference to an answer: it has only a random id and the hour, and is
written in its own transaction. `answers.py` explains what a database administrator can still infer.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from kb.accounts import networks
from kb.db import write_transaction
from kb.i18n import N_
from kb.problems import Problem
from kb.workshops.model import Feedback, FeedbackAttempt, Workshop

PER_DAY, IN_ALL = 200, 1_000
PER_NETWORK = 100  # per day
KEPT = timedelta(days=1)


def network_mark(address: str, token: str, key: str) -> str:
    """Return the mark of an address's network for one workshop, derived with the site's key."""
    return networks.network_mark(f"feedback {token}", networks.network_of(address), key)


def flood_problems(session: Session, workshop: Workshop, network: str, now: datetime) -> Iterator[Problem]:
    """Yield why a network may not send another answer now."""
    yield from room_problems(session, workshop, now)
    # A mark holds the hour in which it was made. It counts for a little less than 24 hours, at any time of day (UTC).
    is_from_here = FeedbackAttempt.network == network
    if networks.count_attempts(session, FeedbackAttempt.at, now - KEPT, is_from_here) >= PER_NETWORK:
        message = N_("Too many answers have come from your network today. Give your answers to the trainer on paper.")
        yield Problem("too-many-from-here", message)


def room_problems(session: Session, workshop: Workshop, now: datetime) -> Iterator[Problem]:
    """Yield why a workshop accepts no further answer now."""
    counted = select(func.count(Feedback.id)).where(Feedback.workshop_id == workshop.id)
    in_all = session.scalar(counted) or 0
    today = session.scalar(counted.where(Feedback.day == now.date().isoformat())) or 0
    if in_all >= IN_ALL or today >= PER_DAY:
        message = N_("This workshop cannot accept any more answers. Give your answers to the trainer on paper.")
        yield Problem("too-many-answers", message)


def record_attempt(session: Session, network: str, now: datetime) -> None:
    """Record an attempt from a network in this hour. The caller commits before it stores any part of the answer."""
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    session.add(FeedbackAttempt(network=network, at=hour))


def forget_attempts(session: Session, now: datetime) -> None:
    """Delete marks older than a day."""
    is_old = FeedbackAttempt.at < now - KEPT
    if session.scalar(select(exists().where(is_old))):  # this check is cheap and blocks no other writer
        with write_transaction(session):
            session.execute(delete(FeedbackAttempt).where(is_old))
