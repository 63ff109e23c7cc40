"""Erasure of personal data in an account; the id stays, and the history of actions.

The action itself is in `privacy/account_deletion.py`, because drafts and notes belong to it too.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kb.accounts import audit_log
from kb.accounts.model import AuditAction, AuditEntry, KnownNetwork, SignInAttempt, Ticket, User
from kb.accounts.rate_limit import marks_of
from kb.accounts.role_grants import is_last_administrator
from kb.accounts.second_factor import forget
from kb.errors import Rejected
from kb.i18n import N_
from kb.problems import Problem

# Addresses below this name are never valid (RFC 2606).
_NOWHERE = "erased.invalid"


def require_another_administrator(session: Session, user: User) -> None:
    """Raise `Rejected` if this person is the last one who can give roles."""
    if is_last_administrator(session, user):
        message = N_(
            "You are the only administrator. Make someone else an administrator first. Otherwise, no one will be able "
            "to give people access."
        )
        raise Rejected([Problem("last-administrator", message)])


def called(session: Session, user: User) -> frozenset[str]:
    """Return the current and earlier names of a person and her address; earlier names come from the audit."""
    query = select(AuditEntry.detail).where(AuditEntry.user_id == user.id, AuditEntry.deed == AuditAction.RENAMED)
    earlier = (name for detail in session.scalars(query) for name in detail.split(" → "))
    return frozenset(filter(None, (user.email, user.name, *earlier)))


def unmistakable(names: Iterable[str]) -> tuple[str, ...]:
    """Return addresses and full names only: a name of one word may be an ordinary word."""
    return tuple(name for name in names if "@" in name or " " in name)


def finder(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that finds these names as whole words, ignoring capitals."""
    longest_first = sorted(map(re.escape, names), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)


def blank(session: Session, user: User, *, by: User | None, now: datetime, left: str = "") -> None:
    """Erase name, address, password, second factor, links, roles and sign-ins; the caller commits.

    Audit details that name the person are erased, in entries of all accounts. `left` names the records that still name
    her; the audit keeps it.
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
    audit_log.note(session, AuditAction.ERASED, user, by=by, now=now, detail=left)
