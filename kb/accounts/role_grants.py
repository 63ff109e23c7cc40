"""Gives and revokes roles in a transaction of the caller, who commits; detects the last administrator."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts import audit_log
from kb.accounts.model import AuditAction, Grant, Role, User
from kb.accounts.permissions import Permission, require
from kb.accounts.role_scope import EVERYTHING, Reach, reach_of, written
from kb.i18n import N_
from kb.problems import Problem


def require_manager(by: User | None) -> None:
    """Raise `Forbidden` unless this person may manage people; the command line (`None`) may."""
    if by is not None:
        require(by, Permission.MANAGE_PEOPLE)


def give(session: Session, user: User, role: Role, by: User | None, now: datetime, reach: Reach = EVERYTHING) -> None:
    """Give a role; replace the limits if the person already has it. The same limits change nothing."""
    grant = next((each for each in user.grants if each.role == role), None)
    if grant is None:
        grant = Grant(role=role.value)
        user.grants.append(grant)
    elif reach_of(grant).columns() == reach.columns():
        return
    grant.granted_by, grant.at = by.id if by else None, now
    for name, value in reach.columns().items():
        setattr(grant, name, value)
    audit_log.note(session, AuditAction.GRANTED, user, by=by, now=now, detail=written(role, reach))


def take(session: Session, user: User, role: Role, by: User | None, now: datetime) -> None:
    """Revoke a role; a role that the person does not have is ignored."""
    if kept := [each for each in user.grants if each.role == role]:
        user.grants.remove(kept[0])
        audit_log.note(session, AuditAction.REVOKED, user, by=by, now=now, detail=role.value)


def is_last_administrator(session: Session, user: User) -> bool:
    """Return whether this person is the only active administrator; invited people without a password do not count."""
    able = set(
        session.scalars(
            select(User.id)
            .join(Grant, Grant.user_id == User.id)
            .where(Grant.role == Role.ADMINISTRATOR, User.is_active, User.password_hash != "")
        )
    )
    return able == {user.id}


def last_administrator() -> Problem:
    """Return the problem of removing the last administrator."""
    message = N_("This person is the only administrator. Make someone else an administrator first.")
    return Problem("last-administrator", message)
