"""Table of permissions by role; everything that is not listed is denied."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kb.accounts.model import Grant, Role, User
from kb.errors import Forbidden


class Permission(StrEnum):
    """An action that needs a permission."""

    SEE_DESK = "see-desk"
    EDIT = "edit"  # drafts of source files
    TRANSLATE = "translate"  # drafts of translations
    REVIEW = "review"  # approve or return drafts, answer suggestions
    PUBLISH = "publish"
    RETIRE = "retire"
    RESTORE = "restore"
    REDACT = "redact"
    MANAGE_PEOPLE = "manage-people"
    SEE_AUDIT = "see-audit"
    TEACH = "teach"  # build one's own workshops
    TAKE_DOWN = "take-down"  # make any public workshop private again


_WRITERS = frozenset({Role.CONTRIBUTOR, Role.CURATOR, Role.PUBLISHER, Role.ADMINISTRATOR})
_REVIEWERS = frozenset({Role.CURATOR, Role.PUBLISHER, Role.ADMINISTRATOR})
_PUBLISHERS = frozenset({Role.PUBLISHER, Role.ADMINISTRATOR})
_ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})

ALLOWED: dict[Permission, frozenset[Role]] = {
    Permission.SEE_DESK: _WRITERS | {Role.TRANSLATOR},
    Permission.EDIT: _WRITERS,
    Permission.TRANSLATE: _REVIEWERS | {Role.TRANSLATOR},
    Permission.REVIEW: _REVIEWERS,
    Permission.PUBLISH: _PUBLISHERS,
    Permission.RETIRE: _PUBLISHERS,
    Permission.RESTORE: _PUBLISHERS,
    Permission.REDACT: _ADMINISTRATORS,
    Permission.MANAGE_PEOPLE: _ADMINISTRATORS,
    Permission.SEE_AUDIT: _ADMINISTRATORS,
    Permission.TEACH: frozenset(Role),
    Permission.TAKE_DOWN: _ADMINISTRATORS,
}


@dataclass(frozen=True)
class Subject:
    """The object of a permission: the countries and areas of a record (with broader areas), and a language.

    A missing property is empty, and a grant with a limit on it does not cover the subject.
    """

    countries: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    language: str = ""


def may(user: User | None, permission: Permission, subject: Subject | None = None) -> bool:
    """Return whether a person has a permission; a reader without an account has none.

    Without a subject: whether there is any subject for which she has it, which pages and menus ask. Actions that change
    something must pass their subject.
    """
    if user is None or not user.is_active:
        return False
    roles = ALLOWED.get(permission, frozenset())
    grants = [grant for grant in user.grants if grant.role in roles]
    return any(subject is None or covers(grant, subject) for grant in grants)


def require(user: User | None, permission: Permission, subject: Subject | None = None) -> None:
    """Raise `Forbidden` unless the person has the permission."""
    if not may(user, permission, subject):
        raise Forbidden(str(permission))


def covers(grant: Grant, subject: Subject) -> bool:
    """Return whether a grant covers a subject: they share a value for every limited property."""
    return all(
        not limit or not set(limit.split()).isdisjoint(has)
        for limit, has in (
            (grant.countries, subject.countries),
            (grant.areas, subject.areas),
            (grant.languages, {subject.language}),
        )
    )
