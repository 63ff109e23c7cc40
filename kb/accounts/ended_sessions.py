"""Ended sign-ins: a list of revoked cookies, so that copies of them are useless.

Sign-ins have no rows of their own. Expired ones are not listed, because their cookie contains the time.
"""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import EndedSignIn
from kb.db import write_transaction


def new_sign_in() -> str:
    """Return a new id for one sign-in in one browser, for its cookie."""
    return secrets.token_urlsafe(16)


def end(session: Session, sign_in: str, *, until: datetime) -> None:
    """Revoke a sign-in; `until` is the expiry of its cookie, after which the row is not needed."""
    with write_transaction(session):
        session.merge(EndedSignIn(id=sign_in, until=until))


def has_ended(session: Session, sign_in: str) -> bool:
    """Return whether a sign-in was revoked."""
    return session.get(EndedSignIn, sign_in) is not None
