"""Queries for people, by e-mail address, sign-in key or id."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload
from sqlalchemy.sql.elements import ColumnElement

from kb.accounts.model import User
from kb.accounts.validation import email_problems
from kb.errors import NotFound

# Every request of a signed-in user asks this: one query, built once, takes half of the time of two.
_BY_KEY = select(User).where(User.sign_in_key == bindparam("key")).options(joinedload(User.grants))


def plain_email(email: str) -> str:
    """Normalize an e-mail address: ignore capitals and surrounding space."""
    return email.strip().casefold()


def find_user(session: Session, email: str) -> User | None:
    """Return the person with this e-mail address, or `None`.

    An invalid address is not passed to the database, which might refuse it.
    """
    wanted = plain_email(email)
    return None if email_problems(wanted) else session.scalar(select(User).where(User.email == wanted))


def get_user(session: Session, email: str) -> User:
    """Return the person with this e-mail address. Raises `NotFound`."""
    if (user := find_user(session, email)) is None:
        raise NotFound(email)
    return user


def find_by_key(session: Session, sign_in_key: str) -> User | None:
    """Return the person with this sign-in key, or `None` if the sign-in has ended or the account is closed."""
    user = session.scalars(_BY_KEY, {"key": sign_in_key}).unique().one_or_none()
    return user if user is not None and user.is_active else None


def names_of(session: Session, user_ids: Iterable[int | None]) -> Mapping[int, str]:
    """Return the names of these people by id, for staff. Erased people are left out; pages say so."""
    return _names(session, user_ids, User.erased.is_(None))


def public_names_of(session: Session, user_ids: Iterable[int | None]) -> Mapping[int, str]:
    """Return the names of the people who allow readers to see them."""
    return _names(session, user_ids, User.is_named & User.erased.is_(None))


def _names(session: Session, user_ids: Iterable[int | None], meant: ColumnElement[bool]) -> Mapping[int, str]:
    ids = {each for each in user_ids if each is not None}
    if not ids:
        return {}
    rows = session.execute(select(User.id, User.name).where(User.id.in_(ids), meant))
    return {row.id: row.name for row in rows}


def new_key() -> str:
    """Return a new sign-in key; replacing the key ends all earlier sign-ins."""
    return secrets.token_urlsafe(32)
