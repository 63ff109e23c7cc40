"""One table of who may do what; whatever does not stand in it is denied."""

from __future__ import annotations

from enum import StrEnum

from kb.accounts.model import Role, User
from kb.errors import Forbidden


class Permission(StrEnum):
    """Something that not everybody may do."""

    SEE_DESK = "see-desk"
    EDIT = "edit"
    PUBLISH = "publish"
    RETIRE = "retire"
    RESTORE = "restore"
    REDACT = "redact"
    MANAGE_PEOPLE = "manage-people"


ALLOWED: dict[Permission, frozenset[Role]] = {
    Permission.SEE_DESK: frozenset({Role.CURATOR, Role.ADMINISTRATOR}),
    Permission.EDIT: frozenset({Role.CURATOR, Role.ADMINISTRATOR}),
    Permission.PUBLISH: frozenset({Role.CURATOR, Role.ADMINISTRATOR}),
    Permission.RETIRE: frozenset({Role.CURATOR, Role.ADMINISTRATOR}),
    Permission.RESTORE: frozenset({Role.CURATOR, Role.ADMINISTRATOR}),
    Permission.REDACT: frozenset({Role.ADMINISTRATOR}),
    Permission.MANAGE_PEOPLE: frozenset({Role.ADMINISTRATOR}),
}


def may(user: User | None, permission: Permission) -> bool:
    """Say whether somebody may do something; a reader without an account may do none of it."""
    return user is not None and bool(user.roles & ALLOWED.get(permission, frozenset()))


def require(user: User | None, permission: Permission) -> None:
    """Raise `Forbidden` unless somebody may do something."""
    if not may(user, permission):
        raise Forbidden(str(permission))
