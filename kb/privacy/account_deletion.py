"""Deletion of an account: all personal data is removed, and the person's texts stay.

Her subscriptions end. Her drafts that no other person has seen are deleted, and those that she discarded. Drafts that
were submitted stay for the reviewers, without an author.
"""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.elements import ColumnElement

from kb.accounts.authentication import LIMITS, prove_own_password
from kb.accounts.erasure import blank, called, finder, require_another_administrator, unmistakable
from kb.accounts.model import User
from kb.accounts.permissions import Permission, require
from kb.accounts.rate_limit import Limits
from kb.db import Base, write_transaction
from kb.editing.model import Presence, SavedFilter, Suggestion
from kb.editing.quality.named_keepers import kept_by
from kb.errors import Rejected
from kb.following.model import Subscription
from kb.history.model import Change, DiscardedDraft, Draft, DraftOrigin, ReviewNote, Stage
from kb.i18n import N_
from kb.notifications.model import Notification, NotificationState
from kb.problems import Problem
from kb.workshops.plan import account_deletion as workshops

# What people write to each other about texts; the texts themselves are public and stay.
_SAID: tuple[tuple[type[Base], InstrumentedAttribute[str]], ...] = (
    (Change, Change.note),
    (Draft, Draft.note),
    (DiscardedDraft, DiscardedDraft.note),
    (ReviewNote, ReviewNote.text),
    (Suggestion, Suggestion.reason),
    (Suggestion, Suggestion.answer),
)
_LEFT_OUT = "…"


def erase_own(
    session: Session, user: User, password: str, *, address: str, now: datetime, limits: Limits = LIMITS
) -> None:
    """Erase one's own account. Raises `Rejected` for a wrong password, which counts, and for the last administrator.

    The audit lists the records that name her as their keeper, for the person who must change these texts.
    """
    require_another_administrator(session, user)
    if not prove_own_password(session, user, password, address, now, limits):
        raise Rejected([Problem("wrong-password", N_("This is not your current password."), ("password",))])
    _erase(session, user, by=user, now=now)


def erase(session: Session, user: User, *, by: User | None, now: datetime) -> None:
    """Erase another person's closed account. Raises `Forbidden`, or `Rejected` while the account is open."""
    if by is not None:
        require(by, Permission.MANAGE_PEOPLE)
    if user.is_active:
        message = "The account %(email)s is open. Close it first."
        raise Rejected([Problem("open-account", message, ("email",), params={"email": user.email})])
    _erase(session, user, by=by, now=now)


def drafts_that_go(session: Session, user: User) -> int:
    """Return how many drafts would be deleted with an account."""
    return session.scalar(select(func.count(Draft.id)).where(_goes(user))) or 0


def _erase(session: Session, user: User, *, by: User | None, now: datetime) -> None:
    with write_transaction(session):
        session.refresh(user)
        if by is user:
            require_another_administrator(session, user)  # under the lock: of two administrators, one stays
        kept = kept_by(session, user)  # while her names are known
        names = called(session, user)
        _strike(session, names)
        workshops.leave(session, user, finder(unmistakable(names)), now=now)
        session.execute(update(Suggestion).where(func.lower(Suggestion.contact) == user.email).values(contact=""))
        session.execute(delete(Subscription).where(Subscription.email == user.email))
        session.execute(delete(Draft).where(_goes(user)))
        session.execute(delete(DiscardedDraft).where(DiscardedDraft.discarded_by == user.id))
        # Like a reader's suggestion, they have no author until a reviewer takes them over. This includes suggestions
        # that she had taken over.
        is_left = Draft.author_id == user.id
        is_open = is_left & (Draft.stage == Stage.WRITING)
        session.execute(update(Draft).where(is_open).values(stage=Stage.REVIEW, submitted=now))
        session.execute(update(Draft).where(is_left).values(author_id=None, origin=DraftOrigin.SUGGESTION))
        session.execute(delete(Presence).where(Presence.person_id == user.id))
        session.execute(update(Draft).where(Draft.reviewer_id == user.id).values(reviewer_id=None))
        for table in (Notification, NotificationState, SavedFilter):
            session.execute(delete(table).where(table.person_id == user.id))
        blank(session, user, by=by, now=now, left=" ".join(kept))


def _goes(user: User) -> ColumnElement[bool]:
    return (
        (Draft.author_id == user.id)
        & (Draft.stage == Stage.WRITING)
        & Draft.origin.in_((DraftOrigin.EDITOR, DraftOrigin.CONFLICT))
    )


def _strike(session: Session, names: frozenset[str]) -> None:
    is_meant = finder(unmistakable(names))
    for table, column in _SAID:
        _strike_in(session, table, column, is_meant)


def _strike_in(
    session: Session, table: type[Base], column: InstrumentedAttribute[str], is_meant: re.Pattern[str]
) -> None:
    for row in session.scalars(select(table).where(column != "")):
        said = getattr(row, column.key)
        if is_meant.search(said):
            setattr(row, column.key, is_meant.sub(_LEFT_OUT, said))
