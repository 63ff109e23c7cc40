"""Proving who one is: each attempt counts as failed before it is looked at, and is forgiven once it was right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.passwords import is_right
from kb.accounts.throttle import Limits, begin_attempt, forgive, too_many
from kb.db import begin_write
from kb.errors import Rejected

LIMITS = Limits()


def prove_password(
    session: Session,
    user: User | None,
    email: str,
    password: str,
    address: str,
    now: datetime,
    limits: Limits = LIMITS,
) -> bool:
    """Whether this is the password of somebody who may sign in. Raises `Rejected` after too many attempts."""
    # Who was invited and has no password yet takes as long as anybody else.
    kept = (user.password_hash or None) if user is not None and user.is_active else None
    return prove(session, email, lambda: is_right(password, kept), address, now, limits)


def prove(
    session: Session, name: str, check: Callable[[], bool], address: str, now: datetime, limits: Limits = LIMITS
) -> bool:
    """Whether `check` says yes, counting the attempt under a name. Raises `Rejected` after too many, without asking."""
    begin_write(session)
    attempt = begin_attempt(session, name, address, now, limits)
    session.commit()
    if attempt is None:
        raise Rejected([too_many(limits)])
    is_proved = check()
    if is_proved:
        begin_write(session)
        forgive(session, attempt)
        session.commit()
    return is_proved
