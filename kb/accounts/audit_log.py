"""Audit of actions on accounts; the log of changes does the same for records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import AuditAction, AuditEntry, User
from kb.i18n import N_

WORDS: Mapping[str, str] = {
    AuditAction.CREATED: N_("The account was created"),
    AuditAction.INVITED: N_("The person was invited"),
    AuditAction.LINK_MADE: N_("A new link to choose a password was created"),
    AuditAction.RESET_ASKED: N_("A new password was requested"),
    AuditAction.SIGNED_IN: N_("Signed in"),
    AuditAction.SECOND_FACTOR_REFUSED: N_("The password was correct, but the verification code was wrong"),
    AuditAction.RENAMED: N_("The name was changed"),
    AuditAction.PASSWORD_CHANGED: N_("The password was changed"),
    AuditAction.SIGN_INS_ENDED: N_("The person was signed out on all devices"),
    AuditAction.GRANTED: N_("A role was assigned"),
    AuditAction.REVOKED: N_("A role was removed"),
    AuditAction.DEACTIVATED: N_("The account was closed"),
    AuditAction.REOPENED: N_("The account was reopened"),
    AuditAction.SECOND_FACTOR_BEGUN: N_("Two-step verification setup was started"),
    AuditAction.SECOND_FACTOR_ON: N_("Two-step verification was turned on"),
    AuditAction.SECOND_FACTOR_OFF: N_("Two-step verification was turned off"),
    AuditAction.SECOND_FACTOR_RESET: N_("Two-step verification was reset by an administrator"),
    AuditAction.RECOVERY_CODE_USED: N_("A recovery code was used"),
    AuditAction.RECOVERY_CODES_MADE: N_("New recovery codes were created"),
    AuditAction.LANGUAGE_CHOSEN: N_("The email language was changed"),
    AuditAction.NAMED: N_("The name was made visible to readers"),
    AuditAction.UNNAMED: N_("The name was hidden from readers"),
    AuditAction.EXPORTED: N_("A copy of the account data was provided"),
    AuditAction.ERASED: N_("The name and email address were erased"),
    AuditAction.WORKSHOP_TAKEN_DOWN: N_("A public workshop was made private by an administrator"),
    AuditAction.WORKSHOP_DELETED: N_("A public workshop with no trainers left was deleted"),
    AuditAction.SECRET_KEY_REPLACED: N_("The site’s secret key was replaced"),
}
# Actions of users who had not proved their identity; all other actions without an actor are from the command line.
NOT_SIGNED_IN = frozenset({AuditAction.RESET_ASKED.value, AuditAction.SECOND_FACTOR_REFUSED.value})


def note(
    session: Session, deed: AuditAction, user: User | None, *, by: User | None, now: datetime, detail: str = ""
) -> None:
    """Record an action in the transaction of the action itself; the caller commits.

    `user` is `None` for something that belongs to no account any more, `by` is `None` for the command line.
    """
    actor_id, user_id = (each.id if each is not None else None for each in (by, user))
    session.add(AuditEntry(at=now, actor_id=actor_id, user_id=user_id, deed=deed.value, detail=detail))


def entries(session: Session, user: User | None = None, *, limit: int = 100) -> Sequence[AuditEntry]:
    """Return the newest entries, for one account or for all."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    return session.scalars(query if user is None else query.where(AuditEntry.user_id == user.id)).all()
