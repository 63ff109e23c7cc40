"""A deleted user is removed from all workshops; what others still need is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.content_store.store import ContentStore
from kb.errors import Rejected
from kb.history.frozen_texts import FrozenText
from kb.privacy.account_deletion import erase
from kb.privacy.data_export import hand_out
from kb.workshops.exercise_generator.quiz import USUAL, quiz
from kb.workshops.model import Feedback, ItemKind, Visibility, Workshop
from kb.workshops.plan import account_deletion
from kb.workshops.plan.account_deletion import Fates
from kb.workshops.plan.actions import change, create
from kb.workshops.plan.items import ItemTexts, add_piece, change_item
from kb.workshops.plan.sharing import add_trainer, share
from kb.workshops.plan.slots import Plan, add_slot, change_slot
from tests.house import NOW, RECORD
from tests.workshops.conftest import OUTLINE
from tests.workshops.exercise_generator.materials import a_practice, other, voices

LATER = NOW + timedelta(days=1)


@pytest.fixture
def noted(session: Session, ana: User, taught: Workshop) -> Workshop:
    """A workshop that contains the name of its owner."""
    ana.name = "Ana Costa"
    session.commit()
    add_slot(session, ana, taught.id, Plan({"en": "By Ana Costa"}, 30, trainer_notes={"en": "Ana Costa says"}), now=NOW)
    return taught


def gone(session: Session, user: User) -> None:
    user.is_active = False
    session.commit()
    erase(session, user, by=None, now=NOW)
    session.expire_all()


def test_what_nobody_else_teaches_goes(session: Session, ana: User, noted: Workshop) -> None:
    assert account_deletion.fates(session, ana) == Fates(go=1, handed_over=0, stay=0)
    gone(session, ana)
    assert session.scalar(select(func.count(Workshop.id))) == 0
    assert session.scalar(select(func.count()).select_from(FrozenText)) == 0


def test_what_others_teach_is_theirs(session: Session, ana: User, ben: User, noted: Workshop) -> None:
    add_trainer(session, ana, noted.id, ben.email, now=NOW)
    assert account_deletion.fates(session, ana) == Fates(go=0, handed_over=1, stay=0)
    assert account_deletion.fates(session, ben) == Fates(go=0, handed_over=0, stay=0)
    gone(session, ana)
    assert (noted.owner_id, noted.trainers, noted.slots[0].title) == (ben.id, [], {"en": "By …"})
    assert noted.slots[0].trainer_notes == {"en": "… says"}


def test_what_is_public_stays_without_a_name(session: Session, ana: User, noted: Workshop) -> None:
    add_piece(session, ana, noted.id, ItemTexts(ItemKind.QUIZ, {"en": "Quiz"}, answers={"en": "Ana Costa"}), now=NOW)
    share(session, ana, noted.id, Visibility.PUBLIC, now=NOW)
    assert account_deletion.fates(session, ana) == Fates(go=0, handed_over=0, stay=1)
    gone(session, ana)
    assert (noted.owner_id, noted.slots[0].title, noted.slots[0].trainer_notes) == (None, {"en": "By …"}, {})
    assert noted.basket[-1].answers == {}


def test_a_co_trainer_who_leaves_is_none_any_more(session: Session, ana: User, ben: User, noted: Workshop) -> None:
    add_trainer(session, ana, noted.id, ben.email, now=NOW)
    gone(session, ben)
    assert (noted.owner_id, noted.trainers) == (ana.id, [])


def test_a_person_is_given_her_workshops(session: Session, ana: User, ben: User, noted: Workshop) -> None:
    add_trainer(session, ana, noted.id, ben.email, now=NOW)
    for user, part in ((ana, "owner"), (ben, "co-trainer")):
        (found,) = hand_out(session, user, now=NOW)["workshops"]
        assert (found["your_part"], found["workshop"]["title"]) == (part, {"en": "After the report"})


def test_a_phrase_is_taken_out_of_what_was_made_from_a_record(
    session: Session, store: ContentStore, ana: User, taught: Workshop
) -> None:
    piece = ItemTexts(ItemKind.CASE, {"en": "Case"}, {"en": "It was N.N. who", "lt": "N.N."}, ("practices/a", RECORD))
    for workshop in (create(session, store, ana, OUTLINE, now=NOW), taught):
        add_piece(session, ana, workshop.id, piece, now=NOW)
    assert account_deletion.strike(session, "N.N.", now=LATER) == 4
    assert account_deletion.strike(session, "N.N.", now=NOW) == 0
    assert taught.basket[-1].text == {"en": "It was … who", "lt": "…"}
    assert taught.changed == LATER


def test_a_phrase_is_taken_out_of_answers_too_and_as_exercises_write_it(
    session: Session, ana: User, taught: Workshop
) -> None:
    piece = ItemTexts(ItemKind.CASE, {"en": "Case"}, {"en": r"By n\_n."}, (RECORD,), {"en": r"It was n\_n, n_n."})
    add_piece(session, ana, taught.id, piece, now=NOW)
    assert account_deletion.strike(session, "n_n", now=NOW) == 2
    assert (taught.basket[-1].text, taught.basket[-1].answers) == ({"en": "By …."}, {"en": "It was …, …."})


def test_a_phrase_is_taken_out_of_workshops_that_do_not_name_its_record(
    session: Session, store: ContentStore, ana: User
) -> None:
    outline = replace(OUTLINE, place="At N.N.'s", aims={"en": "What N.N. did"})
    shop = create(session, store, ana, outline, now=NOW)
    other = create(session, store, ana, OUTLINE, now=NOW)
    add_slot(session, ana, shop.id, Plan({"en": "N.N."}, 30, materials={"en": "By N.N."}), now=NOW)
    session.add(Feedback(workshop_id=shop.id, day="2026-11-27", answers={"more": "Thank N.N."}))
    session.commit()
    assert account_deletion.strike(session, "N.N.", now=LATER) == 5
    assert (shop.place, shop.aims, shop.slots[0].title) == ("At …'s", {"en": "What … did"}, {"en": "…"})
    assert shop.feedback[0].answers == {"more": "Thank …"}
    assert (shop.changed, other.changed) == (LATER, NOW)


def test_a_wrong_answer_of_a_quiz_is_reached_though_its_record_is_not_named(
    session: Session, store: ContentStore, ana: User
) -> None:
    def led_by(name: str) -> dict[str, Any]:
        return {"organisations": [{"id": "o1", "name": name, "role": "lead"}]}

    names, countries = ("House of N.N.", "House B", "House C"), ("ES", "FR", "LT")
    others = [
        other(f"p{number}", start_year=f"200{number}", countries=[countries[number]], **led_by(name))
        for number, name in enumerate(names)
    ]
    piece = quiz([a_practice("walls", **led_by("House A"))], others, voices("en", "lt"), USUAL)
    assert piece.made_from == ("practices/walls",)
    shop = create(session, store, ana, OUTLINE, now=NOW)
    item = add_piece(session, ana, shop.id, piece, now=NOW)
    assert all("House of N.N." in text for text in item.text.values())
    assert account_deletion.strike(session, "N.N.", now=LATER) == 2
    assert all("House of …" in text and "N.N." not in text for text in item.text.values())


def test_a_phrase_of_spaces_is_none(session: Session, taught: Workshop) -> None:
    assert account_deletion.strike(session, " ", now=NOW) == 0
    assert taught.title == OUTLINE.title


def test_a_form_that_was_opened_before_cannot_save_a_phrase_back(session: Session, ana: User, taught: Workshop) -> None:
    outline, plan = replace(OUTLINE, aims={"en": "What N.N. did"}), Plan({"en": "N.N."}, 30)
    change(session, ana, taught.id, outline, edition=taught.edition, now=NOW)
    slot = add_slot(session, ana, taught.id, plan, now=NOW)
    item = add_piece(session, ana, taught.id, ItemTexts(ItemKind.TEXT, {"en": "By N.N."}), now=NOW)
    other_slot = add_slot(session, ana, taught.id, Plan({"en": "Walls"}, 30), now=NOW)
    before, untouched = (taught.edition, slot.edition, item.edition), other_slot.edition
    assert account_deletion.strike(session, "N.N.", now=LATER) == 3
    saves: tuple[Callable[[], object], ...] = (
        lambda: change(session, ana, taught.id, outline, edition=before[0], now=LATER),
        lambda: change_slot(session, ana, taught.id, slot.id, plan, edition=before[1], now=LATER),
        lambda: change_item(
            session, ana, taught.id, item.id, title={"en": "By N.N."}, text={}, edition=before[2], now=LATER
        ),
    )
    for save in saves:
        with pytest.raises(Rejected) as refused:
            save()
        assert [each.code for each in refused.value.problems] == ["changed-meanwhile"]
    assert (taught.aims, slot.title, item.title) == ({"en": "What … did"}, {"en": "…"}, {"en": "By …"})
    change_slot(session, ana, taught.id, other_slot.id, Plan({"en": "Walls"}, 45), edition=untouched, now=LATER)
