"""Actions on the items of slots: frozen records, the trainer's own texts, exercises. Each commits once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.content_store.store import ContentStore
from kb.errors import Rejected
from kb.history.frozen_texts import keep
from kb.i18n import N_
from kb.problems import Problem
from kb.records.record import ID_PATTERN
from kb.workshops.frozen.freeze import PublishedRecord, find_stand, frozen_texts
from kb.workshops.model import Item, ItemKind, ItemText, Slot, Texts, Workshop
from kb.workshops.plan import access
from kb.workshops.plan.trainer_texts import has_words
from kb.workshops.plan.transaction import forget_unused, refuse, transaction
from kb.workshops.plan.validation import MOST_ITEMS, changed_meanwhile, title_problems, too_many, words_problems

MOST_SOURCES = 20  # maximum number of source records of an exercise
_RECORD = re.compile(r"[a-z]+/" + ID_PATTERN.strip("^$"))


@dataclass(frozen=True)
class ItemTexts:
    """An item as submitted by a form: own text or an exercise. Texts are Markdown by language.

    `made_from` names the source records of an exercise. `answers` are visible to trainers only.
    """

    kind: str
    title: Texts
    text: Texts = field(default_factory=dict)
    made_from: tuple[str, ...] = ()
    answers: Texts = field(default_factory=dict)

    def problems(self, language: str) -> Iterator[Problem]:
        """Yield validation problems for a workshop whose first language is `language`."""
        if self.kind not in set(ItemKind) - {ItemKind.RECORD}:
            yield Problem("unknown-kind", N_("Select an entry from the list."), ("kind",))
        yield from title_problems(self.title, language)
        yield from words_problems(self.text, ("text",))
        yield from words_problems(self.answers, ("answers",))
        if len(self.made_from) > MOST_SOURCES or not all(map(_RECORD.fullmatch, self.made_from)):
            yield Problem("bad-records", N_("Select the records from the list."), ("made_from",))


def add_records(
    session: Session,
    store: ContentStore,
    user: User,
    workshop_id: str,
    records: Iterable[str],
    *,
    slot_id: str | None = None,
    now: datetime,
) -> list[Item]:
    """Freeze records (`practices/marac`) as they are now, in a slot or in the basket; all or none.

    Raises `Forbidden`, `NotFound`, or `Rejected` with every record that is not published.
    """
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        slot = access.slot_of(workshop, slot_id) if slot_id else None
        made = freeze_into(session, store, workshop, tuple(dict.fromkeys(records)), slot=slot, now=now)
        workshop.changed = now
    return made


def add_piece(
    session: Session, user: User, workshop_id: str, piece: ItemTexts, *, slot_id: str | None = None, now: datetime
) -> Item:
    """Add own text or an exercise to a slot or to the basket. Raises `Forbidden`, `NotFound`, `Rejected`."""
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        slot = access.slot_of(workshop, slot_id) if slot_id else None
        return put_piece(workshop, piece, slot=slot, now=now)


def put_piece(workshop: Workshop, piece: ItemTexts, *, slot: Slot | None = None, now: datetime) -> Item:
    """Add own text or an exercise. The caller commits. Raises `Rejected`."""
    refuse([*piece.problems(workshop.language), *_room(workshop, 1)])
    item = Item(kind=piece.kind, title=dict(piece.title), text=dict(piece.text), answers=dict(piece.answers))
    item.made_from = " ".join(piece.made_from)
    _append(workshop, item, slot)
    workshop.changed = now
    return item


def change_item(
    session: Session,
    user: User,
    workshop_id: str,
    item_id: str,
    *,
    title: Texts,
    text: Texts,
    answers: Texts | None = None,
    edition: int,
    now: datetime,
) -> Item:
    """Change the texts of an item. For a record they are shown with the frozen text, and the title may be empty.

    Without `answers`, the stored answers stay unchanged. `edition` is the edition with which the form was opened.
    Raises `Forbidden`, `NotFound`, `Rejected`.
    """
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        item = access.item_of(workshop, item_id)
        problems = [*words_problems(text, ("text",)), *words_problems(answers or {}, ("answers",))]
        if item.kind != ItemKind.RECORD or any(title.values()):
            problems += title_problems(title, workshop.language)
        if item.edition != edition:
            problems.append(changed_meanwhile())
        refuse(problems)
        item.title, item.text = dict(title), dict(text)
        item.answers = item.answers if answers is None else dict(answers)
        item.edition, workshop.changed = edition + 1, now
    return item


def update_item(
    session: Session, store: ContentStore, user: User, workshop_id: str, item_id: str, *, now: datetime
) -> Item:
    """Freeze an item's record again. Raises `Rejected`, and changes nothing, if the record is no longer published."""
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        item = access.item_of(workshop, item_id)
        stand = find_stand(session, store, item.record)
        if stand is None:
            raise Rejected([_not_given(item.record)])
        _freeze(session, store, item, stand, now)
        forget_unused(session)
        item.edition, workshop.changed = item.edition + 1, now
    return item


