"""Actions on the slots of a programme: add, change, move, remove. Each commits once, at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.i18n import N_
from kb.kinds.exercise.work_methods import WorkMethod
from kb.problems import Problem
from kb.workshops.model import Slot, Texts, Workshop
from kb.workshops.plan import access
from kb.workshops.plan.timetable import clock, minutes_of
from kb.workshops.plan.transaction import refuse, transaction
from kb.workshops.plan.validation import (
    MOST_SLOTS,
    changed_meanwhile,
    slot_problems,
    time_problems,
    title_problems,
    too_many,
    words_problems,
)


@dataclass(frozen=True)
class Plan:
    """A slot as submitted by a form. Texts are by language. Without `starts` it follows the previous slot."""

    title: Texts
    minutes: int
    method: str = WorkMethod.PLENARY
    day: int = 1
    starts: str = ""
    text: Texts = field(default_factory=dict)
    trainer_notes: Texts = field(default_factory=dict)
    materials: Texts = field(default_factory=dict)

    def problems(self, language: str) -> Iterator[Problem]:
        """Yield validation problems for a workshop whose first language is `language`."""
        yield from title_problems(self.title, language)
        yield from slot_problems(self.minutes, self.method, self.day)
        yield from time_problems(self.starts, ("starts",))
        for name in ("text", "trainer_notes", "materials"):
            yield from words_problems(getattr(self, name), (name,))


def plan_of(slot: Slot) -> Plan:
    """Return a slot as the data of its form."""
    return Plan(
        slot.title,
        slot.minutes,
        slot.method,
        slot.day,
        slot.starts,
        slot.text,
        slot.trainer_notes,
        slot.materials,
    )


def add_slot(
    session: Session, user: User, workshop_id: str, plan: Plan, *, after: str | None = None, now: datetime
) -> Slot:
    """Add a slot at the end of its day, or after another slot and on that slot's day.

    Raises `Forbidden`, `NotFound`, or `Rejected` with every problem.
    """
    return add_slots(session, user, workshop_id, [plan], after=after, now=now)[0]


def add_slots(
    session: Session, user: User, workshop_id: str, plans: Sequence[Plan], *, after: str | None = None, now: datetime
) -> list[Slot]:
    """Add several slots one after another; all or none."""
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        before = access.slot_of(workshop, after) if after else None
        made = put_plans(workshop, plans, before)
        workshop.changed = now
    return made


def put_plans(workshop: Workshop, plans: Sequence[Plan], before: Slot | None = None) -> list[Slot]:
    """Add slots after another one, or each at the end of its day. The caller commits. Raises `Rejected`."""
    refuse(_problems(workshop, plans))
    is_behind, made = before is not None, list[Slot]()
    for plan in plans:
        slot = Slot(workshop_id=workshop.id, position=len(workshop.slots))
        fill(slot, plan)
        if before is not None:
            slot.day = before.day
        _put(workshop, slot, before)
        made.append(slot)
        before = slot if is_behind else None
    return made


def change_slot(
    session: Session, user: User, workshop_id: str, slot_id: str, plan: Plan, *, edition: int, now: datetime
) -> Slot:
    """Change a slot. `edition` is the edition with which the form was opened.

    Raises `Forbidden`, `NotFound`, or `Rejected` with every problem, including a conflict with another user's change.
    """
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        slot = access.slot_of(workshop, slot_id)
        refuse([*plan.problems(workshop.language), *([changed_meanwhile()] if slot.edition != edition else [])])
        is_same_day = slot.day == plan.day
        fill(slot, plan)
        slot.edition, workshop.changed = edition + 1, now
        if not is_same_day:
            _number(sorted(workshop.slots, key=lambda each: (each.day, each is slot, each.position)))
    return slot


def move_slot(session: Session, user: User, workshop_id: str, slot_id: str, *, by: int, now: datetime) -> Slot:
    """Move a slot earlier (`by=-1`) or later (`by=1`). Past the end of a day it moves to the next day."""
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        slot = access.slot_of(workshop, slot_id)
        order = list(workshop.slots)
        index = order.index(slot)
        neighbour = index + by
        if 0 <= neighbour < len(order) and order[neighbour].day != slot.day:
            slot.day = order[neighbour].day
        else:
            order.insert(min(max(neighbour, 0), len(order) - 1), order.pop(index))
        _number(order)
        workshop.changed = now
    return slot


def put_slot(
    session: Session, user: User, workshop_id: str, slot_id: str, *, before: str | None, day: int, now: datetime
) -> Slot:
    """Move a slot before another slot and to its day, or to the end of a day."""
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        slot = access.slot_of(workshop, slot_id)
        target = access.slot_of(workshop, before) if before else None
        refuse(slot_problems(slot.minutes, slot.method, target.day if target else day))
        order = [each for each in workshop.slots if each is not slot]
        slot.day = target.day if target else day
        if target is None or target is slot:
            index = sum(each.day <= slot.day for each in order) if target is None else slot.position
        else:
            index = order.index(target)
        order.insert(index, slot)
        _number(order)
        workshop.changed = now
    return slot


def remove_slot(session: Session, user: User, workshop_id: str, slot_id: str, *, edition: int, now: datetime) -> None:
    """Remove a slot. Its items go back to the basket. `edition` is the edition that the user has seen.

    Raises `Forbidden`, `NotFound`, or `Rejected` if another user changed it in the meantime.
    """
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        slot = access.slot_of(workshop, slot_id)
        refuse([changed_meanwhile()] if slot.edition != edition else [])
        start = len(workshop.basket)
        for number, item in enumerate(workshop.in_slot(slot), start):
            item.slot, item.slot_id, item.position = None, None, number
        session.flush()
        workshop.slots.remove(slot)
        _number(workshop.slots)
        workshop.changed = now


def _problems(workshop: Workshop, plans: Sequence[Plan]) -> Iterator[Problem]:
    for plan in plans:
        yield from plan.problems(workshop.language)
    if len(workshop.slots) + len(plans) > MOST_SLOTS:
        yield too_many(MOST_SLOTS, N_("A programme can have at most %(limit)s sessions. Remove some first."))


def fill(slot: Slot, plan: Plan) -> None:
    """Copy the planned values into a slot."""
    slot.title, slot.text = dict(plan.title), dict(plan.text)
    slot.trainer_notes, slot.materials = dict(plan.trainer_notes), dict(plan.materials)
    slot.minutes, slot.method, slot.day = plan.minutes, plan.method, plan.day
    starts = minutes_of(plan.starts)
    slot.starts = clock(starts) if starts is not None else ""


def _put(workshop: Workshop, slot: Slot, before: Slot | None) -> None:
    """Insert a new slot after another one, or at the end of its day."""
    order = list(workshop.slots)
    index = order.index(before) + 1 if before is not None else sum(each.day <= slot.day for each in order)
    order.insert(index, slot)
    workshop.slots.insert(index, slot)
    _number(order)


def _number(order: Sequence[Slot]) -> None:
    for position, slot in enumerate(order):
        slot.position = position
