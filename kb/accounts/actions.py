"""Actions that change an account. `by` is the person who acts, `None` for the command line, which may do everything.

Every action that ends the sign-ins of a person sets a new `sign_in_key`, which is the value in their cookies.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kb.accounts import audit_log
from kb.accounts.authentication import LIMITS, prove_own_password, prove_password
from kb.accounts.model import AuditAction, Role, User
from kb.accounts.one_time_links import void_links
from kb.accounts.passwords import hash_password, is_outdated, password_problems
from kb.accounts.queries import find_user, new_key, plain_email
from kb.accounts.rate_limit import Limits
from kb.accounts.role_grants import give, is_last_administrator, last_administrator, require_manager, take
from kb.accounts.role_scope import EVERYTHING, Reach, reach_problems
from kb.accounts.validation import email_problems, name_problems, plain_name, taken
from kb.db import begin_write, write_transaction
from kb.errors import Rejected
from kb.i18n import N_
from kb.problems import Problem


def create_user(
    session: Session, *, email: str, name: str, password: str, roles: Sequence[Role], by: User | None, now: datetime
) -> User:
    """Create an account. Raises `Forbidden`, or `Rejected` with every problem."""
    require_manager(by)
    name, email = plain_name(name), plain_email(email)
    problems = [*email_problems(email), *name_problems(name), *password_problems(password, email=email, name=name)]
    if problems:
        raise Rejected(problems)
    user = User(
        email=email,
        name=name,
        password_hash=hash_password(password),
        sign_in_key=new_key(),
        created=now,
        is_active=True,
    )
    begin_write(session)
    try:
        session.add(user)
        session.flush()
    except IntegrityError:
        session.rollback()
        raise Rejected([taken(email)]) from None
    audit_log.note(session, AuditAction.CREATED, user, by=by, now=now)
    for role in roles:
        give(session, user, role, by, now)
    session.commit()
    return user


def grant(
    session: Session, user: User, role: Role, *, reach: Reach = EVERYTHING, by: User | None, now: datetime
) -> None:
    """Give a role; if the person already has it, replace its limits.

    The caller has checked that the limits exist. Raises `Forbidden`, or `Rejected` for a closed account and for an
    administrator with limits.
    """
    require_manager(by)
    problems = list(reach_problems(role, reach))
    if not user.is_active:
        message = N_("The account %(email)s is closed. Reopen it before you give it a role.")
        problems.append(Problem("closed-account", message, ("email",), params={"email": user.email}))
    if problems:
        raise Rejected(problems)
    with write_transaction(session):
        session.refresh(user)
        give(session, user, role, by, now, reach)


def revoke(session: Session, user: User, role: Role, *, by: User | None, now: datetime) -> None:
    """Revoke a role, with effect from the person's next request.

    Raises `Forbidden`, or `Rejected` for the last administrator. The command line may revoke it, because it can create
    one.
    """
    require_manager(by)
    with write_transaction(session):
        session.refresh(user)
        if by is not None and role is Role.ADMINISTRATOR and is_last_administrator(session, user):
            raise Rejected([last_administrator()])
        take(session, user, role, by, now)


def deactivate(session: Session, user: User, *, by: User | None, now: datetime) -> None:
    """Close an account and end its sign-ins and links at once. Texts that the person wrote keep their name.

    Raises `Forbidden`, or `Rejected` for the last administrator. The command line may close it, because it can create
    one.
    """
    require_manager(by)
    with write_transaction(session):
        if by is not None and is_last_administrator(session, user):
            raise Rejected([last_administrator()])
        void_links(session, user, now)
        user.is_active, user.sign_in_key = False, new_key()
        audit_log.note(session, AuditAction.DEACTIVATED, user, by=by, now=now)


def reopen(session: Session, user: User, *, by: User | None, now: datetime) -> None:
    """Reopen a closed account with its earlier roles. Raises `Forbidden`, or `Rejected` for an erased one."""
    require_manager(by)
    if user.erased is not None:
        message = N_("This account was erased. Invite the person again.")
        raise Rejected([Problem("erased-account", message, ("email",))])
    with write_transaction(session):
        session.refresh(user)
        if not user.is_active:
            user.is_active = True
            audit_log.note(session, AuditAction.REOPENED, user, by=by, now=now)


def rename(session: Session, user: User, name: str, *, now: datetime) -> None:
    """Change one's own name. Raises `Rejected`."""
    name = plain_name(name)
    if problems := name_problems(name):
        raise Rejected(problems)
    with write_transaction(session):
        audit_log.note(session, AuditAction.RENAMED, user, by=user, now=now, detail=f"{user.name} → {name}")
        user.name = name


def change_password(
    session: Session, user: User, *, current: str, new: str, address: str, now: datetime, limits: Limits = LIMITS
) -> None:
    """Change one's own password and end all sign-ins. Raises `Rejected`; wrong guesses of the current one count."""
    problems = [
        Problem(each.code, each.message, ("new",), params=each.params)
        for each in password_problems(new, email=user.email, name=user.name)
    ]
    if not prove_own_password(session, user, current, address, now, limits):
        problems.insert(0, Problem("wrong-password", N_("This is not your current password."), ("current",)))
    if problems:
        raise Rejected(problems)
    made = hash_password(new)
    with write_transaction(session):
        void_links(session, user, now)
        user.password_hash, user.sign_in_key = made, new_key()
        audit_log.note(session, AuditAction.PASSWORD_CHANGED, user, by=user, now=now)


def sign_out_everywhere(session: Session, user: User, *, now: datetime) -> None:
    """End all sign-ins of a person, on every device."""
    with write_transaction(session):
        user.sign_in_key = new_key()
        audit_log.note(session, AuditAction.SIGN_INS_ENDED, user, by=user, now=now)


def sign_everybody_out(session: Session, *, now: datetime) -> int:
    """End all sign-ins of all people, on every device, in one transaction; return the number of accounts."""
    with write_transaction(session):
        people = session.scalars(select(User).where(User.erased.is_(None))).all()
        for user in people:
            user.sign_in_key = new_key()
            audit_log.note(session, AuditAction.SIGN_INS_ENDED, user, by=None, now=now)
    return len(people)


def sign_in(
    session: Session,
    email: str,
    password: str,
    address: str,
    now: datetime,
    limits: Limits = LIMITS,
    *,
    network: str = "",
) -> User:
    """Return the person with this e-mail address and password. Raises `Rejected`.

    The response and its time are the same for an unknown address, a wrong password and a closed account. This alone
    does not sign in a person with a second factor: `second_factor.sign_in_by_code` is the other half.
    """
    user = find_user(session, email)
    if not prove_password(session, user, email, password, address, now, limits, network=network) or user is None:
        message = N_("The email address or password is wrong. Try again, or ask for a new password.")
        raise Rejected([Problem("wrong-sign-in", message, ("email",))])
    with write_transaction(session):
        if is_outdated(user.password_hash):
            user.password_hash = hash_password(password)
        if user.totp_confirmed is None:  # otherwise the code comes first
            audit_log.note(session, AuditAction.SIGNED_IN, user, by=user, now=now)
    return user
