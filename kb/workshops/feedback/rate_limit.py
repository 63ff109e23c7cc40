"""Rate limit of feedback: by day, in all, and by the network it comes from, of which only a mark is stored.

A room full of people is one network, so as many may answer from one as are ever taught at once; and one network alone
cannot use up what a workshop takes in a day. The mark is another one for each link, so that it does not tell who was in
two workshops, and it stands beside no answer: it has a random name and the hour alone, and is written by itself. What
whoever runs the database can still read out of it is told in `answers.py`.
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
PER_NETWORK = 100  # in a day
KEPT = timedelta(days=1)


def network_mark(address: str, token: str, key: str) -> str:
    """Return the mark of the network of an address for one workshop, made with the site's key."""
    return networks.network_mark(f"feedback {token}", networks.network_of(address), key)


def flood_problems(session: Session, workshop: Workshop, network: str, now: datetime) -> Iterator[Problem]:
    """Yield why no further answer is taken from a network just now."""
    yield from room_problems(session, workshop, now)
    # A mark has the hour in which it was made, so it counts for a little less than 24 hours, and all day (in UTC).
    is_from_here = FeedbackAttempt.network == network
    if networks.count_attempts(session, FeedbackAttempt.at, now - KEPT, is_from_here) >= PER_NETWORK:
        message = N_("Very many answers came from your network today. Give yours to the trainer on paper.")
        yield Problem("too-many-from-here", message)


def room_problems(session: Session, workshop: Workshop, now: datetime) -> Iterator[Problem]:
    """Yield why a workshop takes no further answer just now."""
    counted = select(func.count(Feedback.id)).where(Feedback.workshop_id == workshop.id)
    in_all = session.scalar(counted) or 0
    today = session.scalar(counted.where(Feedback.day == now.date().isoformat())) or 0
    if in_all >= IN_ALL or today >= PER_DAY:
        message = N_("This workshop has more answers than it can take. Give yours to the trainer on paper.")
        yield Problem("too-many-answers", message)


def record_attempt(session: Session, network: str, now: datetime) -> None:
    """Record an attempt from a network in this hour; the caller commits before anything of the answer is stored."""
    hour = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    session.add(FeedbackAttempt(network=network, at=hour))


def forget_attempts(session: Session, now: datetime) -> None:
    """Delete the marks that are older than a day."""
    is_old = FeedbackAttempt.at < now - KEPT
    if session.scalar(select(exists().where(is_old))):  # looking costs little, and nobody else has to wait
        with write_transaction(session):
            session.execute(delete(FeedbackAttempt).where(is_old))
