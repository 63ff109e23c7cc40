"""Finding people, and the keys that their sign-ins name."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from kb.accounts.model import User
from kb.accounts.validation import email_problems
from kb.errors import NotFound


def plain_email(email: str) -> str:
    """Return an e-mail address as it is kept: without regard to capitals."""
    return email.strip().casefold()


def find_user(session: Session, email: str) -> User | None:
    """Return the person with this e-mail address, or `None`.

    What can be nobody's is not asked of the database: it might not even take it.
    """
    wanted = plain_email(email)
    return None if email_problems(wanted) else session.scalar(select(User).where(User.email == wanted))


def get_user(session: Session, email: str) -> User:
    """Return the person with this e-mail address. Raises `NotFound`."""
    if (user := find_user(session, email)) is None:
        raise NotFound(email)
    return user


def find_by_key(session: Session, sign_in_key: str) -> User | None:
    """Return the person a sign-in belongs to, or `None` if it has ended or the account is closed."""
    user = session.scalar(select(User).where(User.sign_in_key == sign_in_key))
    return user if user is not None and user.is_active else None


def names_of(session: Session, user_ids: Iterable[int | None]) -> Mapping[int, str]:
    """Return the names of these people by id, for those who work here. Whoever was erased has none: pages say so."""
    return _names(session, user_ids, User.erased.is_(None))


def public_names_of(session: Session, user_ids: Iterable[int | None]) -> Mapping[int, str]:
    """Return the names of those who chose that readers may see them."""
    return _names(session, user_ids, User.is_named & User.erased.is_(None))


def _names(session: Session, user_ids: Iterable[int | None], meant: ColumnElement[bool]) -> Mapping[int, str]:
    ids = {each for each in user_ids if each is not None}
    if not ids:
        return {}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(ids), meant))
    return {row.id: row.name for row in rows}


def new_key() -> str:
    """Return a new key for sign-ins: with it all those of before have ended."""
    return secrets.token_urlsafe(32)
