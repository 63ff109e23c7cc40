"""The verbs that change an account. `by` is who does it, `None` for the command line, which may do everything.

Whatever ends the sign-ins of a person gives them a new `sign_in_key`, which is what their cookies name.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kb.accounts import audit
from kb.accounts.model import Deed, Grant, Role, User
from kb.accounts.passwords import hash_password, is_outdated, password_problems
from kb.accounts.permissions import Permission, require
from kb.accounts.proving import LIMITS, prove_password
from kb.accounts.store import find_user, plain_email
from kb.accounts.throttle import Limits
from kb.db import begin_write
from kb.errors import Rejected
from kb.i18n import N_
from kb.problems import Problem

_LONGEST_NAME = 200
_LONGEST_EMAIL = 254


def create_user(
    session: Session, *, email: str, name: str, password: str, roles: Sequence[Role], by: User | None, now: datetime
) -> User:
    """Create an account. Raises `Forbidden`, or `Rejected` with every problem."""
    _may_manage(by)
    name, email = " ".join(name.split()), plain_email(email)
    problems = [*_email_problems(email), *_name_problems(name), *password_problems(password, email=email, name=name)]
    if problems:
        raise Rejected(problems)
    user = User(
        email=email,
        name=name,
        password_hash=hash_password(password),
        sign_in_key=_new_key(),
        created=now,
        is_active=True,
    )
    begin_write(session)
    try:
        session.add(user)
        session.flush()
    except IntegrityError:
        session.rollback()
        raise Rejected([_taken(email)]) from None
    audit.note(session, Deed.CREATED, user, by=by, now=now)
    for role in roles:
        _give(session, user, role, by, now)
    session.commit()
    return user


def grant(session: Session, user: User, role: Role, *, by: User | None, now: datetime) -> None:
    """Give a role; one that the person has already stays. Raises `Forbidden`, or `Rejected` for a closed account."""
    _may_manage(by)
    if not user.is_active:
        message = N_("The account %(email)s is closed; it cannot be given a role.")
        raise Rejected([Problem("closed-account", message, ("email",), params={"email": user.email})])
    begin_write(session)
    session.refresh(user)
    if role not in user.roles:
        _give(session, user, role, by, now)
    session.commit()


def revoke(session: Session, user: User, role: Role, *, by: User | None, now: datetime) -> None:
    """Take a role away; it counts from the person's next click. Raises `Forbidden`."""
    _may_manage(by)
    begin_write(session)
    session.refresh(user)
    if kept := [each for each in user.grants if each.role == role]:
        user.grants.remove(kept[0])
        audit.note(session, Deed.REVOKED, user, by=by, now=now, detail=role.value)
    session.commit()


def deactivate(session: Session, user: User, *, by: User | None, now: datetime) -> None:
    """Close an account and end its sign-ins at once. What the person wrote stays under their name."""
    _may_manage(by)
    begin_write(session)
    user.is_active, user.sign_in_key = False, _new_key()
    audit.note(session, Deed.DEACTIVATED, user, by=by, now=now)
    session.commit()


def rename(session: Session, user: User, name: str, *, now: datetime) -> None:
    """Change one's own name. Raises `Rejected`."""
    name = " ".join(name.split())
    if problems := _name_problems(name):
        raise Rejected(problems)
    begin_write(session)
    audit.note(session, Deed.RENAMED, user, by=user, now=now, detail=f"{user.name} → {name}")
    user.name = name
    session.commit()


def change_password(
    session: Session, user: User, *, current: str, new: str, address: str, now: datetime, limits: Limits = LIMITS
) -> None:
    """Change one's own password and end all sign-ins. Raises `Rejected`; wrong guesses of the present one count."""
    problems = [
        Problem(each.code, each.message, ("new",), params=each.params)
        for each in password_problems(new, email=user.email, name=user.name)
    ]
    if not prove_password(session, user, user.email, current, address, now, limits):
        problems.insert(0, Problem("wrong-password", N_("This is not your present password."), ("current",)))
    if problems:
        raise Rejected(problems)
    made = hash_password(new)
    begin_write(session)
    user.password_hash, user.sign_in_key = made, _new_key()
    audit.note(session, Deed.PASSWORD_CHANGED, user, by=user, now=now)
    session.commit()


def sign_out_everywhere(session: Session, user: User, *, now: datetime) -> None:
    """End all sign-ins of a person, on every device."""
    begin_write(session)
    user.sign_in_key = _new_key()
    audit.note(session, Deed.SIGN_INS_ENDED, user, by=user, now=now)
    session.commit()


def sign_in(session: Session, email: str, password: str, address: str, now: datetime, limits: Limits = LIMITS) -> User:
    """Return the person whose e-mail address and password these are. Raises `Rejected`.

    The answer is the same, and takes as long, for an unknown address, a wrong password and a closed account. Whoever
    has a second factor is not signed in by this alone: `second_factor.sign_in_by_code` is the other half.
    """
    user = find_user(session, email)
    if not prove_password(session, user, email, password, address, now, limits) or user is None:
        message = N_("There is no account with this e-mail address and password.")
        raise Rejected([Problem("wrong-sign-in", message, ("email",))])
    begin_write(session)
    if is_outdated(user.password_hash):
        user.password_hash = hash_password(password)
    if user.totp_confirmed is None:  # else the code comes first
        audit.note(session, Deed.SIGNED_IN, user, by=user, now=now)
    session.commit()
    return user


def _give(session: Session, user: User, role: Role, by: User | None, now: datetime) -> None:
    user.grants.append(Grant(role=role.value, granted_by=by.id if by else None, at=now))
    audit.note(session, Deed.GRANTED, user, by=by, now=now, detail=role.value)


def _may_manage(by: User | None) -> None:
    if by is not None:
        require(by, Permission.MANAGE_PEOPLE)


def _new_key() -> str:
    return secrets.token_urlsafe(32)


def _email_problems(email: str) -> tuple[Problem, ...]:
    before, at, after = email.partition("@")
    if not (before and at and after) or len(email) > _LONGEST_EMAIL or any(mark.isspace() for mark in email):
        message = N_("Write an e-mail address, such as ana@example.org.")
        return (Problem("bad-email", message, ("email",)),)
    return ()


def _name_problems(name: str) -> tuple[Problem, ...]:
    if not name:
        return (Problem("missing-name", N_("Write the name that others see beside the changes."), ("name",)),)
    if len(name) > _LONGEST_NAME:
        message = N_("The name is longer than %(limit)s characters; shorten it.")
        return (Problem("long-name", message, ("name",), params={"limit": _LONGEST_NAME}),)
    return ()


def _taken(email: str) -> Problem:
    message = N_("There is already an account with the address %(email)s.")
    return Problem("email-taken", message, ("email",), params={"email": email})
