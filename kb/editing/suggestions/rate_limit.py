"""Rate limit of suggestions by network; stores only a fingerprint of the network, for a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from kb.accounts import networks
from kb.editing.model import SuggestionAttempt
from kb.errors import Rejected
from kb.i18n import N_
from kb.problems import Problem

PER_HOUR, PER_DAY = 5, 15  # from one network
IN_ALL = 300  # a day in total: more than curators can read
KEPT = timedelta(days=1)


def network_mark(address: str, key: str) -> str:
    """Return the fingerprint of an address's network, made with the site's key."""
    return networks.network_mark("suggestion", networks.customer_of(address), key)


def is_full(session: Session, now: datetime) -> bool:
    """Return whether the total of the last day has reached the limit."""
    return networks.count_attempts(session, SuggestionAttempt.at, now - KEPT) >= IN_ALL


def record_attempt(session: Session, network: str, now: datetime) -> None:
    """Record an attempt from a network; the caller commits. Raises `Rejected` after too many."""
    is_from_here = SuggestionAttempt.network == network
    for limit, span in ((PER_HOUR, timedelta(hours=1)), (PER_DAY, KEPT)):
        if networks.count_attempts(session, SuggestionAttempt.at, now - span, is_from_here) >= limit:
            message = N_(
                "Too many messages were sent from your network. Your text is still below. Send it again in an hour."
            )
            raise Rejected([Problem("too-many-suggestions", message)])
    if is_full(session, now):
        message = N_(
            "This site cannot accept any more suggestions today. Your text is below. Save it and send it tomorrow."
        )
        raise Rejected([Problem("too-many-suggestions-in-all", message)])
    session.add(SuggestionAttempt(network=network, at=now))
