"""Programme templates: what a slot becomes in the languages of a workshop."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kb.accounts.model import Role, User
from kb.content_store.store import ContentStore
from kb.history.model import Revision
from kb.kinds.programme.kind import KIND as PROGRAMME
from kb.records.record import Passage, Reading, State
from kb.web.workshops.builder.templates import plan_of
from kb.workshops.model import Item, Workshop
from kb.workshops.plan.slots import Plan
from tests.house import ITEM, WORKSHOP, catch_up_now, teach
from tests.page import Visit
from tests.web.forms import page_of, send
from tests.web.people import sign_in

NO_BUNDLE: Any = None  # a slot is made from texts only
ROW = {"id": "s1", "day": "2", "minutes": "45", "method": "pair", "records": ["tools/gate-slip"]}


def a_reading(code: str, **texts: tuple[str, str]) -> Reading:
    """Return a template in a language; each text with its own language."""
    passages = {
        f"slots.s1.{name}": Passage(f"slots.s1.{name}", text, language, State.REVIEWED)
        for name, (text, language) in texts.items()
    }
    return Reading(NO_BUNDLE, code, passages)


@pytest.mark.parametrize("first", ["en", "lt"])
def test_a_slot_has_the_texts_that_are_there_and_a_title_in_any_case(first: str) -> None:
    second = {"en": "lt", "lt": "en"}[first]
    readings = {
        code: a_reading(code, title=("Walls", "en"), text=("Sienos", "lt") if code == "lt" else ("Stones", "en"))
        for code in (first, second)
    }
    workshop = Workshop(language=first, second_language=second)
    title = {"en": "Walls"} if first == "en" else {"lt": "Walls", "en": "Walls"}
    assert plan_of(ROW, readings, workshop) == Plan(title, 45, "pair", 2, "", {"lt": "Sienos", "en": "Stones"}, {}, {})


def take_template(app: Flask, client: FlaskClient, visit: Visit, session: Session) -> Callable[[], TestResponse]:
    """Return a function that presses the button of the template in an empty workshop."""
    user = session.get_one(User, sign_in(app, client, "ana@example.org", Role.TRAINER))
    teach(session, user)
    session.get_one(Item, ITEM).slot = None
    session.flush()
    workshop = session.get_one(Workshop, WORKSHOP)
    workshop.slots.clear()
    session.commit()
    page = visit("workshop_builder.show", workshop_id=WORKSHOP)
    values = {"csrf_token": page.elements("input", name="csrf_token")[0].get("value", "")}
    return lambda: client.post(
        f"/en/trainer/workshops/{WORKSHOP}", data={**values, "do": "template:short-evening"}, follow_redirects=False
    )


def test_a_template_is_taken_once(app: Flask, client: FlaskClient, visit: Visit, session: Session) -> None:
    press = take_template(app, client, visit, session)
    assert press().status_code == 303
    again = press()
    assert (again.status_code, "This programme already has sessions." in page_of(again).text) == (422, True)
    session.expire_all()
    workshop = session.get_one(Workshop, WORKSHOP)
    assert [(slot.day, slot.title["en"]) for slot in workshop.slots] == [
        (1, "Welcome"),
        (1, "The lost key"),
        (1, "Break"),
        (2, "Looking back"),
    ]
    assert [item.record for item in workshop.in_slot(workshop.slots[1])] == ["exercises/lost-key", "tools/gate-slip"]


def test_a_template_with_a_record_that_is_missing_leaves_nothing_half(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    press = take_template(app, client, visit, session)
    record = "exercises/lost-key"  # missing in the log, but still in the memory of this process
    session.execute(update(Revision).where(Revision.record == record).values(record="exercises/gone"))
    session.commit()
    response = press()
    assert (response.status_code, record in page_of(response).text) == (422, True)
    session.expire_all()
    assert session.get_one(Workshop, WORKSHOP).slots == []


@pytest.mark.parametrize("has_one", [True, False])
def test_an_empty_workshop_begins_with_a_template_where_the_house_has_any(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, store: ContentStore, has_one: bool
) -> None:
    if not has_one:
        file = store.content.root / PROGRAMME.name / "short-evening" / "programme.md"
        file.write_text(
            file.read_text(encoding="utf-8").replace("status: published", "status: draft"), encoding="utf-8"
        )
        catch_up_now(session, store)
    user = session.get_one(User, sign_in(app, client, "ana@example.org", Role.TRAINER))
    teach(session, user)
    session.get_one(Item, ITEM).slot = None
    session.flush()
    workshop = session.get_one(Workshop, WORKSHOP)
    workshop.slots.clear()
    session.commit()
    page = visit("workshop_builder.show", workshop_id=WORKSHOP)
    assert "No sessions yet." in page.text
    assert ("Start with a template" in page.text) is has_one
    assert ("A short evening" in page.text) is has_one


ITALIAN = """---
language: it
words:
  title: Una breve serata
  summary: Due ore al cancello.
  audience: Custodi.
  aims: Aprono il cancello di notte.
  slots.s1.title: Benvenuto
  slots.s2.title: La chiave persa
  slots.s2.text: Leggiamo il caso.
  slots.s2.trainer_notes: Porti una chiave.
  slots.s2.materials: Una scheda per ciascuno.
  slots.s3.title: Pausa
  slots.s4.title: Uno sguardo indietro
