"""Taking a public workshop down: administrators make it private again, also where nobody teaches it any more."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts import audit
from kb.accounts.model import Deed, User
from kb.accounts.permissions import Permission, require
from kb.workshops import access
from kb.workshops.keeping import transaction
from kb.workshops.model import Visibility, Workshop


def take_down(session: Session, workshop_id: str, *, by: User | None, now: datetime) -> Workshop:
    """Make a public workshop private again; those who teach it keep it. `by` is `None` for the command.

    The audit has it at the account of the owner; where she left for good, at that of the administrator, and then of
    nobody if it was the command. Raises `Forbidden`, or `NotFound` for what is not public.
    """
    if by is not None:
        require(by, Permission.TAKE_DOWN)
    with transaction(session):
        workshop = access.public(session, workshop_id)
        workshop.visibility, workshop.feedback_open, workshop.changed = Visibility.PRIVATE, False, now
        owner = session.get(User, workshop.owner_id) if workshop.owner_id is not None else by
        if owner is not None:
            audit.note(session, Deed.WORKSHOP_TAKEN_DOWN, owner, by=by, now=now, detail=workshop.id)
    return workshop
