"""The transaction in which a workshop is changed, and what is taken away once nothing refers to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kb.db import write_transaction
from kb.errors import Rejected
from kb.history.frozen_texts import FrozenText
from kb.problems import Problem
from kb.workshops.model import ItemText


@contextmanager
def transaction(session: Session) -> Iterator[None]:
    """Commit what is done within, or nothing of it where something is raised.

    What the session read before is read anew, here and afterwards: others may have changed it, and orders have moved.
    """
    with write_transaction(session):
        session.expire_all()
        yield
    session.expire_all()


def refuse(problems: Iterable[Problem]) -> None:
    """Raise `Rejected` with all problems, if there are any."""
    if found := tuple(problems):
        raise Rejected(found)


def forget_unused(session: Session) -> None:
    """Take away frozen texts that no item holds any more; that one was erased stays on record. The caller commits."""
    session.flush()
    is_held = FrozenText.sha256.in_(select(ItemText.sha256))
    session.execute(delete(FrozenText).where(FrozenText.content.is_not(None), ~is_held))
