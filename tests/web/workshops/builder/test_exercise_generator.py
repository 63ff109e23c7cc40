"""A trainer generates exercises from a workshop's records, edits them, and gets clear reasons if generation fails."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.content_store.store import ContentStore
from kb.history.frozen_texts import FrozenText
from kb.i18n import LANGUAGES
from kb.workshops.model import Item, ItemKind, Workshop
from kb.workshops.plan.items import add_records
from tests.house import ITEM, NOW, SLOT, WORKSHOP, teach
from tests.page import Page, Visit
from tests.web.forms import page_of, send, values_of
from tests.web.people import sign_in

HERE = f"/en/trainer/workshops/{WORKSHOP}"


@pytest.fixture
def ana(app: Flask, client: FlaskClient, session: Session) -> User:
    """A trainer who owns the sample workshop, with a practice in its slot."""
    user = session.get_one(User, sign_in(app, client, "ana@example.org", Role.TRAINER))
    teach(session, user)
    return user


@pytest.fixture
def more(client: FlaskClient, visit: Visit, ana: User) -> User:
    """The same trainer, with three more practices in the basket."""
    for record in ("ask-first", "letters-home", "naktinis-autobusas"):
        page = visit("workshop_builder.show", workshop_id=WORKSHOP)
        form = next(each for each in page.elements("form") if "add" in values_of(each))
        data = {**values_of(form), "do": "add", "add": f"practices/{record}"}
        assert client.post(form.get("action", ""), data=data).status_code == 303
    return ana


def made(session: Session, kind: str) -> Item:
    session.rollback()
    return session.scalars(select(Item).where(Item.kind == kind)).one()


def form_of(page: Page, kind: str) -> dict[str, list[str]]:
    """Return what a browser would send with the form for this kind of exercise."""
    forms = (values_of(form) for form in page.elements("form") if "kind" in values_of(form))
    return next(values.to_dict(flat=False) for values in forms if values["kind"] == kind)


def make(client: FlaskClient, visit: Visit, kind: str, **changes: str | list[str]) -> Page:
    """Send one of the forms; return the page after the redirect."""
    values = form_of(visit("workshop_making.show", workshop_id=WORKSHOP, slot=changes.pop("at", "")), kind)
    response = client.post(f"{HERE}/make", data={**values, **changes})
    assert response.status_code == 303, page_of(response).text
    return visit(response.headers["Location"])


def items(session: Session) -> dict[str, str]:
    session.rollback()  # to read the current rows
    workshop = session.get_one(Workshop, WORKSHOP)
    return {each.record: each.id for each in workshop.items}


def test_the_builder_leads_to_it_and_what_is_made_is_changed_at_once(
    client: FlaskClient, visit: Visit, session: Session, ana: User
) -> None:
    built = visit("workshop_builder.show", workshop_id=WORKSHOP)
    assert visit(built.link("Create an exercise")).heading == "Create an exercise"
    page = make(client, visit, "worksheet", worksheet=ITEM, at=SLOT)
    assert "Exercise created." in page.text
    item = made(session, ItemKind.WORKSHEET)
    assert (item.slot_id, item.made_from) == (SLOT, "practices/stone-terraces")
    assert set(item.title) == set(item.text) == {"en", "lt"}
    assert page.by_id("text.en").text == item.text["en"]
    assert "A slope that nobody owns" in item.text["en"]


def test_participants_see_the_sheet_with_links_to_what_is_frozen_and_never_the_answers(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, ana: User
) -> None:
    make(client, visit, "case", case="exercises/lost-key", at=SLOT)
    make(client, visit, "worksheet", worksheet=ITEM, at=SLOT)
    case, sheet = made(session, ItemKind.CASE), made(session, ItemKind.WORKSHEET)
    mine = visit("workshops.item", key=WORKSHOP, item_id=case.id)
    assert "Answers (trainers only)" in mine.text
    assert "anybody may ring" in mine.text
    assert items(session)["exercises/lost-key"] in " ".join(mine.links())
    reader = app.test_client()
    page = page_of(reader.get(f"/en/workshops/{WORKSHOP}/items/{case.id}"))
    assert "A guest has lost a key." in page.text
    assert "anybody may ring" not in page.html
    assert "Answers" not in page.text
    shown = page_of(reader.get(f"/en/workshops/{WORKSHOP}/items/{sheet.id}"))
    assert f"/en/workshops/{WORKSHOP}/items/{ITEM}" in shown.links()
    frames = [each for each in shown.elements("div") if each.get("role") == "region"]
    assert [each.get("tabindex") for each in frames] == ["0"] * len(frames)
    assert len(frames) >= 3


def test_the_page_of_a_case_does_not_tell_participants_what_was_done(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, ana: User
) -> None:
    make(client, visit, "case", case=ITEM, at=SLOT)
    case = made(session, ItemKind.CASE)
    assert case.title["en"] == "Case: Portugal and Italy"
    assert case.title["lt"].endswith(": Portugalija ir Italija")
    mine = visit("workshops.item", key=WORKSHOP, item_id=case.id)
    assert "Stone terraces" in mine.text
    assert "Based on" in mine.text
    for code in LANGUAGES:
        page = page_of(app.test_client().get(f"/{code}/workshops/{WORKSHOP}/items/{case.id}"))
        assert "Portu" in page.heading
        assert "stone-terraces" not in page.html
        assert "Stone terraces" not in page.html


def test_of_a_frozen_case_participants_are_given_the_story_and_never_the_model_answers(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, store: ContentStore, ana: User
) -> None:
    (case,) = add_records(session, store, ana, WORKSHOP, ["exercises/lost-key"], slot_id=SLOT, now=NOW)
    mine = visit("workshops.item", key=WORKSHOP, item_id=case.id)
    assert "anybody may ring" in mine.text
    assert "The gate stays shut." in mine.text
    page = page_of(app.test_client().get(f"/en/workshops/{WORKSHOP}/items/{case.id}"))
    for words in ("This is about a closed gate.", "A guest has lost a key.", "Say it in two sentences.", "Decide."):
        assert words in page.text, words
    for words in ("Is a key needed?", "anybody may ring", "What goes wrong", "The gate stays shut."):
        assert words not in page.html, words


def test_an_invented_case_of_the_collection_is_frozen_once(
    client: FlaskClient, visit: Visit, session: Session, ana: User
) -> None:
    make(client, visit, "case", case="exercises/lost-key")
    session.rollback()
    frozen = items(session)["exercises/lost-key"]
    values = form_of(visit("workshop_making.show", workshop_id=WORKSHOP), "case")
    client.post(f"{HERE}/make", data={**values, "case": "exercises/lost-key"})
    client.post(f"{HERE}/make", data={**values, "case": frozen})
    session.rollback()
    workshop = session.get_one(Workshop, WORKSHOP)
    assert [each.record for each in workshop.items].count("exercises/lost-key") == 1
    assert [each.kind for each in workshop.items].count(ItemKind.CASE) == 3


def test_a_comparison_and_a_quiz_are_made_of_several(
    client: FlaskClient, visit: Visit, session: Session, more: User
) -> None:
    found = items(session)
    chosen = [found[f"practices/{each}"] for each in ("stone-terraces", "letters-home")]
    make(client, visit, "comparison", comparison=chosen)
    text = made(session, ItemKind.COMPARISON).text["en"]
    assert "The letter reached the person suspected first." in text
    make(client, visit, "quiz")
    quiz = made(session, ItemKind.QUIZ)
    assert quiz.text["en"].count("    - a) ") == quiz.text["lt"].count("    - a) ") >= 3
    assert "version" in quiz.answers["en"]


def test_what_cannot_be_made_is_said_at_its_field_and_what_was_chosen_stays(
    client: FlaskClient, visit: Visit, session: Session, more: User
) -> None:
    page, found = visit("workshop_making.show", workshop_id=WORKSHOP), items(session)

    def refused(kind: str, **changes: str | list[str]) -> Page:
        response = client.post(f"{HERE}/make", data={**form_of(page, kind), **changes})
        assert response.status_code == 422
        return page_of(response)

    nothing = refused("worksheet")
    assert "Select what to create the exercise from." in nothing.text
    assert "#worksheet" in nothing.links()
    one = refused("comparison", comparison=ITEM)
    assert "Select two or three practices." in one.text
    assert next(each.get("value") for each in one.elements("input") if each.get("checked") is not None) == ITEM
    many = refused("quiz", number="99")
    assert "from 3 to 20" in many.text
    assert many.by_id("number").get("value") == "99"
    for bad in ("", "many", "-1", "9" * 40):
        assert "#number" in refused("quiz", number=bad).links()
    poor = refused("worksheet", worksheet=found["practices/letters-home"])
    assert "lists no conditions or resources, so there is nothing to compare." in poor.text
    assert "#quiz" in refused("quiz", quiz=ITEM).links()
    session.rollback()
    assert {each.kind for each in session.scalars(select(Item))} == {ItemKind.RECORD}


@pytest.mark.parametrize(
    ("kind", "chosen"),
    [
        ("case", "exercises/no-such"),
        ("case", "exercises/../x"),
        ("case", "x" * 24),
        ("worksheet", "exercises/lost-key"),
        ("worksheet", "practices/stone-terraces"),
        ("quiz", "\x00"),
        ("song", ITEM),
        ("", ""),
    ],
)
def test_what_was_not_offered_is_refused(
    client: FlaskClient, visit: Visit, session: Session, ana: User, kind: str, chosen: str
) -> None:
    values = form_of(visit("workshop_making.show", workshop_id=WORKSHOP), "case")
    response = client.post(f"{HERE}/make", data={**values, "kind": kind, kind or "case": chosen})
    assert response.status_code == 422
    assert page_of(response).elements("h1")
    session.rollback()
    assert len(session.get_one(Workshop, WORKSHOP).items) == 1


def test_a_slot_that_is_not_there_is_not_found(client: FlaskClient, visit: Visit, ana: User) -> None:
    values = form_of(visit("workshop_making.show", workshop_id=WORKSHOP), "worksheet")
    data = {**values, "worksheet": ITEM, "slot": "z" * 24}
    assert client.post(f"{HERE}/make", data=data).status_code == 404


def test_of_what_was_erased_nothing_is_made(client: FlaskClient, visit: Visit, session: Session, ana: User) -> None:
    values = form_of(visit("workshop_making.show", workshop_id=WORKSHOP), "worksheet")
    for row in session.scalars(select(FrozenText)):
        row.content = None
    session.commit()
    response = client.post(f"{HERE}/make", data={**values, "worksheet": ITEM})
    assert response.status_code == 422
    page = page_of(response)
    assert "was removed on request, so it cannot be used for an exercise." in page.text
    assert "No practices in this workshop yet." in page.text
    assert "#worksheet" not in page.links()


def test_answers_are_changed_with_the_exercise(client: FlaskClient, visit: Visit, session: Session, ana: User) -> None:
    page = make(client, visit, "worksheet", worksheet=ITEM)
    item = made(session, ItemKind.WORKSHEET)
    form = next(form for form in page.elements("form") if "text.en" in values_of(form))
    data = {**values_of(form), "text.en": "Mine", "answers.en": "Only mine", "do": "save"}
    assert client.post(form.get("action", ""), data=data).status_code == 303
    assert (made(session, ItemKind.WORKSHEET).text["en"], item.answers["en"]) == ("Mine", "Only mine")


def test_who_does_not_teach_it_makes_nothing(app: Flask, client: FlaskClient, session: Session) -> None:
    sign_in(app, client, "ben@example.org", Role.TRAINER)
    assert client.get(f"{HERE}/make").status_code == 404
    assert client.post(f"{HERE}/make", data={"kind": "worksheet", "worksheet": ITEM}).status_code in (400, 404)


def add_italian(client: FlaskClient, visit: Visit, session: Session) -> None:
    page = visit("workshop_builder.edit", workshop_id=WORKSHOP)
    action = f"/trainer/workshops/{WORKSHOP}/outline"
    assert send(client, page, action, {"second_language": "it"}).status_code == 303
    session.rollback()


@pytest.fixture
def in_english(client: FlaskClient, visit: Visit, session: Session, more: User) -> dict[str, Item]:
    """One of each exercise in a workshop in English only."""
    session.get_one(Workshop, WORKSHOP).second_language = ""
    session.commit()
    ids = [each for record, each in items(session).items() if record != "practices/naktinis-autobusas"]
    session.rollback()
    make(client, visit, "case", case=ITEM)
    make(client, visit, "worksheet", worksheet=ITEM)
    make(client, visit, "comparison", comparison=ids)
    make(client, visit, "quiz", quiz=ids, number="4")
    return {kind: made(session, kind) for kind in ("case", "worksheet", "comparison", "quiz")}


def test_exercises_that_nobody_changed_are_made_again_in_a_language_that_is_added(
    client: FlaskClient, visit: Visit, session: Session, in_english: dict[str, Item]
) -> None:
    english = {kind: item.text["en"] for kind, item in in_english.items()}
    session.rollback()
    add_italian(client, visit, session)
    for kind, item in in_english.items():
        assert set(item.title) == set(item.text) == set(item.answers) == {"en", "it"}, kind
        assert (item.text["en"] == english[kind]) or kind == "quiz"
    assert "Terrazze di pietra" in in_english["comparison"].text["it"]
    assert in_english["case"].title["it"].endswith("Portogallo e Italia")
    assert len(re.findall(r"(?m)^\d+\. ", in_english["quiz"].text["it"])) == 4


def test_exercises_that_were_changed_or_whose_records_are_gone_are_left_and_counted(
    client: FlaskClient, visit: Visit, session: Session, in_english: dict[str, Item]
) -> None:
    in_english["worksheet"].text = {"en": in_english["worksheet"].text["en"] + " And here?"}
    in_english["case"].title = {"en": "Our case"}
    in_english["quiz"].answers = {"en": "a)"}
    session.delete(next(item for item in in_english["quiz"].workshop.items if item.record == "practices/letters-home"))
    before = {kind: (item.title, item.text, item.answers) for kind, item in in_english.items()}
    session.commit()
    add_italian(client, visit, session)
    assert {kind: (item.title, item.text, item.answers) for kind, item in in_english.items()} == before
    assert "Italian: 1 session and 4 items." in visit("workshop_builder.show", workshop_id=WORKSHOP).text
