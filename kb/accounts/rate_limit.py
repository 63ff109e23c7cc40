"""Rate limit of sign-ins and of requests for a new password, by rows in the database that all workers share."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from kb.accounts.model import SignInAttempt
from kb.accounts.networks import count_attempts, customer_of, network_of
from kb.i18n import N_
from kb.problems import Problem

# Attempts of other kinds count separately: after a failed sign-in a user may still request a new password.
RESETS = "reset "
CO_TRAINERS = "co-trainer "
# An IPv6 customer has up to 65,536 networks (/64 in a /48); together they may fail this many times as often as one.
CUSTOMER = 2


@dataclass(frozen=True)
class Limits:
    """The number of failures allowed within `window`, and how long they are kept.

    `per_email` counts failures for one e-mail address from one network, so that users elsewhere are not locked out.
    `from_everywhere` counts those for one e-mail address from all networks, except for users from a known network
    (`known_networks.py`). `per_address` counts those from one network for all e-mail addresses.
    """

    per_email: int = 5
    from_everywhere: int = 25
    per_address: int = 20
    window: timedelta = timedelta(minutes=15)
    kept: timedelta = timedelta(hours=24)


def begin_attempt(
    session: Session,
    email: str,
    address: str,
    now: datetime,
    limits: Limits,
    *,
    kind: str = "",
    is_known: bool = False,
) -> SignInAttempt | None:
    """Record an attempt as failed *before* the password is checked, so that concurrent guesses count as well.

    Attempts of one `kind` (by default a sign-in) count together. Returns `None` if there were too many. If the network
    `is_known`, failures from other networks do not count. The caller holds the write lock of the database and commits.
    """
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - limits.kept))
    mark, network = _email_mark(kind + email.strip()), kind + network_of(address)
    since = now - limits.window
    for_this = SignInAttempt.email_mark == mark
    counted = [] if is_known else [(for_this, limits.from_everywhere)]
    for place, times in _places(kind, address):
        counted += [(for_this & place, times * limits.per_email), (place, times * limits.per_address)]
    if any(count_attempts(session, SignInAttempt.at, since, which) >= limit for which, limit in counted):
        return None
    attempt = SignInAttempt(email_mark=mark, address=network, at=now)
    session.add(attempt)
    return attempt


def forgive(session: Session, attempt: SignInAttempt) -> None:
    """Delete this person's failures from this network after the right password; the caller commits."""
    session.execute(
        delete(SignInAttempt).where(
            SignInAttempt.email_mark == attempt.email_mark, SignInAttempt.address == attempt.address
        )
    )


def failures(session: Session, now: datetime) -> int:
    """Return how many sign-ins failed within a day; their users are not stored."""
    is_sign_in = (SignInAttempt.address.not_like(f"{kind}%") for kind in (RESETS, CO_TRAINERS))
    return count_attempts(session, SignInAttempt.at, now - Limits().kept, and_(*is_sign_in))


def too_many(limits: Limits) -> Problem:
    """Return the problem that says how long to wait."""
    message = N_("Too many attempts. Wait %(minutes)s minutes, then try again.")
    return Problem("too-many-attempts", message, params={"minutes": int(limits.window.total_seconds() // 60)})


def _email_mark(email: str) -> str:
    """Return the fingerprint under which attempts for an e-mail address are counted."""
    return hashlib.sha256(email.strip().casefold().encode(errors="replace")).hexdigest()


def code_name(number: int) -> str:
    """Return the name under which wrong codes of an account are counted.

    It is not the e-mail address, because there the right password deletes earlier failures.
    """
    return f"second factor of {number}"


def own_password_name(number: int) -> str:
    """Return the name under which wrong current passwords of a signed-in person are counted."""
    return f"present password of {number}"


def recovery_name(number: int) -> str:
    """Return the name under which wrong recovery codes are counted, separately from wrong app codes."""
    return f"recovery codes of {number}"


def marks_of(email: str, number: int) -> Mapping[str, str]:
    """Return all counted attempts of one person by fingerprint: sign-ins, codes, requests for a new password."""
    return {
        _email_mark(email): "password",
        _email_mark(own_password_name(number)): "present password",
        _email_mark(code_name(number)): "second factor",
        _email_mark(recovery_name(number)): "recovery code",
        _email_mark(RESETS + email.strip()): "request for a new password",
        _email_mark(CO_TRAINERS + str(number)): "attempt to add a co-trainer",
    }


def _places(kind: str, address: str) -> Iterator[tuple[ColumnElement[bool], int]]:
    """Yield the network of an address and all networks of the same customer, with the factor of their limits."""
    yield SignInAttempt.address == kind + network_of(address), 1
    if (customer := customer_of(address)).endswith(":"):
        yield SignInAttempt.address.startswith(kind + customer, autoescape=True), CUSTOMER
