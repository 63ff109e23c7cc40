"""Generates an exercise from items of a workshop. The trainer can edit the result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.content_store.store import ContentStore
from kb.errors import NotFound
from kb.i18n import N_
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.problems import Problem
from kb.workshops.exercise_generator.case_cards import case
from kb.workshops.exercise_generator.comparison_task import comparison
from kb.workshops.exercise_generator.quiz import USUAL, quiz
from kb.workshops.exercise_generator.source_material import SourceMaterial
from kb.workshops.exercise_generator.wording import Voices
from kb.workshops.exercise_generator.worksheet import worksheet
from kb.workshops.frozen.facts import EXERCISES, PRACTICES, FrozenFacts
from kb.workshops.frozen.item import held
from kb.workshops.model import Item, ItemKind, Workshop
from kb.workshops.plan import access
from kb.workshops.plan.items import MOST_SOURCES, ItemTexts, freeze_into, put_piece
from kb.workshops.plan.transaction import refuse, transaction

KINDS = (ItemKind.CASE, ItemKind.WORKSHEET, ItemKind.COMPARISON, ItemKind.QUIZ)
_MOST_OTHERS = 200  # records read for wrong answers: takes a tenth of a second


@dataclass(frozen=True)
class Wish:
    """What to generate, and from which items (by id).

    For a case, `exercises/<id>` is also allowed; that record is then frozen for it.
    """

    kind: str
    chosen: tuple[str, ...]
    number: int = USUAL

    def problems(self) -> Iterator[Problem]:
        """Yield problems that can be found without reading any record."""
        if self.kind not in KINDS:
            yield Problem("unknown-kind", N_("Select an entry from the list."), ("kind",))
        elif not self.chosen:
            yield Problem("nothing-chosen", N_("Select what to create the exercise from."), (self.kind,))
        elif self.kind in (ItemKind.CASE, ItemKind.WORKSHEET) and len(self.chosen) > 1:
            yield Problem("too-many", N_("Select only one record for this exercise."), (self.kind,))
        elif len(self.chosen) > MOST_SOURCES:
            message = N_("Select at most %(limit)s records.")
            yield Problem("too-many", message, (self.kind,), params={"limit": MOST_SOURCES})


def make(
    session: Session,
    store: ContentStore,
    user: User,
    workshop_id: str,
    wish: Wish,
    voices: Voices,
    *,
    slot_id: str | None = None,
    now: datetime,
) -> Item:
    """Make an exercise in the languages of `voices`, in a slot or in the basket.

    Raises `Forbidden`, `NotFound`, or `Rejected`. Reasons for `Rejected`: nothing was chosen; a choice is not a record
    of this workshop; the text of a record was erased; the records hold too little material.
    """
    refuse(wish.problems())
    others = tuple(facts_of_others(store)) if wish.kind == ItemKind.QUIZ else ()
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        slot = access.slot_of(workshop, slot_id) if slot_id else None
        materials = _materials(session, store, workshop, wish, now)
        return put_piece(workshop, piece_of(wish, materials, others, voices), slot=slot, now=now)


def piece_of(
    wish: Wish, materials: Sequence[SourceMaterial], others: Sequence[FrozenFacts], voices: Voices
) -> ItemTexts:
    """Return the requested exercise. Raises `Rejected` if the records hold too little material."""
    match wish.kind:
        case ItemKind.CASE:
            return case(materials[0], voices)
        case ItemKind.WORKSHEET:
            return worksheet(materials[0], voices)
        case ItemKind.COMPARISON:
            return comparison(materials, voices)
        case _:
            return quiz(materials, others, voices, wish.number)


def _materials(
    session: Session, store: ContentStore, workshop: Workshop, wish: Wish, now: datetime
) -> tuple[SourceMaterial, ...]:
    found = dict[str, SourceMaterial]()
    for name in wish.chosen:
        item = _item(session, store, workshop, wish, name, now)
        material = SourceMaterial(item.record, held(session, item))
        if material.held.is_erased:
            message = N_(
                "The text of %(record)s was removed on request, so it cannot be used for an exercise. Select "
                "another record."
            )
            refuse([Problem("erased", message, (wish.kind,), params={"record": item.record})])
        found.setdefault(material.record, material)
    return tuple(found.values())


def _item(session: Session, store: ContentStore, workshop: Workshop, wish: Wish, name: str, now: datetime) -> Item:
    """Return the chosen item. An exercise record that the workshop does not have yet is added to the basket."""
    kinds = (PRACTICES, EXERCISES) if wish.kind == ItemKind.CASE else (PRACTICES,)
    by_record = {item.record: item for item in workshop.items}
    if name.startswith(f"{EXERCISES}/") and EXERCISES in kinds:
        return by_record.get(name) or freeze_into(session, store, workshop, [name], now=now)[0]
    try:
        item = access.item_of(workshop, name)
    except NotFound:
        item = None
    if item is None or item.record.partition("/")[0] not in kinds:
        refuse([Problem("not-from-this", N_("Select a record from this workshop."), (wish.kind,))])
        raise AssertionError  # unreachable: `refuse` raises
    return item


def facts_of_others(store: ContentStore) -> Iterator[FrozenFacts]:
    """Yield the facts of currently published practices. A quiz takes its wrong answers from them."""
    catalog = store.current().catalog
    for entry in catalog.entries(PRACTICE)[:_MOST_OTHERS]:
        record = catalog.bundle(*entry.key).record
        values = record.model_dump(mode="json", exclude_defaults=True, exclude={"keeper"})
        yield FrozenFacts(f"{entry.kind}/{entry.id}", values)
