"""Slowing down whoever hands in too much, by the network it comes from, of which only a mark is kept, and for a day."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.accounts.rate_limit import customer_of
from kb.editing.model import SuggestionAttempt
from kb.errors import Rejected
from kb.i18n import N_
from kb.problems import Problem

PER_HOUR, PER_DAY = 5, 15  # from one network
IN_ALL = 300  # a day, from everywhere: more than curators can read
KEPT = timedelta(days=1)


def network_mark(address: str, key: str) -> str:
    """Return what stands for the network that somebody comes from: nobody without the site's key can tell which."""
    return hmac.new(key.encode(), f"suggestion {customer_of(address)}".encode(), hashlib.sha256).hexdigest()


def is_full(session: Session, now: datetime) -> bool:
    """Say whether so much came from everywhere within a day that nothing more is taken."""
    counted = select(func.count(SuggestionAttempt.id)).where(SuggestionAttempt.at > now - KEPT)
    return (session.scalar(counted) or 0) >= IN_ALL


def count_attempt(session: Session, network: str, now: datetime) -> None:
    """Count what comes from a network; the caller commits. Raises `Rejected` after too many, and writes nothing."""
    counted = select(func.count(SuggestionAttempt.id)).where(SuggestionAttempt.network == network)
    for limit, span in ((PER_HOUR, timedelta(hours=1)), (PER_DAY, KEPT)):
        if (session.scalar(counted.where(SuggestionAttempt.at > now - span)) or 0) >= limit:
            session.rollback()
            message = N_("Too much came from your network just now. Your text stands below; send it again in an hour.")
            raise Rejected([Problem("too-many-suggestions", message)])
    if is_full(session, now):
        session.rollback()
        message = N_(
            "This site takes no more suggestions today. Your text stands below; keep it, and send it tomorrow."
        )
        raise Rejected([Problem("too-many-suggestions-in-all", message)])
    session.add(SuggestionAttempt(network=network, at=now))
