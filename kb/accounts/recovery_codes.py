"""Recovery codes: each replaces the second factor once. Only fingerprints of them are stored."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from kb.accounts.model import RecoveryCode, User

NUMBER = 10
# Without signs that look alike: 0 and o, 1, i and l. Four groups of four signs have 78 bits, too many to guess; so a
# fast fingerprint is enough.
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUPS, _GROUP = 4, 4


def make_codes(session: Session, user: User) -> tuple[str, ...]:
    """Return new codes, which are shown only now; earlier codes become invalid. The caller commits."""
    forget_codes(session, user)
    codes = tuple(_new_code() for _ in range(NUMBER))
    session.add_all(RecoveryCode(user_id=user.id, mark=_mark(user, code)) for code in codes)
    return codes


def use_code(session: Session, user: User, code: str, now: datetime) -> bool:
    """Use up a code; return whether it was valid and unused. The caller holds the database write lock and commits."""
    is_meant = (RecoveryCode.user_id == user.id) & (RecoveryCode.mark == _mark(user, code))
    found = session.scalar(select(RecoveryCode.id).where(is_meant, RecoveryCode.used.is_(None)))
    if found is None:
        return False
    session.execute(update(RecoveryCode).where(RecoveryCode.id == found).values(used=now))
    return True


def codes_left(session: Session, user: User) -> int:
    """Return how many codes are unused."""
    query = select(func.count(RecoveryCode.id)).where(RecoveryCode.user_id == user.id, RecoveryCode.used.is_(None))
    return session.scalar(query) or 0


def forget_codes(session: Session, user: User) -> None:
    """Delete all codes of a person; the caller commits."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))


def _new_code() -> str:
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def _mark(user: User, code: str) -> str:
    """Return the fingerprint of a code, ignoring capitals, spaces and hyphens."""
    plain = "".join(each for each in code.casefold() if each.isalnum())
    return hashlib.sha256(f"{user.id} {plain}".encode(errors="replace")).hexdigest()
