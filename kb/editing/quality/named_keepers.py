"""Finds records that name a user as keeper: public text, which deleting an account does not change."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.erasure import called
from kb.accounts.model import User
from kb.history.log import newest_only
from kb.history.model import Revision
from kb.records.bundle import SOURCE
from kb.records.front_matter import text_fact


def kept_by(session: Session, user: User) -> tuple[str, ...]:
    """Return the records whose newest text names a user as keeper, by any current or former name, in order."""
    names = {_plain(name) for name in called(session, user)}
    return tuple(record for record, text in _candidates(session) if _plain(keeper_of(text)) in names) if names else ()


def is_unnamed(session: Session, keeper: str) -> bool:
    """Return whether this is the name of a user who has not agreed to show it to readers."""
    rows = session.execute(select(User.name, User.is_named).where(User.erased.is_(None)))
    choices = [is_named for name, is_named in rows if _plain(name) == _plain(keeper)]
    return bool(choices) and not any(choices)


def keeper_of(text: str) -> str:
    """Return the keeper named in a source file; empty if there is none, or if the file is unreadable."""
    return text_fact(text, "keeper")


def _candidates(session: Session) -> list[tuple[str, str]]:
    """Return the records that have any keeper, with their texts."""
    query = newest_only(select(Revision.record, Revision.text), Revision.part == SOURCE)
    query = query.where(Revision.text.contains("\nkeeper:")).order_by(Revision.record)
    return [(record, text) for record, text in session.execute(query) if text is not None]


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
