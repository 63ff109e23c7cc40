"""Sharing actions: by link, public, private again; co-trainers. Each commits once."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission, may
from kb.accounts.queries import find_user
from kb.accounts.rate_limit import CO_TRAINERS, Limits, begin_attempt
from kb.accounts.rate_limit import too_many as too_many_attempts
from kb.i18n import N_
from kb.problems import Problem
from kb.workshops.model import Trainer, Visibility, Workshop
from kb.workshops.plan import access
from kb.workshops.plan.transaction import refuse, transaction
from kb.workshops.plan.validation import MOST_TRAINERS, too_many, visibility_problems

# Addresses that one account may try: as many as a workshop can have co-trainers. Networks do not count.
ADDING = Limits(from_everywhere=20, per_email=20, per_address=10_000, window=timedelta(hours=1))


def share(session: Session, user: User, workshop_id: str, visibility: str, *, now: datetime) -> Workshop:
    """Set who may see a workshop. The link is created when first needed; it is invalid while the workshop is private.

    A private workshop accepts no feedback. Raises `Forbidden` for users other than the owner, `NotFound`, `Rejected`.
    """
    refuse(visibility_problems(visibility))
    with transaction(session):
        workshop = access.owned(session, user, workshop_id)
        workshop.visibility, workshop.changed = visibility, now
        if visibility == Visibility.PRIVATE:
            workshop.feedback_open = False
        elif not workshop.token:
            _give_link(workshop)
    return workshop


def renew_link(session: Session, user: User, workshop_id: str, *, now: datetime) -> Workshop:
    """Create a new link. The previous link stops working."""
    with transaction(session):
        workshop = access.owned(session, user, workshop_id)
        _give_link(workshop)
        workshop.changed = now
    return workshop


def add_trainer(session: Session, user: User, workshop_id: str, email: str, *, now: datetime) -> Workshop:
    """Add a co-trainer to a workshop. Only its owner may.

    Raises `Forbidden`, `NotFound`, or `Rejected` if no trainer has this address. The error does not reveal whether such
    an account exists. The owner has to see whom they added, and so learns who has an account. A rate limit per hour
    bounds this.
    """
    _count_attempt(session, user, now)
    with transaction(session):
        workshop = access.owned(session, user, workshop_id)
        found = find_user(session, email)
        if found is None or not may(found, Permission.TEACH):
            message = N_("No one with this email address can teach here. Check the address or ask an administrator.")
            refuse([Problem("no-trainer", message, ("email",))])
        elif not access.teaches(found, workshop):
            if len(workshop.trainers) >= MOST_TRAINERS:
                refuse([too_many(MOST_TRAINERS, N_("A workshop can have at most %(limit)s co-trainers."), ("email",))])
            workshop.trainers.append(Trainer(person_id=found.id, added=now))
            workshop.changed = now
    return workshop


def remove_trainer(session: Session, user: User, workshop_id: str, person_id: int, *, now: datetime) -> Workshop:
    """Remove a co-trainer: the owner may remove all of them, a co-trainer only themselves."""
    with transaction(session):
        is_own = person_id == user.id
        workshop = (access.taught if is_own else access.owned)(session, user, workshop_id)
        for trainer in [each for each in workshop.trainers if each.person_id == person_id]:
            workshop.trainers.remove(trainer)
        workshop.changed = now
    return workshop


def people_of(session: Session, workshop: Workshop) -> tuple[User | None, tuple[User, ...]]:
    """Return the owner, unless that account was deleted, and the co-trainers."""
    owner = session.get(User, workshop.owner_id) if workshop.owner_id is not None else None
    with_her = (session.get(User, each.person_id) for each in workshop.trainers)
    return owner, tuple(each for each in with_her if each is not None)


def _count_attempt(session: Session, user: User, now: datetime) -> None:
    with transaction(session):
        attempt = begin_attempt(session, str(user.id), "", now, ADDING, kind=CO_TRAINERS)
    if attempt is None:
        refuse([too_many_attempts(ADDING)])


def _give_link(workshop: Workshop) -> None:
    workshop.token = access.new_token()
    workshop.mark = access.mark_of(workshop.token)
