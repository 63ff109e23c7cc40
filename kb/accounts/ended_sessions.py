"""Sign-ins that somebody has ended: their cookies open nothing any more, wherever a copy of one lies.

Sign-ins have no rows of their own. One that ends by itself is not here, as its cookie says when that is.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import EndedSignIn
from kb.db import write_transaction


def new_sign_in() -> str:
    """Return what a cookie calls one sign-in, on one browser."""
    return secrets.token_urlsafe(16)


def end(session: Session, sign_in: str, *, until: datetime) -> None:
    """Let a sign-in count no more; after `until` its cookie would not anyhow, and nothing has to be remembered."""
    with write_transaction(session):
        session.merge(EndedSignIn(id=sign_in, until=until))


def has_ended(session: Session, sign_in: str) -> bool:
    """Say whether somebody has ended a sign-in."""
    return session.get(EndedSignIn, sign_in) is not None
