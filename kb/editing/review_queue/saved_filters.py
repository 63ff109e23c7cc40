"""Saves filters of lists for a person, under names of her own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission, require
from kb.db import write_transaction
from kb.editing.model import SavedFilter
from kb.errors import NotFound, Rejected
from kb.i18n import N_
from kb.problems import Problem

LONGEST_NAME = 80
LONGEST_QUERY = 1000
MOST = 50


def saved_filters(session: Session, user: User) -> Sequence[SavedFilter]:
    """Return the filters of a person, by kind and name."""
    query = select(SavedFilter).where(SavedFilter.person_id == user.id)
    return session.scalars(query.order_by(SavedFilter.kind, SavedFilter.name, SavedFilter.id)).all()


def save_filter(session: Session, user: User, kind: str, name: str, query: str, *, now: datetime) -> SavedFilter:
    """Save a filter; one of the same name is replaced. Raises `Forbidden`, or `Rejected` with the problems."""
    require(user, Permission.SEE_DESK)
    if found := _problems(name := " ".join(name.split()), query):
        raise Rejected(found)
    with write_transaction(session):
        kept = session.scalar(
            select(SavedFilter).where(
                SavedFilter.person_id == user.id, SavedFilter.kind == kind, SavedFilter.name == name
            )
        )
        if kept is None:
            count = session.scalar(select(func.count(SavedFilter.id)).where(SavedFilter.person_id == user.id)) or 0
            if count >= MOST:
                message = N_("You can save at most %(limit)s filters. Remove one first.")
                raise Rejected([Problem("too-many-filters", message, ("name",), params={"limit": MOST})])
            kept = SavedFilter(person_id=user.id, kind=kind, name=name)
            session.add(kept)
        kept.query, kept.created = query, now
    return kept


def remove_filter(session: Session, user: User, number: int) -> None:
    """Remove a filter. Raises `NotFound` unless it is the person's own."""
    with write_transaction(session):
        kept = session.get(SavedFilter, number)
        if kept is None or kept.person_id != user.id:
            raise NotFound(f"filter {number}")
        session.delete(kept)


def _problems(name: str, query: str) -> Sequence[Problem]:
    if not name or len(name) > LONGEST_NAME:
        message = N_("Enter a name of at most %(limit)s characters.")
        return [Problem("bad-name", message, ("name",), params={"limit": LONGEST_NAME})]
    if not query or len(query) > LONGEST_QUERY:
        return [Problem("bad-filter", N_("Filter or sort the list first. Then save the filter."))]
    return []
