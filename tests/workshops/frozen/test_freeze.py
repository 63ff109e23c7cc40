"""Frozen texts stay the same, byte for byte, when their record changes; erasures reach them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.content_store.store import ContentStore
from kb.db import begin_write
from kb.errors import NotFound, Rejected
from kb.history import log
from kb.history.frozen_texts import FrozenText
from kb.history.log import LogEntry
from kb.history.model import ChangeKind
from kb.publishing.actions import retire
from kb.publishing.redact import Erasure, redact
from kb.records.files.paths import RecordFile
from kb.workshops.frozen.facts import facts_of, sources
from kb.workshops.frozen.item import held, since
from kb.workshops.model import Item, ItemKind, Visibility, Workshop
from kb.workshops.plan import access
from kb.workshops.plan.actions import copy, create, delete
from kb.workshops.plan.items import ItemTexts, add_piece, add_records, remove_item, update_item
from kb.workshops.plan.sharing import share
from kb.workshops.plan.slots import Plan, add_slot
from tests import builders
from tests.house import (
    ITALIAN,
    ITALIAN_TEXT,
    NOW,
    RECORD,
    SOURCE_PLACE,
    TEXT,
    a_curator,
    catch_up_now,
    publish_text,
)
from tests.workshops.conftest import OUTLINE

NAME = "Somebody's name"
NEWER = TEXT.replace("Walls without mortar.", "Walls with no mortar at all.")


def bytes_of(session: Session, item: Item) -> dict[str, bytes]:
    return {code: text.raw.encode() for code, text in held(session, item).texts.items()}


def test_an_item_holds_the_record_in_every_language_with_its_revisions(session: Session, taught: Workshop) -> None:
    (item,) = taught.basket
    found = held(session, item)
    assert sorted(found.texts) == ["en", "it"]
    assert dict(found.texts["it"].parts) == {"source": 1, "it": 1}
    assert found.texts["it"].text("title") == "Terrazze di pietra"
    assert [each.text for each in found.texts["en"].sections()] == [
        "## What it is\n\nWalls without mortar.",
        "## How it works\n\nStone upon stone.",
    ]
    assert found.texts["it"].passages["how"].language == "en"
    assert found.best("lt", "it") == found.texts["it"]


def test_facts_are_called_as_they_were(session: Session, store: ContentStore, ana: User) -> None:
    place = RecordFile("practices", "ask-before-referral", "source")
    publish_text(session, store, builders.a_practice_text(), place)
    shop = create(session, store, ana, OUTLINE, records=[place.record], now=NOW)
    frozen = held(session, shop.basket[0]).texts["en"]
    assert dict(frozen.lines)["countries"] == ("Portugal",)
    assert "title" not in dict(frozen.lines)
    assert [source.id for source in sources(facts_of(frozen))] == ["s1", "s2"]
    assert frozen.passages["summary"].text.startswith("Officers ask")


def test_later_edits_change_nothing(session: Session, store: ContentStore, taught: Workshop) -> None:
    (item,) = taught.basket
    before = bytes_of(session, item)
    for number in range(3):
        publish_text(session, store, TEXT.replace("Stone upon stone.", f"Stone upon stone, {number}."))
    publish_text(session, store, ITALIAN_TEXT.replace("malta", "calce"), ITALIAN)
    session.expire_all()
    assert bytes_of(session, item) == before
    assert since(session, store, item).is_changed


def test_a_thousand_later_edits_change_nothing(session: Session, store: ContentStore, taught: Workshop) -> None:
    (item,) = taught.basket
    before = bytes_of(session, item)
    for number in range(1, 1_001):
        text = TEXT.replace("Stone upon stone.", f"Stone upon stone, {number}.")
        begin_write(session)
        entry = LogEntry(SOURCE_PLACE, text.encode(), number)
        log.append(session, ChangeKind.PUBLISH, [entry], author_id=None, note="", now=NOW)
    catch_up_now(session, store)
    session.expire_all()
    assert bytes_of(session, item) == before
    assert since(session, store, item).version == 1_001


def test_what_changed_since_is_told_by_language_and_text(
    session: Session, store: ContentStore, taught: Workshop
) -> None:
    (item,) = taught.basket
    assert not since(session, store, item).is_changed
    publish_text(session, store, NEWER)
    found = since(session, store, item)
    assert found.version == 2
    assert [(each.name, each.after) for each in found.differences["en"]] == [
        ("what", "## What it is\n\nWalls with no mortar at all.")
    ]
    publish_text(session, store, TEXT)
    assert not since(session, store, item).is_changed  # the same text with another revision number


def test_a_language_that_came_later_is_an_update(session: Session, store: ContentStore, ana: User) -> None:
    publish_text(session, store, TEXT)
    shop = create(session, store, ana, OUTLINE, records=[RECORD], now=NOW)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    assert since(session, store, shop.basket[0]).added == ("it",)
    item = update_item(session, store, ana, shop.id, shop.basket[0].id, now=NOW)
    assert sorted(held(session, item).texts) == ["en", "it"]
    assert not since(session, store, item).is_changed


def test_an_update_takes_what_stands_now(session: Session, store: ContentStore, ana: User, taught: Workshop) -> None:
    publish_text(session, store, NEWER)
    item = update_item(session, store, ana, taught.id, taught.basket[0].id, now=NOW)
    assert "no mortar at all" in held(session, item).texts["en"].raw
    assert session.scalar(select(func.count()).select_from(FrozenText)) == 2  # unused older ones are gone


def test_a_retired_record_stays_readable_and_cannot_be_taken_again(
    session: Session, store: ContentStore, ana: User, taught: Workshop
) -> None:
    (item,) = taught.basket
    before = bytes_of(session, item)
    retire(session, store, a_curator(session), RECORD, successor=None, note="", now=NOW)
    assert bytes_of(session, item) == before
    assert since(session, store, item).is_gone
    for verb in (
        lambda: update_item(session, store, ana, taught.id, item.id, now=NOW),
        lambda: add_records(session, store, ana, taught.id, [RECORD], now=NOW),
    ):
        with pytest.raises(Rejected) as caught:
            verb()
        assert [problem.code for problem in caught.value.problems] == ["not-given"]
    assert bytes_of(session, item) == before


@pytest.mark.parametrize(
    "record", ["practices/never-was", "nothing/at-all", "", "pages", "../pages/x", "register/x", "pages/\x00"]
)
def test_what_readers_are_not_given_cannot_be_taken(
    session: Session, store: ContentStore, ana: User, record: str
) -> None:
    with pytest.raises(Rejected):
        create(session, store, ana, OUTLINE, records=[record], now=NOW)
    assert session.scalar(select(func.count(Workshop.id))) == 0


def test_the_same_text_is_kept_once_and_as_long_as_somebody_holds_it(
    session: Session, ana: User, ben: User, taught: Workshop
) -> None:
    made = copy(session, ana, taught.id, now=NOW)
    assert session.scalar(select(func.count()).select_from(FrozenText)) == 2
    delete(session, ana, taught.id)
    assert sorted(held(session, made.basket[0]).texts) == ["en", "it"]
    remove_item(session, ana, made.id, made.basket[0].id, now=NOW)
    assert session.scalar(select(func.count()).select_from(FrozenText)) == 0


def named(session: Session, store: ContentStore, ana: User) -> Workshop:
    """Return a workshop with a frozen text that contains a name; the current text does not contain it."""
    publish_text(session, store, TEXT.replace("Walls without mortar.", f"Walls built by {NAME}."))
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    shop = create(session, store, ana, OUTLINE, records=[RECORD], now=NOW)
    publish_text(session, store, TEXT)
    return shop


@pytest.mark.parametrize("erasure", [Erasure(RECORD, "source", (1,)), Erasure(RECORD, containing=NAME)])
def test_erasing_a_text_reaches_what_was_frozen_of_it(
    session: Session, store: ContentStore, ana: User, erasure: Erasure
) -> None:
    shop = named(session, store, ana)
    made = copy(session, ana, shop.id, now=NOW)
    done = redact(session, store, None, erasure, reason="asked for", now=NOW)
    assert done.frozen == 2
    assert not [text for text in session.scalars(select(FrozenText.content)) if text is not None and NAME in text]
    for item in (shop.basket[0], made.basket[0]):
        assert held(session, item).is_erased
        assert held(session, item).erased == ("en", "it")
        assert held(session, item).best("en") is None
        assert since(session, store, item).added == ("en", "it")  # another text exists now
    item = update_item(session, store, ana, shop.id, shop.basket[0].id, now=NOW)
    assert sorted(held(session, item).texts) == ["en", "it"]
    assert held(session, made.basket[0]).is_erased


REGISTER = RecordFile("register", "shared", "source")


def register_text(label: str) -> str:
    rows: Any = builders.register_facts()["blanks"]
    return builders.a_register_text(blanks=[{**rows[0], "label": label}, *rows[1:]])


@pytest.fixture
def gapped(session: Session, store: ContentStore, ana: User) -> Workshop:
    """A workshop with a frozen tool whose blank had a name as its label. The tool is then frozen again without it."""
    publish_text(session, store, register_text(f'House of "{NAME}"'), REGISTER)
    publish_text(session, store, builders.a_tool_text(), RecordFile("tools", "referral-form", "source"))
    shop = create(session, store, ana, OUTLINE, records=["tools/referral-form"], now=NOW)
    publish_text(session, store, register_text("Service"), REGISTER)
    add_records(session, store, ana, shop.id, ["tools/referral-form"], now=NOW)
    return shop


@pytest.mark.parametrize(
    "erasure", [Erasure(REGISTER.record, "source", (1,)), Erasure(REGISTER.record, containing=NAME)]
)
def test_erasing_what_a_blank_was_called_reaches_frozen_tools(
    session: Session, store: ContentStore, gapped: Workshop, erasure: Erasure
) -> None:
    before, after = gapped.basket
    assert NAME in held(session, before).texts["en"].raw
    assert redact(session, store, None, erasure, reason="asked for", now=NOW).frozen == 1
    assert held(session, before).is_erased
    assert "[ Service ]" in held(session, after).texts["en"].text("fields.a1.label")


def test_erasing_a_text_of_the_register_leaves_tools_whose_words_readers_are_given(
    session: Session, store: ContentStore, gapped: Workshop
) -> None:
    publish_text(session, store, register_text("Service").replace("Blanks and choices.", "Both."), REGISTER)
    assert redact(session, store, None, Erasure(REGISTER.record, "source", (2,)), reason="why", now=NOW).frozen == 0
    assert not any(held(session, item).is_erased for item in gapped.basket)


def test_a_phrase_of_another_record_leaves_tools_alone(
    session: Session, store: ContentStore, ana: User, gapped: Workshop
) -> None:
    named(session, store, ana)
    assert redact(session, store, None, Erasure(RECORD, containing=NAME), reason="asked for", now=NOW).frozen == 2
    assert NAME in held(session, gapped.basket[0]).texts["en"].raw


def test_erasing_a_translation_leaves_the_other_languages(session: Session, store: ContentStore, ana: User) -> None:
    publish_text(session, store, TEXT)
    publish_text(session, store, ITALIAN_TEXT.replace("Muri senza", f"{NAME}: muri senza"), ITALIAN)
    shop = create(session, store, ana, OUTLINE, records=[RECORD], now=NOW)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    redact(session, store, None, Erasure(RECORD, "it", (1,)), reason="asked for", now=NOW)
    found = held(session, shop.basket[0])
    assert (found.erased, sorted(found.texts)) == (("it",), ["en"])


def test_what_somebody_may_see_of_a_records_workshops(
    session: Session, store: ContentStore, ana: User, ben: User, taught: Workshop
) -> None:
    assert list(access.using(session, ana, RECORD)) == [taught]
    assert list(access.using(session, ben, RECORD)) == []
    assert list(access.using(session, None, RECORD)) == []
    exercise = ItemTexts(ItemKind.QUIZ, {"en": "Quiz"}, made_from=("practices/a", RECORD))
    other = create(session, store, ben, OUTLINE, now=NOW)
    add_piece(session, ben, other.id, exercise, now=NOW)
    assert list(access.using(session, ben, RECORD)) == [other]
    assert list(access.using(session, ben, RECORD[:-1])) == []
    assert list(access.using(session, ben, "practices/%")) == []
    share(session, ben, other.id, Visibility.LINK, now=NOW)
    assert list(access.using(session, None, RECORD)) == []
    share(session, ben, other.id, Visibility.PUBLIC, now=NOW)
    assert list(access.using(session, None, RECORD)) == []  # it is still in the basket
    slot = add_slot(session, ben, other.id, Plan({"en": "Quiz"}, 20), now=NOW)
    add_piece(session, ben, other.id, exercise, slot_id=slot.id, now=NOW)
    assert list(access.using(session, None, RECORD)) == [other]
    assert access.seen(session, None, other.id) is other
    assert access.seen(session, ana, taught.id) is taught
    for user in (None, ben):
        with pytest.raises(NotFound):
            access.seen(session, user, taught.id)
