"""Slowing down whoever guesses passwords or asks for new ones, by rows in the database that all workers share."""

from __future__ import annotations

import hashlib
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from kb.accounts.model import SignInAttempt
from kb.i18n import N_
from kb.problems import Problem

# Attempts of another kind are counted apart: who has just failed to sign in may still ask for a new password.
RESETS = "reset "


@dataclass(frozen=True)
class Limits:
    """How many failures are let pass within `window`, and how long they are kept at all.

    `per_email` counts those from one network, so that nobody elsewhere is locked out by them; `from_everywhere` those
    for one address of mail from all networks; `per_address` those from one network, whoever was meant.
    """

    per_email: int = 5
    from_everywhere: int = 25
    per_address: int = 20
    window: timedelta = timedelta(minutes=15)
    kept: timedelta = timedelta(hours=24)


def begin_attempt(
    session: Session, email: str, address: str, now: datetime, limits: Limits, *, kind: str = ""
) -> SignInAttempt | None:
    """Write an attempt down as failed *before* the password is compared, so that guesses sent at once count as well.

    Those of one `kind` (a sign-in, unless told otherwise) count together. Returns `None` if there were too many. The
    caller holds the write lock of the database and commits.
    """
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - limits.kept))
    mark, network = email_mark(kind + email.strip()), kind + network_of(address)
    since = now - limits.window
    for_this, from_here = SignInAttempt.email_mark == mark, SignInAttempt.address == network
    if (
        _count(session, for_this & from_here, since) >= limits.per_email
        or _count(session, for_this, since) >= limits.from_everywhere
        or _count(session, from_here, since) >= limits.per_address
    ):
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
    is_sign_in = SignInAttempt.address.not_like(f"{RESETS}%")
    return _count(session, is_sign_in, now - Limits().kept)


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


def marks_of(email: str, number: int) -> Mapping[str, str]:
    """Return by fingerprint what may be counted of one person: signing in, codes, requests for a new password."""
    return {
        email_mark(email): "password",
        email_mark(code_name(number)): "second factor",
        email_mark(RESETS + email.strip()): "request for a new password",
    }


def network_of(address: str) -> str:
    """Return the address, or the network of an IPv6 address: everybody has billions of those."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((int(parsed), 64), strict=False))


def _count(session: Session, which: ColumnElement[bool], since: datetime) -> int:
    return session.scalar(select(func.count(SignInAttempt.id)).where(which, SignInAttempt.at > since)) or 0
