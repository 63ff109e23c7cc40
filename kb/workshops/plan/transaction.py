"""The write transaction for changes of a workshop, and cleanup of unreferenced frozen texts."""

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
    """Commit all changes made within, or roll all of them back if an exception is raised.

    Everything the session loaded before is reloaded, both within and afterwards. Other users may have changed it, and
    positions may have moved.
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
    """Delete frozen texts that no item uses. The record that a text was erased is kept. The caller commits."""
    session.flush()
    is_held = FrozenText.sha256.in_(select(ItemText.sha256))
    session.execute(delete(FrozenText).where(FrozenText.content.is_not(None), ~is_held))
