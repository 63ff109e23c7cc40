"""Recovery codes: each stands in for the second factor once. Only fingerprints of them are kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from kb.accounts.model import RecoveryCode, User

NUMBER = 10
# Without the signs that look like others: 0 and o, 1, i and l. Four times four of these are 78 bits, more than anybody
# tries; so a fast fingerprint is enough.
_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
_GROUPS, _GROUP = 4, 4


def make_codes(session: Session, user: User) -> tuple[str, ...]:
    """Return new codes, to be shown this once; those from before no longer count. The caller commits."""
    forget_codes(session, user)
    codes = tuple(_new_code() for _ in range(NUMBER))
    session.add_all(RecoveryCode(user_id=user.id, mark=_mark(user, code)) for code in codes)
    return codes


def use_code(session: Session, user: User, code: str, now: datetime) -> bool:
    """Whether this was an unused code; it is used now. The caller holds the write lock of the database and commits."""
    is_meant = (RecoveryCode.user_id == user.id) & (RecoveryCode.mark == _mark(user, code))
    found = session.scalar(select(RecoveryCode.id).where(is_meant, RecoveryCode.used.is_(None)))
    if found is None:
        return False
    session.execute(update(RecoveryCode).where(RecoveryCode.id == found).values(used=now))
    return True


def codes_left(session: Session, user: User) -> int:
    """Return how many codes have not been used."""
    query = select(func.count(RecoveryCode.id)).where(RecoveryCode.user_id == user.id, RecoveryCode.used.is_(None))
    return session.scalar(query) or 0


def forget_codes(session: Session, user: User) -> None:
    """Let all codes of a person go; the caller commits."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))


def _new_code() -> str:
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def _mark(user: User, code: str) -> str:
    """The same for a code however it is written: capitals, spaces and hyphens do not count."""
    plain = "".join(each for each in code.casefold() if each.isalnum())
    return hashlib.sha256(f"{user.id} {plain}".encode(errors="replace")).hexdigest()
