"""Actions on a workshop as a whole: create, change, copy, archive, delete. Each commits once, at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission, require
from kb.content_store.store import ContentStore
from kb.i18n import N_
from kb.problems import Problem
from kb.workshops.model import Item, ItemText, Slot, Texts, Visibility, Workshop, new_id
from kb.workshops.plan import access
from kb.workshops.plan.items import freeze_into
from kb.workshops.plan.timetable import clock, minutes_of
from kb.workshops.plan.transaction import forget_unused, refuse, transaction
from kb.workshops.plan.validation import (
    LONGEST_PLACE,
    changed_meanwhile,
    day_problems,
    language_problems,
    text_problems,
    time_problems,
    title_problems,
    words_problems,
)


@dataclass(frozen=True)
class Outline:
    """General data of a workshop as submitted by a form. Texts are by language."""

    title: Texts
    language: str
    second_language: str = ""
    audience: Texts = field(default_factory=dict)
    aims: Texts = field(default_factory=dict)
    held: str = ""
    starts: str = "09:00"
    ends: str = ""
    place: str = ""
    large_print: bool = False

    def problems(self) -> Iterator[Problem]:
        """Yield validation problems that prevent saving."""
        yield from language_problems(self.language, self.second_language)
        yield from title_problems(self.title, self.language)
        yield from words_problems(self.audience, ("audience",))
        yield from words_problems(self.aims, ("aims",))
        yield from day_problems(self.held)
        yield from time_problems(self.starts, ("starts",), needed=True)
        yield from time_problems(self.ends, ("ends",))
        yield from text_problems(self.place, ("place",), longest=LONGEST_PLACE)


def create(
    session: Session,
    store: ContentStore,
    user: User,
    outline: Outline,
    *,
    records: Iterable[str] = (),
    notes: Mapping[str, str] | None = None,
    now: datetime,
) -> Workshop:
    """Create a workshop from collected records (`practices/marac`), each frozen into the basket, in this order.

    `notes` are the trainer's own texts on some of these records, in the language of the workshop. Raises `Forbidden`,
    or `Rejected` with every problem, including records that cannot be added.
    """
    require(user, Permission.TEACH)
    wanted, notes = tuple(dict.fromkeys(records)), notes or {}
    note_problems = [problem for note in notes.values() for problem in text_problems(note, ())]
    refuse([*outline.problems(), *note_problems])
    with transaction(session):
        workshop = begun(session, user, outline, now=now)
        for record, item in zip(wanted, freeze_into(session, store, workshop, wanted, now=now), strict=True):
            item.text = {outline.language: notes.get(record, "")}
    return workshop


def begun(session: Session, user: User, outline: Outline, *, now: datetime) -> Workshop:
    """Return a new workshop with a validated outline. The caller commits."""
    workshop = Workshop(owner_id=user.id, created=now, changed=now)
    _fill(workshop, outline)
    session.add(workshop)
    session.flush()
    return workshop


def outline_of(workshop: Workshop) -> Outline:
    """Return the general data of a workshop, for its form."""
    return Outline(
        workshop.title,
        workshop.language,
        workshop.second_language,
        workshop.audience,
        workshop.aims,
        workshop.held,
        workshop.starts,
        workshop.ends,
        workshop.place,
        workshop.large_print,
    )


def change(
    session: Session, user: User, workshop_id: str, outline: Outline, *, edition: int, now: datetime
) -> Workshop:
    """Change the general data of a workshop. `edition` is the edition with which the form was opened.

    Raises `Forbidden`, `NotFound`, or `Rejected` with every problem, including a conflict with another user's change.
    """
    refuse(outline.problems())
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        refuse([changed_meanwhile()] if workshop.edition != edition else [])
        _fill(workshop, outline)
        workshop.edition, workshop.changed = edition + 1, now
    return workshop


def copy(session: Session, user: User, key: str, *, title: Texts | None = None, now: datetime) -> Workshop:
    """Copy a workshop with its frozen texts unchanged. Sharing, co-trainers and feedback are not copied.

    `key` is its id or its link token. Every trainer may copy a public workshop, without its basket and without notes
    and answers for trainers. Any other workshop may be copied by its trainers only, with all of that. Raises
    `Forbidden`, `NotFound`, or `Rejected` for a workshop shared by link only.
    """
    require(user, Permission.TEACH)
    with transaction(session):
        found = access.shown(session, user, key)
        is_own = access.teaches(user, found)
        refuse([] if is_own or found.visibility == Visibility.PUBLIC else [_not_for_copying()])
        outline = replace(outline_of(found), held="", title=title or found.title)
        made = begun(session, user, outline, now=now)
        slots = {slot.id: _copied_slot(slot, made, with_notes=is_own) for slot in found.slots}
        session.add_all(slots.values())
        session.flush()
        items = (item for item in found.items if is_own or item.slot_id)
        session.add_all(_copied_item(item, made, slots, with_answers=is_own) for item in items)
    return made


def archive(session: Session, user: User, workshop_id: str, *, now: datetime) -> Workshop:
    """Archive a workshop: it stays unchanged, leaves the list, and accepts no more feedback."""
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        workshop.archived, workshop.feedback_open = workshop.archived or now, False
    return workshop


def reopen(session: Session, user: User, workshop_id: str, *, now: datetime) -> Workshop:
    """Take a workshop out of the archive."""
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        workshop.archived, workshop.changed = None, now
    return workshop


def delete(session: Session, user: User, workshop_id: str) -> None:
    """Delete a workshop and its feedback permanently. Only the owner may; raises `Forbidden`, `NotFound`."""
    with transaction(session):
        session.delete(access.owned(session, user, workshop_id))
        forget_unused(session)


def _fill(workshop: Workshop, outline: Outline) -> None:
    workshop.title, workshop.audience, workshop.aims = dict(outline.title), dict(outline.audience), dict(outline.aims)
    workshop.language, workshop.second_language = outline.language, outline.second_language
    workshop.held, workshop.place, workshop.large_print = outline.held, outline.place, outline.large_print
    workshop.starts, workshop.ends = (
        clock(minutes) if (minutes := minutes_of(time)) is not None else "" for time in (outline.starts, outline.ends)
    )


def _not_for_copying() -> Problem:
    message = N_(
        "This workshop is shared by link only. Only public workshops can be copied. Ask the trainer to make the "
        "workshop public or to add you as a co-trainer."
    )
    return Problem("not-public", message)


def _copied_slot(slot: Slot, workshop: Workshop, *, with_notes: bool) -> Slot:
    return Slot(
        id=new_id(),
        workshop_id=workshop.id,
        position=slot.position,
        day=slot.day,
        starts=slot.starts,
        minutes=slot.minutes,
        method=slot.method,
        title=slot.title,
        text=slot.text,
        trainer_notes=slot.trainer_notes if with_notes else {},
        materials=slot.materials,
    )


def _copied_item(item: Item, workshop: Workshop, slots: Mapping[str, Slot], *, with_answers: bool) -> Item:
    return Item(
        workshop_id=workshop.id,
        slot_id=slots[item.slot_id].id if item.slot_id else None,
        position=item.position,
        kind=item.kind,
        record=item.record,
        made_from=item.made_from,
        title=item.title,
        text=item.text,
        answers=item.answers if with_answers else {},
        frozen=item.frozen,
        texts=[ItemText(language=text.language, sha256=text.sha256) for text in item.texts],
    )
