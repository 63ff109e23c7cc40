"""Takes down a public workshop: administrators make it private; one without an owner is deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts import audit_log
from kb.accounts.model import AuditAction, User
from kb.accounts.permissions import Permission, require
from kb.workshops.model import Visibility
from kb.workshops.plan import access
from kb.workshops.plan.transaction import forget_unused, transaction


def take_down(session: Session, workshop_id: str, *, by: User | None, now: datetime) -> bool:
    """Make a public workshop private; return whether it still exists. `by` is `None` for the command.

    A workshop whose owner left would be visible to no user, so it is deleted. The audit log records it under the
    account of the owner, or under none. Raises `Forbidden`, or `NotFound` for a workshop that is not public.
    """
    if by is not None:
        require(by, Permission.TAKE_DOWN)
    with transaction(session):
        workshop = access.public(session, workshop_id)
        owner = session.get(User, workshop.owner_id) if workshop.owner_id is not None else None
        if owner is not None:
            workshop.visibility, workshop.feedback_open, workshop.changed = Visibility.PRIVATE, False, now
        else:
            session.delete(workshop)
            forget_unused(session)
        deed = AuditAction.WORKSHOP_TAKEN_DOWN if owner is not None else AuditAction.WORKSHOP_DELETED
        audit_log.note(session, deed, owner, by=by, now=now, detail=workshop_id)
    return owner is not None
