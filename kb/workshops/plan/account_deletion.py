"""Handles workshops when an account is deleted or a phrase is erased.

A workshop with a co-trainer is handed over. Otherwise a public one stays, without a name, and any other is deleted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission, may
from kb.db import Base
from kb.records.markdown import escaped
from kb.workshops.model import Feedback, Item, ItemKind, Slot, Trainer, Visibility, Workshop
from kb.workshops.plan.access import is_used
from kb.workshops.plan.plain_values import plain_values
from kb.workshops.plan.transaction import forget_unused, transaction

_LEFT_OUT = "…"
_TEXTS: tuple[tuple[type[Base], tuple[str, ...]], ...] = (
    (Workshop, ("title", "audience", "aims", "place")),
    (Slot, ("title", "text", "trainer_notes", "materials")),
    (Item, ("title", "text", "answers")),
    (Feedback, ("answers",)),
)


@dataclass(frozen=True)
class Fates:
    """Number of workshops that are deleted with their owner, handed over to others, or kept for the public."""

    go: int
    handed_over: int
    stay: int


def leave(session: Session, user: User, is_meant: re.Pattern[str], *, now: datetime) -> None:
    """Remove a user from all workshops, and the user's names from all their texts. The caller commits."""
    for trainer in session.scalars(select(Trainer).where(Trainer.person_id == user.id)):
        session.delete(trainer)
    session.flush()
    for workshop in session.scalars(_owned_by(user)):
        session.refresh(workshop, ["trainers"])
        _hand_over(session, workshop)
    forget_unused(session)
    _strike_all(session, lambda text: is_meant.sub(_LEFT_OUT, text), now)


def fates(session: Session, user: User) -> Fates:
    """Return what would happen to a user's workshops if the account was deleted."""
    found = Counter(_fate(session, each) for each in session.scalars(_owned_by(user)))
    return Fates(found["go"], found["handed over"], found["stay"])


def own(session: Session, user: User) -> list[dict[str, Any]]:
    """Return the workshops a user planned, alone or with others, for the export of personal data."""
    with_others = select(Trainer.workshop_id).where(Trainer.person_id == user.id)
    query = select(Workshop).where((Workshop.owner_id == user.id) | Workshop.id.in_(with_others))
    return [
        {
            "your_part": "owner" if workshop.owner_id == user.id else "co-trainer",
            "created": workshop.created.isoformat(timespec="seconds"),
            "changed": workshop.changed.isoformat(timespec="seconds"),
            "who_may_see_it": workshop.visibility,
            **plain_values(workshop),
        }
        for workshop in session.scalars(query.order_by(Workshop.created, Workshop.id))
    ]


def strike(session: Session, phrase: str, *, now: datetime) -> int:
    """Remove a phrase from the texts of all workshops; return how many texts contained it.

    All workshops are searched: a quiz has wrong answers from records that it does not name, and trainers write freely.
    Frozen texts are erased together with the log.
    """
    # The phrase as it is, and escaped as in exercises. A phrase of only spaces would match everywhere.
    spellings = dict.fromkeys((phrase, escaped(phrase))) if phrase.strip() else ()

    def without(text: str) -> str:
        for spelling in spellings:
            text = text.replace(spelling, _LEFT_OUT)
        return text

    with transaction(session):
        return _strike_all(session, without, now)


def that_may_quote(session: Session, record: str) -> int:
    """Return how many exercises were made from a record. They keep a text that is erased by its revision number."""
    query = select(func.count(Item.id)).where(is_used(record), Item.kind != ItemKind.RECORD)
    return session.scalar(query) or 0


def _hand_over(session: Session, workshop: Workshop) -> None:
    """Hand a workshop over to its longest-serving co-trainer. Without one, delete it unless it is public."""
    successors, fate = _successors(session, workshop), _fate(session, workshop)
    if fate == "handed over":
        workshop.owner_id = successors[0].person_id
        workshop.trainers.remove(successors[0])
    elif fate == "stay":
        workshop.owner_id, workshop.feedback_open = None, False
        workshop.feedback.clear()
        workshop.trainers.clear()  # none of them may teach now
        for slot in workshop.slots:
            slot.trainer_notes = {}
        for item in workshop.items:
            item.answers = {}
    else:
        session.delete(workshop)


def _fate(session: Session, workshop: Workshop) -> str:
    if _successors(session, workshop):
        return "handed over"
    return "stay" if workshop.visibility == Visibility.PUBLIC else "go"


def _owned_by(user: User) -> Select[Workshop]:
    return select(Workshop).where(Workshop.owner_id == user.id)


def _successors(session: Session, workshop: Workshop) -> list[Trainer]:
    return [each for each in workshop.trainers if may(session.get(User, each.person_id), Permission.TEACH)]


def _strike_all(session: Session, struck: Callable[[str], str], now: datetime) -> int:
    """Apply a replacement to the texts of all workshops; return how many texts changed.

    A workshop with a changed text gets a new change date. Each process that has indexed its words then reads
    them again. A row with a changed text gets a new edition, so a form that was opened before cannot restore the old
    text.
    """
    number, touched = 0, set[str]()
    for table, names in _TEXTS:
        for row in session.scalars(select(table)):
            if here := sum(_strike(row, name, struck) for name in names):
                number += here
                touched.add(getattr(row, "id" if table is Workshop else "workshop_id"))
                if isinstance(row, Workshop | Slot | Item):
                    row.edition += 1
    for workshop_id in touched:
        session.get_one(Workshop, workshop_id).changed = now
    return number


def _strike(row: Base, name: str, struck: Callable[[str], str]) -> int:
    """Change one text of a row in each of its languages; return how many changed."""
    before: dict[str, str] | str = getattr(row, name)
    if isinstance(before, str):
        setattr(row, name, struck(before))
        return int(struck(before) != before)
    after = {code: struck(text) for code, text in before.items()}
    if after != before:
        setattr(row, name, after)
    return sum(after[code] != before[code] for code in before)
