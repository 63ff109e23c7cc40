"""List of people: account status, roles, and last sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.accounts.model import AuditAction, AuditEntry, Role, User
from kb.errors import NotFound


class AccountStatus(StrEnum):
    """The status of an account."""

    INVITED = "invited"
    ACTIVE = "active"
    CLOSED = "closed"
    ERASED = "erased"


@dataclass(frozen=True)
class PersonLine:
    """A person in the list; `last_sign_in` is empty if there was none, or none that is still kept."""

    user: User
    last_sign_in: datetime | None

    @property
    def standing(self) -> AccountStatus:
        """The status of the account."""
        return standing_of(self.user)


def standing_of(user: User) -> AccountStatus:
    """Return the status of an account."""
    if user.erased is not None:
        return AccountStatus.ERASED
    if not user.is_active:
        return AccountStatus.CLOSED
    return AccountStatus.ACTIVE if user.password_hash else AccountStatus.INVITED


def list_people(
    session: Session, *, text: str = "", role: Role | None = None, standing: AccountStatus | None = None
) -> tuple[PersonLine, ...]:
    """Return people sorted by name. `text` searches names and addresses; the role filter includes closed accounts."""
    signed_in = select(AuditEntry.user_id, func.max(AuditEntry.at)).where(AuditEntry.deed == AuditAction.SIGNED_IN)
    last = {row[0]: row[1] for row in session.execute(signed_in.group_by(AuditEntry.user_id))}
    wanted = text.casefold().strip()
    lines = (PersonLine(user, last.get(user.id)) for user in session.scalars(select(User)))
    found = (
        line
        for line in lines
        if wanted in f"{line.user.name}\n{line.user.email}".casefold()
        and (role is None or any(grant.role == role for grant in line.user.grants))
        and (standing is None or line.standing is standing)
    )
    return tuple(sorted(found, key=lambda line: (line.user.name.casefold(), line.user.id)))


def last_sign_in(session: Session, user: User) -> datetime | None:
    """Return the time of a person's last sign-in, if it is still kept."""
    query = select(func.max(AuditEntry.at)).where(
        AuditEntry.user_id == user.id, AuditEntry.deed == AuditAction.SIGNED_IN
    )
    return session.scalar(query)


def get_person(session: Session, user_id: int) -> User:
    """Return the person with this id. Raises `NotFound`."""
    if (user := session.get(User, user_id)) is None:
        message = f"no person {user_id}"
        raise NotFound(message)
    return user