def move_item(
    session: Session,
    user: User,
    workshop_id: str,
    item_id: str,
    *,
    slot_id: str | None,
    position: int | None = None,
    before: str | None = None,
    now: datetime,
) -> Item:
    """Move an item into a slot, or into the basket: to a position counted from 0, or before another item.

    Without a position, or if that other item is no longer there, it goes to the end. Raises `Forbidden`, `NotFound`.
    """
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        item = access.item_of(workshop, item_id)
        slot = access.slot_of(workshop, slot_id) if slot_id else None
        order = [each for each in _beside(workshop, slot) if each is not item]
        if before is not None:
            position = next((number for number, each in enumerate(order) if each.id == before), None)
        order.insert(len(order) if position is None else min(max(position, 0), len(order)), item)
        item.slot, item.slot_id = slot, slot.id if slot else None
        _number(order)
        workshop.changed = now
    return item


def remove_item(
    session: Session, user: User, workshop_id: str, item_id: str, *, edition: int | None = None, now: datetime
) -> None:
    """Remove an item and the texts frozen for it alone. `edition` is the edition that the user has seen.

    Without `edition`, only an item without own text is removed. Raises `Forbidden`, `NotFound`, `Rejected`.
    """
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        item = access.item_of(workshop, item_id)
        if edition is None and has_words(item.title, item.text, item.answers):
            refuse(
                [
                    Problem(
                        "has-words",
                        N_("This item contains text that a trainer added. To remove the item, open it first."),
                    )
                ]
            )
        refuse([changed_meanwhile()] if edition not in (None, item.edition) else [])
        workshop.items.remove(item)
        forget_unused(session)
        workshop.changed = now


def freeze_into(
    session: Session,
    store: ContentStore,
    workshop: Workshop,
    records: Sequence[str],
    *,
    slot: Slot | None = None,
    now: datetime,
) -> list[Item]:
    """Freeze each record into a new item. The caller commits. Raises `Rejected` with all records that fail."""
    stands = {record: _stand(session, store, record) for record in records}
    absent = [_not_given(record) for record, stand in stands.items() if stand is None]
    refuse([*absent, *_room(workshop, len(records))])
    made = list[Item]()
    for stand in stands.values():
        if stand is not None:
            item = Item(kind=ItemKind.RECORD, record=stand.record, title={}, text={})
            _append(workshop, item, slot)
            _freeze(session, store, item, stand, now)
            made.append(item)
    return made


def _freeze(session: Session, store: ContentStore, item: Item, stand: PublishedRecord, now: datetime) -> None:
    texts = frozen_texts(stand, store.vocabularies)
    kept = {
        code: keep(session, stand.record, code, text, stand.parts_in(code), now=now) for code, text in texts.items()
    }
    there = {text.language: text for text in item.texts}
    for code in there.keys() - kept.keys():
        item.texts.remove(there[code])
    for code, row in kept.items():
        if code in there:
            there[code].sha256 = row.sha256
        else:
            item.texts.append(ItemText(language=code, sha256=row.sha256))
    item.frozen = now


def _stand(session: Session, store: ContentStore, record: str) -> PublishedRecord | None:
    """Return the record as the log has it. A malformed record name is not looked up in the database."""
    return find_stand(session, store, _followed(store, record)) if _RECORD.fullmatch(record) else None


def _followed(store: ContentStore, record: str) -> str:
    """Return the current id of a record if an earlier id was given."""
    kind, _, record_id = record.partition("/")
    return f"{kind}/{store.current().catalog.resolve(kind, record_id)}"


def _not_given(record: str) -> Problem:
    message = N_("The record %(record)s is not currently public, so it cannot be added.")
    return Problem("not-given", message, ("records", record), params={"record": record})


def _room(workshop: Workshop, more: int) -> Iterator[Problem]:
    if len(workshop.items) + more > MOST_ITEMS:
        yield too_many(MOST_ITEMS, N_("A workshop can have at most %(limit)s items. Remove some first."))


def _beside(workshop: Workshop, slot: Slot | None) -> list[Item]:
    return workshop.in_slot(slot) if slot is not None else workshop.basket


def _append(workshop: Workshop, item: Item, slot: Slot | None) -> None:
    item.position = len(_beside(workshop, slot))
    item.slot, item.slot_id = slot, slot.id if slot else None
    workshop.items.append(item)


def _number(order: Sequence[Item]) -> None:
    for position, item in enumerate(order):
        item.position = position