---
"""
OUTLINE = f"/trainer/workshops/{WORKSHOP}/outline"


@pytest.fixture
def in_english(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> Callable[[str], Workshop]:
    """A workshop in English, begun with a template that also exists in Italian; the function sets a second language."""
    file = store.content.root / PROGRAMME.name / "short-evening" / "programme.it.md"
    file.write_text(ITALIAN, encoding="utf-8")
    catch_up_now(session, store)
    press = take_template(app, client, visit, session)
    session.get_one(Workshop, WORKSHOP).second_language = ""
    session.commit()
    assert press().status_code == 303

    def add(code: str) -> Workshop:
        page = visit("workshop_builder.edit", workshop_id=WORKSHOP)
        assert send(client, page, OUTLINE, {"second_language": code}).status_code == 303
        session.expire_all()
        return session.get_one(Workshop, WORKSHOP)

    session.expire_all()
    return add


def test_slots_as_the_template_gave_them_get_its_texts_in_a_language_that_is_added(
    in_english: Callable[[str], Workshop], visit: Visit
) -> None:
    slots = in_english("it").slots
    assert [slot.title["it"] for slot in slots] == ["Benvenuto", "La chiave persa", "Pausa", "Uno sguardo indietro"]
    case = slots[1]
    assert (case.text["it"], case.trainer_notes["it"]) == ("Leggiamo il caso.", "Porti una chiave.")
    assert (case.materials["it"], case.text["en"]) == ("Una scheda per ciascuno.", "We read the case.")
    assert "Texts are missing" not in visit("workshop_builder.show", workshop_id=WORKSHOP).text


def test_a_slot_that_was_changed_is_left_to_the_trainer_and_the_builder_says_so(
    in_english: Callable[[str], Workshop], client: FlaskClient, visit: Visit, session: Session
) -> None:
    slot = session.get_one(Workshop, WORKSHOP).slots[1]
    slot.text = {"en": "We read our case."}
    session.commit()
    assert "Texts are missing" not in visit("workshop_builder.show", workshop_id=WORKSHOP).text
    slots = in_english("it").slots
    assert [set(each.title) for each in slots] == [{"en", "it"}, {"en"}, {"en", "it"}, {"en", "it"}]
    assert slots[1].text == {"en": "We read our case."}
    page = visit("workshop_builder.show", workshop_id=WORKSHOP)
    assert "Texts are missing in: Italian." in page.text
    assert "Italian: 1 session." in page.text
    first = page.link("Add the first missing text: The lost key, Italian")
    assert first.endswith(f"/slots/{slots[1].id}#title.it")
    form = visit(first.partition("#")[0])
    assert form.by_id("title.it").get("value") == ""
    session.rollback()
    # Typed texts survive when the language is removed and added again.
    action = first.partition("#")[0].removeprefix("/en")
    assert send(client, form, action, {"title.it": "La nostra chiave", "text.it": "x"}).status_code == 303
    in_english("")
    assert in_english("it").slots[1].title["it"] == "La nostra chiave"


def test_what_no_template_has_is_counted_with_its_first_text(
    in_english: Callable[[str], Workshop], visit: Visit, session: Session
) -> None:
    workshop = session.get_one(Workshop, WORKSHOP)
    session.add(Item(workshop=workshop, slot=workshop.slots[0], position=0, kind="text", title={"en": "Mine"}, text={}))
    session.add(Item(workshop=workshop, position=9, kind="quiz", title={"en": "Q", "ro": "Q"}, text={"en": "a"}))
    session.commit()
    workshop = in_english("ro")
    assert [set(each.title) for each in workshop.slots] == [{"en"}] * 4
    page = visit("workshop_builder.show", workshop_id=WORKSHOP)
    assert "Romanian: 4 sessions and 2 items." in page.text
    assert page.link("Add the first missing text: Welcome, Romanian").endswith(
        f"/slots/{workshop.slots[0].id}#title.ro"
    )
    for slot in workshop.slots:
        slot.title, slot.text = {**slot.title, "ro": "A"}, {**slot.text, "ro": "B"}
        slot.trainer_notes, slot.materials = {"ro": "C"}, {}
    session.commit()
    page = visit("workshop_builder.show", workshop_id=WORKSHOP)
    assert "Romanian: 2 items." in page.text
    assert page.link("Add the first missing text: Mine, Romanian").endswith("#title.ro")
    session.rollback()
