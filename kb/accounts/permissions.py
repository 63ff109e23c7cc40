"""One table of who may do what; whatever does not stand in it is denied."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kb.accounts.model import Grant, Role, User
from kb.errors import Forbidden


class Permission(StrEnum):
    """Something that not everybody may do."""

    SEE_DESK = "see-desk"
    EDIT = "edit"  # drafts of source files
    TRANSLATE = "translate"  # drafts of translations
    REVIEW = "review"  # approve drafts or hand them back, answer suggestions
    PUBLISH = "publish"
    RETIRE = "retire"
    RESTORE = "restore"
    REDACT = "redact"
    MANAGE_PEOPLE = "manage-people"
    SEE_AUDIT = "see-audit"
    TEACH = "teach"  # build workshops of one's own
    TAKE_DOWN = "take-down"  # make anybody's public workshop private again


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
    """What a permission is asked for: the countries and areas of a record (with the wider areas), and a language.

    Whatever a record does not have is empty, and a grant limited in that respect does not cover it.
    """

    countries: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    language: str = ""


def may(user: User | None, permission: Permission, subject: Subject | None = None) -> bool:
    """Say whether somebody may do something; a reader without an account may do none of it.

    Without a subject: whether there is anything at all of which this person may do it, which is what pages and menus
    ask. Verbs that change something ask for their subject.
    """
    if user is None or not user.is_active:
        return False
    roles = ALLOWED.get(permission, frozenset())
    grants = [grant for grant in user.grants if grant.role in roles]
    return any(subject is None or covers(grant, subject) for grant in grants)


def require(user: User | None, permission: Permission, subject: Subject | None = None) -> None:
    """Raise `Forbidden` unless somebody may do something."""
    if not may(user, permission, subject):
        raise Forbidden(str(permission))


def covers(grant: Grant, subject: Subject) -> bool:
    """Say whether a grant reaches a subject: in each respect in which it is limited they have something in common."""
    return all(
        not limit or not set(limit.split()).isdisjoint(has)
        for limit, has in (
            (grant.countries, subject.countries),
            (grant.areas, subject.areas),
            (grant.languages, {subject.language}),
        )
    )
