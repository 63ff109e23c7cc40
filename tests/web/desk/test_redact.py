"""Erasing a text from the history in the browser: explanation, reason, confirmation and result."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.content_store.store import ContentStore
from kb.history import log
from kb.history.log import find_blob
from kb.publishing.actions import Edit, publish
from kb.publishing.attachments import attach, detach
from kb.records.bundle import hash_bytes
from kb.records.files.paths import place_of
from kb.workshops.model import Item, ItemKind, Workshop
from tests.house import ITEM, NOW, WORKSHOP, a_curator, teach
from tests.page import Page, Visit
from tests.web.forms import page_of, send
from tests.web.people import sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own

PLACE = place_of("practices/stone-terraces", "source")
WHERE: dict[str, Any] = {"kind": "practices", "record_id": "stone-terraces", "part": "source", "number": 1}
ACTION = "/source/1/erase"


@pytest.fixture(autouse=True)
def second(session: Session, store: ContentStore) -> None:
    """A second revision with another title."""
    head = log.find_head(session, PLACE)
    assert head is not None
    assert head.text is not None
    text = head.text.replace("title: Stone terraces", "title: Dry terraces")
    edit = Edit(PLACE, text, head.number, head.fingerprint)
    publish(session, store, a_curator(session, "other@example.org"), [edit], note="Because.", now=NOW)
    session.commit()


@pytest.fixture
def form(app: Flask, client: FlaskClient, visit: Visit) -> Page:
    """The confirmation page for an administrator."""
    sign_in(app, client, "root@example.org", Role.ADMINISTRATOR)
    return visit(visit("revisions.show", **WHERE).link("Erase this text from the history"))


def text_of_first(session: Session) -> str | None:
    session.rollback()
    return log.get_revision(session, PLACE, 1).text


def test_an_administrator_erases_a_text_for_good(
    client: FlaskClient, form: Page, session: Session, visit: Visit
) -> None:
    assert "This cannot be undone." in form.text
    assert "Workshops that use a saved copy of this text will lose it." in form.text
    response = send(client, form, ACTION, {"reason": "Asked by the person named.", "confirm": "stone-terraces"})
    assert response.status_code == 303
    page = visit(response.headers["Location"])
    assert "Erased: 1 revision, 0 drafts." in page.text
    assert "3 saved copies in workshops were also erased." in page.text
    assert "was erased on request" in page.text
    assert text_of_first(session) is None
    assert "text removed on request" in visit("workshops.show", key=WORKSHOP).text
    left = visit("workshops.item", key=WORKSHOP, item_id=ITEM)
    assert "The text of this item was removed on request." in left.text
    assert "Stone terraces" not in left.text


def test_who_made_an_exercise_of_the_record_is_told_to_read_it_again(
    app: Flask, client: FlaskClient, form: Page, session: Session, visit: Visit
) -> None:
    told = "A text that this item is based on was removed on request."
    here = session.get_one(Workshop, WORKSHOP)
    made, other = (
        Item(
            workshop=here,
            position=0,
            kind=ItemKind.CASE,
            made_from=record,
            title={"en": "Case"},
            text={"en": "By N.N."},
        )
        for record in ("practices/ask-first practices/stone-terraces", "practices/ask-first")
    )
    session.add_all((made, other))
    session.commit()
    names = made.id, other.id
    assert "Exercises made from this record may still quote the text." in form.text
    response = send(client, form, ACTION, {"reason": "Asked for.", "confirm": "stone-terraces"})
    page = visit(response.headers["Location"])
    assert "1 workshop exercise was made from this record and may still quote the erased text." in page.text
    ana = sign_in(app, client, "ana@example.org", Role.TRAINER)
    teach(session, session.get_one(User, ana))
    found = [visit("workshop_items.edit", workshop_id=WORKSHOP, item_id=each).text for each in (*names, ITEM)]
    assert [told in text for text in found] == [True, False, False]


def test_nothing_is_erased_without_a_reason_or_with_another_id(
    app: Flask, client: FlaskClient, form: Page, session: Session
) -> None:
    response = send(client, form, ACTION, {"reason": " ", "confirm": "stone-terrace"})
    page = page_of(response)
    assert response.status_code == 422
    assert not page.problems(app)
    assert page.by_id("confirm").get("value") == "stone-terrace"
    assert {each.get("href") for each in page.elements("a")} >= {"#reason", "#confirm"}
    assert text_of_first(session) is not None


def test_a_text_that_stands_now_is_not_erased(client: FlaskClient, form: Page, visit: Visit, session: Session) -> None:
    del form
    newest = WHERE | {"number": 2}
    assert "You cannot erase the current text." in visit("revisions.show", **newest).text
    page = visit("erasing.show", **newest)
    response = send(client, page, "/source/2/erase", {"reason": "why", "confirm": "stone-terraces"})
    assert response.status_code == 422
    assert "Readers can see revision 2 of" in page_of(response).text


def test_a_publisher_is_not_offered_it(app: Flask, client: FlaskClient, visit: Visit) -> None:
    sign_in(app, client)
    assert "Erase" not in visit("revisions.show", **WHERE).text
    assert client.get("/en/history/practices/stone-terraces/source/1/erase").status_code == 403


def test_what_was_erased_already_is_not_found(client: FlaskClient, form: Page) -> None:
    send(client, form, ACTION, {"reason": "why", "confirm": "stone-terraces"})
    assert client.get("/en/history/practices/stone-terraces/source/1/erase").status_code == 404


def test_a_picture_that_does_not_stand_any_more_is_erased_too(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    publisher, picture = a_curator(session, "other@example.org"), place_of("practices/stone-terraces", "face.png")
    attach(session, store, publisher, picture, b"a face", replace=False, note="", now=NOW)
    mark = hash_bytes(b"a face")
    assert find_blob(session, mark) == b"a face"
    detach(session, store, publisher, picture, note="", now=NOW)
    session.commit()
    sign_in(app, client, "root@example.org", Role.ADMINISTRATOR)
    page = visit("revisions.show", **(WHERE | {"part": "face.png"}))
    form = visit(page.link("Erase this file from the history"))
    response = send(client, form, "/face.png/1/erase", {"reason": "Asked for.", "confirm": "stone-terraces"})
    assert response.status_code == 303
    assert "The text of this revision was erased on request" in visit(response.headers["Location"]).text
    session.rollback()
    assert find_blob(session, mark) is None
