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

# Attempts of another kind are counted apart: who has just failed to sign in may still ask for a new password.
RESETS = "reset "
CO_TRAINERS = "co-trainer "
# A customer with IPv6 has up to 65,536 networks (/64 in a /48); all of them may fail so many times as often as one.
CUSTOMER = 2


@dataclass(frozen=True)
class Limits:
    """How many failures are let pass within `window`, and how long they are kept at all.

    `per_email` counts those from one network, so that nobody elsewhere is locked out by them; `from_everywhere` those
    for one address of mail from all networks, save for whoever comes from a known one (`known_networks.py`);
    `per_address` those from one network, whoever was meant.
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
    """Write an attempt down as failed *before* the password is compared, so that guesses sent at once count as well.

    Those of one `kind` (a sign-in, unless told otherwise) count together. Returns `None` if there were too many; what
    others fail at elsewhere does not count where the network `is_known`. The caller holds the write lock of the
    database and commits.
    """
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - limits.kept))
    mark, network = email_mark(kind + email.strip()), kind + network_of(address)
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
    """Take back what this person failed at from this network before the right password came; the caller commits."""
    session.execute(
        delete(SignInAttempt).where(
            SignInAttempt.email_mark == attempt.email_mark, SignInAttempt.address == attempt.address
        )
    )


def failures(session: Session, now: datetime) -> int:
    """Return how many sign-ins failed within a day; of whom is not kept."""
    is_sign_in = (SignInAttempt.address.not_like(f"{kind}%") for kind in (RESETS, CO_TRAINERS))
    return count_attempts(session, SignInAttempt.at, now - Limits().kept, and_(*is_sign_in))


def too_many(limits: Limits) -> Problem:
    """Return the problem of whoever has to wait."""
    message = N_("There were too many attempts. Wait %(minutes)s minutes, then try again.")
    return Problem("too-many-attempts", message, params={"minutes": int(limits.window.total_seconds() // 60)})


def email_mark(email: str) -> str:
    """Return the fingerprint under which attempts for an e-mail address are counted."""
    return hashlib.sha256(email.strip().casefold().encode(errors="replace")).hexdigest()


def code_name(number: int) -> str:
    """Return the name under which wrong codes of an account are counted.

    Not the address: there the right password forgives what was wrong before.
    """
    return f"second factor of {number}"


def own_password_name(number: int) -> str:
    """Return the name under which wrong present passwords are counted: those of somebody signed in."""
    return f"present password of {number}"


def recovery_name(number: int) -> str:
    """Return the name under which wrong recovery codes are counted: guessed codes of the app do not bar them."""
    return f"recovery codes of {number}"


def marks_of(email: str, number: int) -> Mapping[str, str]:
    """Return by fingerprint what may be counted of one person: signing in, codes, requests for a new password."""
    return {
        email_mark(email): "password",
        email_mark(own_password_name(number)): "present password",
        email_mark(code_name(number)): "second factor",
        email_mark(recovery_name(number)): "recovery code",
        email_mark(RESETS + email.strip()): "request for a new password",
        email_mark(CO_TRAINERS + str(number)): "attempt to add a co-trainer",
    }


def _places(kind: str, address: str) -> Iterator[tuple[ColumnElement[bool], int]]:
    """Yield the network somebody comes from and all of the same customer, with how many times as often each may."""
    yield SignInAttempt.address == kind + network_of(address), 1
    if (customer := customer_of(address)).endswith(":"):
        yield SignInAttempt.address.startswith(kind + customer, autoescape=True), CUSTOMER
