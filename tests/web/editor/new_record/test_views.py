"""Pages that create a record: short form, proposed id, copies of another record; no typed text is lost."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kb.history.model import Draft
from tests.page import Page, Visit
from tests.web.forms import page_of, send
from tests.web.people import sign_in

NEW = "/editor/new/practices"
LIKE = "/editor/new/practices/from/stone-terraces"
FILLED: dict[str, str | list[str]] = {
    "do": "begin",
    "title": "Virvinės kopėčios",
    "in": "lt",
    "country": "LT",
    "area": "warm-referral",
    "problem": "Siena buvo per aukšta.",
    "what": "Kopėčios, kurios susivynioja.",
    "source-title": "Ataskaita",
    "source-address": "https://example.org/a",
    "source-publisher": "Kopėčių gildija",
    "source-year": "2024",
    "source-kind": "report",
}


@pytest.fixture(autouse=True)
def curator(app: Flask, client: FlaskClient) -> int:
    return sign_in(app, client)


def checked(app: Flask, response: TestResponse, status: int) -> Page:
    assert response.status_code == status
    page = page_of(response)
    assert not page.problems(app)
    return page


def test_a_practice_begins_with_what_somebody_knows(client: FlaskClient, visit: Visit, session: Session) -> None:
    response = send(client, visit("beginning.new", kind="practices"), NEW, FILLED)
    assert response.status_code == 303
    assert "/practices/lt-virvines-kopecios/source?draft=" in response.headers["Location"]
    page = visit(response.headers["Location"])
    assert page.by_id("f-title").text == "Virvinės kopėčios"
    assert page.by_id("s-problem").text == "Siena buvo per aukšta."
    text = session.scalars(select(Draft)).one().text
    assert "countries: [LT]\nareas: [warm-referral]\nsources:\n" in text
    assert "## Kas tai {#what}\n\nKopėčios, kurios susivynioja.[^s1]\n" in text  # with the source


def test_countries_and_areas_are_chosen_by_name_in_the_curators_language(visit: Visit) -> None:
    page = visit("beginning.new", language="lt", kind="practices")
    named = {each.get("value"): (each.text or "") for each in page.elements("option")}
    assert named["PT"] == "Portugalija"
    assert named["warm-referral"]
    assert {"en", "it", "lt", "pt", "ro"} <= named.keys()


def test_an_id_is_proposed_and_can_be_changed(app: Flask, client: FlaskClient, visit: Visit) -> None:
    page = visit("beginning.new", kind="practices")
    page = checked(app, send(client, page, NEW, {**FILLED, "do": "propose"}), 200)
    assert page.by_id("id").get("value") == "lt-virvines-kopecios"
    assert page.by_id("what").text == "Kopėčios, kurios susivynioja."
    response = send(client, page, NEW, {"do": "begin", "id": "lt-rope"})
    assert "/practices/lt-rope/source" in response.headers["Location"]


def test_everything_wrong_is_said_at_once_and_nothing_typed_is_lost(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    page = visit("beginning.new", kind="practices")
    changes = {**FILLED, "country": "", "source-address": "example.org", "source-kind": "", "id": "Rope Ladder"}
    page = checked(app, send(client, page, NEW, changes), 422)
    assert {"#country", "#source-address", "#source-kind", "#id"} == {
        each.get("href") for each in page.elements("div", role="alert")[0].iter("a")
    }
    assert page.by_id("source-address").get("value") == "example.org"
    assert page.by_id("problem").text == "Siena buvo per aukšta."
    assert page.by_id("id").get("aria-invalid") == "true"
    assert session.scalars(select(Draft)).all() == []


@pytest.mark.parametrize("record_id", ["Rope Ladder", "../x", "stone-terraces", "old-leaflet"])
def test_an_id_is_checked_at_the_beginning(app: Flask, client: FlaskClient, visit: Visit, record_id: str) -> None:
    page = visit("beginning.new", kind="practices")
    page = checked(app, send(client, page, NEW, {**FILLED, "id": record_id}), 422)
    assert page.by_id("id").get("value") == record_id
    assert page.by_id("id").get("aria-invalid") == "true"


def test_the_same_form_sent_twice_begins_one_record_under_each_id(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    page = visit("beginning.new", kind="practices")
    assert send(client, page, NEW, {**FILLED, "id": "rope"}).status_code == 303
    again = checked(app, send(client, page, NEW, {**FILLED, "id": "rope"}), 422)
    assert "Its draft is on your dashboard. Choose another ID." in again.text
    assert send(client, page, NEW, {**FILLED, "id": ""}).status_code == 303
    assert {each.record for each in session.scalars(select(Draft))} == {
        "practices/rope",
        "practices/lt-virvines-kopecios",
    }


def test_other_kinds_begin_with_id_title_and_language(client: FlaskClient, visit: Visit, session: Session) -> None:
    page = visit("beginning.new", kind="pages")
    assert not page.elements("select", name="country")
    response = send(client, page, "/editor/new/pages", {"do": "begin", "title": "Accesso", "in": "it"})
    assert "/pages/accesso/source" in response.headers["Location"]
    assert session.scalars(select(Draft)).one().text.startswith("---\nid: accesso\nlanguage: it\ntitle: Accesso\n")


def test_a_record_begins_as_a_copy_or_a_pattern_of_another(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    desk = visit("desk.record", kind="practices", record_id="stone-terraces")
    page = visit(desk.link("Start a new record from this one"))
    response = send(client, page, LIKE, {"do": "begin", "way": "duplicate", "title": "Terraces of sand", "id": ""})
    assert "/practices/terraces-of-sand/source" in response.headers["Location"]
    assert visit(response.headers["Location"]).by_id("f-figures-0-value").get("value") == "12 %"
    response = send(client, page, LIKE, {"do": "begin", "way": "archetype", "title": "Terrazze", "in": "it", "id": "t"})
    shown = visit(response.headers["Location"])
    assert shown.by_id("f-actors-0").get("value") == "police"
    assert not shown.by_id("s-what").text
    assert "language: it\n" in session.scalars(select(Draft).where(Draft.record == "practices/t")).one().text
    wrong = checked(app, send(client, page, LIKE, {"do": "begin", "way": "archetype", "id": "stone-terraces"}), 422)
    assert wrong.elements("input", checked="")[0].get("value") == "archetype"


def test_the_other_record_is_found_by_title_or_id(app: Flask, client: FlaskClient, visit: Visit) -> None:
    response = client.get("/en/editor/new/practices?from=Stone terraces")
    assert response.headers["Location"].endswith(LIKE)
    page = checked(app, client.get("/en/editor/new/practices?from=No such wall"), 422)
    assert page.by_id("from").get("value") == "No such wall"


def test_who_works_on_a_record_with_a_similar_title_is_said_once(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    assert send(client, visit("beginning.new", kind="practices"), NEW, FILLED).status_code == 303
    sign_in(app, client, "boris@example.org")
    typed = {**FILLED, "title": "Kopėčios virvinės", "country": "PT"}
    page = checked(app, send(client, visit("beginning.new", kind="practices"), NEW, typed), 422)
    assert "Ana Costa is already working on “Virvinės kopėčios”." in page.text
    response = send(client, page, NEW, {"do": "begin"})
    assert response.status_code == 303
    assert len(session.scalars(select(Draft)).all()) == 2
    copied = {"do": "begin", "title": "Kopėčios", "way": "archetype"}
    page = checked(
        app, send(client, visit("beginning.like", kind="practices", record_id="stone-terraces"), LIKE, copied), 422
    )
    assert "is already working on" in page.text
    assert send(client, page, LIKE, {"do": "begin"}).status_code == 303
