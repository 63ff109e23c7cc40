"""Slowing down whoever hands in too much, by the network it comes from, of which only a mark is kept, and for a day."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.accounts.throttle import network_of
from kb.curation.model import SuggestionAttempt
from kb.errors import Rejected
from kb.i18n import N_
from kb.problems import Problem

PER_HOUR, PER_DAY = 5, 15  # from one network
KEPT = timedelta(days=1)


def network_mark(address: str, key: str) -> str:
    """Return what stands for the network that somebody comes from: nobody without the site's key can tell which."""
    return hmac.new(key.encode(), f"suggestion {network_of(address)}".encode(), hashlib.sha256).hexdigest()


def count_attempt(session: Session, network: str, now: datetime) -> None:
    """Count what comes from a network; the caller commits. Raises `Rejected` after too many, and writes nothing."""
    counted = select(func.count(SuggestionAttempt.id)).where(SuggestionAttempt.network == network)
    for limit, span in ((PER_HOUR, timedelta(hours=1)), (PER_DAY, KEPT)):
        if (session.scalar(counted.where(SuggestionAttempt.at > now - span)) or 0) >= limit:
            session.rollback()
            message = N_("Too much came from your network just now. Your text stands below; send it again in an hour.")
            raise Rejected([Problem("too-many-suggestions", message)])
    session.add(SuggestionAttempt(network=network, at=now))
