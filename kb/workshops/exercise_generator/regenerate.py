"""Regenerates exercises after a language was added. Unchanged exercises are made again; edited ones are left alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.content_store.store import ContentStore
from kb.errors import Rejected
from kb.workshops.exercise_generator.generate import KINDS, Wish, facts_of_others, piece_of
from kb.workshops.exercise_generator.quiz import FEWEST
from kb.workshops.exercise_generator.source_material import SourceMaterial
from kb.workshops.exercise_generator.wording import Voices
from kb.workshops.frozen.facts import FrozenFacts
from kb.workshops.frozen.item import held
from kb.workshops.model import Item, ItemKind, Texts, Workshop
from kb.workshops.plan import access
from kb.workshops.plan.items import ItemTexts
from kb.workshops.plan.transaction import transaction

_QUESTION = re.compile(r"(?m)^\d+\. ")


def make_again(
    session: Session, store: ContentStore, user: User, workshop_id: str, voices: Voices, *, now: datetime
) -> None:
    """Regenerate unedited exercises in every language of their workshop.

    `voices` cover all languages. Raises `Forbidden`, `NotFound`.
    """
    with transaction(session):
        workshop = access.taught(session, user, workshop_id)
        items = [item for item in workshop.items if _is_wanted(item, workshop)]
        has_quiz = any(item.kind == ItemKind.QUIZ for item in items)
        others = tuple(facts_of_others(store)) if has_quiz else ()
        for item in items:
            piece = _made_anew(item, _materials(session, workshop, item), others, voices)
            if piece is not None:
                item.title, item.text, item.answers = dict(piece.title), dict(piece.text), dict(piece.answers)
                item.edition, workshop.changed = item.edition + 1, now


def _is_wanted(item: Item, workshop: Workshop) -> bool:
    return item.kind in KINDS and bool(item.made_from) and not set(workshop.languages) <= item.text.keys()


def _materials(session: Session, workshop: Workshop, item: Item) -> tuple[SourceMaterial, ...]:
    """Return the records that an exercise was made from, or none if any of them is missing or erased."""
    by_record = {each.record: each for each in workshop.items if each.record}
    names = item.made_from.split()
    if not all(name in by_record for name in names):
        return ()
    found = tuple(SourceMaterial(name, held(session, by_record[name])) for name in names)
    return found if not any(each.held.is_erased for each in found) else ()


def _made_anew(
    item: Item, materials: Sequence[SourceMaterial], others: Sequence[FrozenFacts], voices: Voices
) -> ItemTexts | None:
    """Return an exercise in its own and the workshop's languages, if it still equals what would be generated now."""
    there = [code for code in voices if item.text.get(code)]
    codes = dict.fromkeys((*item.workshop.languages, *there))
    if not materials or not there or not all(code in voices for code in codes):
        return None
    number = max(len(_QUESTION.findall(item.text[there[0]])), FEWEST)
    wish = Wish(item.kind, tuple(each.record for each in materials), number)
    try:
        before = piece_of(wish, materials, others, {code: voices[code] for code in there})
        is_same = _texts(before.title, before.text, before.answers) == _texts(item.title, item.text, item.answers)
        return piece_of(wish, materials, others, {code: voices[code] for code in codes}) if is_same else None
    except Rejected:
        return None


def _texts(*texts: Texts) -> list[dict[str, str]]:
    return [{code: text.strip() for code, text in each.items() if text.strip()} for each in texts]
