"""What goes of an account when somebody leaves for good: all that says who it was. The number stays, and what was done.

The verb is `privacy/account_deletion.py`, as drafts and notes belong to it too.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kb.accounts import audit_log
from kb.accounts.model import AuditEntry, Deed, KnownNetwork, SignInAttempt, Ticket, User
from kb.accounts.rate_limit import marks_of
from kb.accounts.role_grants import is_last_administrator
from kb.accounts.second_factor import forget
from kb.errors import Rejected
from kb.i18n import N_
from kb.problems import Problem

# Addresses below this name lead nowhere, for good (RFC 2606).
_NOWHERE = "erased.invalid"


def require_another_administrator(session: Session, user: User) -> None:
    """Raise `Rejected` if nobody else could give roles once this person is gone."""
    if is_last_administrator(session, user):
        message = N_(
            "You are the only administrator. Give this role to somebody else first, or nobody could let people in."
        )
        raise Rejected([Problem("last-administrator", message)])


def called(session: Session, user: User) -> frozenset[str]:
    """Return what somebody is and was called: address and names, those of before out of the record of deeds."""
    query = select(AuditEntry.detail).where(AuditEntry.user_id == user.id, AuditEntry.deed == Deed.RENAMED)
    earlier = (name for detail in session.scalars(query) for name in detail.split(" → "))
    return frozenset(filter(None, (user.email, user.name, *earlier)))


def unmistakable(names: Iterable[str]) -> tuple[str, ...]:
    """Return addresses and full names: a name of one word may be a word like any other."""
    return tuple(name for name in names if "@" in name or " " in name)


def finder(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds these names where they stand as words of their own, whatever the capitals."""
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)


def blank(session: Session, user: User, *, by: User | None, now: datetime, left: str = "") -> None:
    """Take name, address, password, second factor, links, roles and sign-ins away; the caller commits.

    Of the record of deeds the details go that name the person, whoever's account they are about. `left` names the
    records that still do, which is on record.
    """
    names = called(session, user)
    anybody, own = finder(unmistakable(names)), finder(names)
    for entry in session.scalars(select(AuditEntry).where(AuditEntry.detail != "")):
        if (own if entry.user_id == user.id else anybody).search(entry.detail):
            entry.detail = ""
    for table in (Ticket, KnownNetwork):
        session.execute(delete(table).where(table.user_id == user.id))
    session.execute(delete(SignInAttempt).where(SignInAttempt.email_mark.in_(marks_of(user.email, user.id))))
    forget(session, user)
    user.grants.clear()
    user.email, user.name = f"{user.id}-{secrets.token_hex(4)}@{_NOWHERE}", ""
    user.password_hash, user.sign_in_key = "", secrets.token_urlsafe(32)
    user.language, user.is_named, user.is_active, user.erased = "en", False, False, now
    audit_log.note(session, Deed.ERASED, user, by=by, now=now, detail=left)
