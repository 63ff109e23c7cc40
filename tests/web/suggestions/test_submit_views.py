"""Submitting a practice without an account: no typed text is lost; a curator takes it over, or explains why not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kb.accounts.model import Role, User
from kb.editing.model import Suggestion
from kb.editing.suggestions.rate_limit import PER_HOUR
from kb.extensions import db
from kb.history.model import Draft
from tests.house import NOW
from tests.page import Page, Visit
from tests.web.forms import page_of, send
from tests.web.people import sign_in

WHERE = "/en/suggest/practice"
TYPED = {
    "title": "Virvinės kopėčios",
    "problem": "Siena buvo per aukšta.",
    "what": "Kopėčios, kurios susivynioja.",
    "source-title": "Ataskaita",
    "source-address": "https://example.org/a",
    "source-publisher": "Kopėčių gildija",
    "source-year": "2024",
    "contact": "ben@example.org",
}
CHOSEN = {"in": "lt", "country": "LT", "area": "warm-referral", "source-kind": "report"}
FILLED: dict[str, str | list[str]] = {**TYPED, **CHOSEN}


def hand_in(
    app: Flask, client: FlaskClient, changes: dict[str, str | list[str]] | None = None, *, after: int = 30
) -> TestResponse:
    app.extensions["clock"] = lambda: NOW
    page = page_of(client.get(WHERE))
    app.extensions["clock"] = lambda: NOW + timedelta(seconds=after)
    return send(client, page, WHERE, {**FILLED, **(changes or {})})


def keeps_all(app: Flask, response: TestResponse, changes: dict[str, str] | None = None) -> Page:
    """Check that a redisplayed form contains every typed text, and return the page."""
    page = page_of(response)
    assert page.problems(app) == []
    for name, text in {**TYPED, **(changes or {})}.items():
        field = page.by_id(name)
        assert (field.text if field.tag == "textarea" else field.get("value")) == text, name
    chosen = {each.get("value") for each in page.elements("option", selected="")}
    assert chosen == {*CHOSEN.values()} | {value for value in (changes or {}).values() if value in chosen}
    assert "Set-Cookie" not in response.headers
    return page


def handed_in(session: Session) -> Suggestion:
    session.rollback()  # to read the current rows
    return session.scalars(select(Suggestion).order_by(Suggestion.id.desc())).first() or pytest.fail("nothing came")


def test_a_reader_submits_a_practice_follows_it_and_deletes_it(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    page = visit(visit("practices.index").link("Submit a practice"))
    assert "You do not need an account" in page.text
    assert "Everything will be deleted 180 days after the last change" in page.text
    assert page.elements("meta", name="robots")[0].get("content") == "noindex"
    response = hand_in(app, client)
    assert response.status_code == 303
    assert "Set-Cookie" not in response.headers
    there = response.headers["Location"]
    page = visit(there)
    assert "Received, not read yet" in page.text
    assert "New practice: Virvinės kopėčios" in page.text
    assert client.get(there).headers["X-Robots-Tag"] == "noindex"
    assert handed_in(session).contact == "ben@example.org"
    text = session.get_one(Draft, handed_in(session).draft_id).text
    assert "id: lt-virvines-kopecios\nlanguage: lt\n" in text
    assert "## Kas tai {#what}\n\nKopėčios, kurios susivynioja.[^s1]\n" in text
    session.rollback()
    response = send(client, page, there)
    assert "Your suggestion has been deleted" in page_of(response).heading
    assert client.get(there).status_code == 404
    session.expire_all()
    assert session.scalars(select(Draft)).all() == []


def test_a_link_may_fill_the_form_in(visit: Visit) -> None:
    page = visit(f"{WHERE}?country=PT&title=%3Cb%3E")
    assert [each.get("value") for each in page.elements("option", selected="")] == ["en", "PT"]
    assert page.by_id("title").get("value") == "<b>"


@pytest.mark.parametrize(
    "address", ["/en/", "/lt/practices", "/en/search?q=xylophone", "/en/gaps", "/en/nowhere", "/en/practices/x"]
)
def test_it_is_offered_where_somebody_may_miss_a_practice(client: FlaskClient, address: str) -> None:
    page = page_of(client.get(address))
    links = [each for each in page.elements("a") if each.get("href", "").endswith("/suggest/practice")]
    assert links
    assert {each.get("rel") for each in links} == {"nofollow"}


def test_title_country_and_area_are_enough(app: Flask, client: FlaskClient) -> None:
    changes = {**dict.fromkeys(TYPED, ""), "title": "Ladder", "source-kind": ""}
    assert hand_in(app, client, dict(changes)).status_code == 303


def test_everything_wrong_is_said_at_once_in_the_readers_language_at_its_field(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    changes = {"contact": "ben", "source-address": "example.org", "title": "x" * 301}
    response = hand_in(app, client, {**changes, "country": "", "area": "nothing"})
    assert response.status_code == 422
    page = page_of(response)
    wrong = {each.get("href") for each in page.elements("div", role="alert")[0].iter("a")}
    assert wrong == {"#contact", "#source-address", "#title", "#country", "#area"}
    for name in wrong:
        assert page.by_id((name or "").removeprefix("#")).get("aria-invalid") == "true"
    assert page.by_id("source-address").get("value") == "example.org"
    assert page.by_id("what").text == TYPED["what"]
    assert page.problems(app) == []
    assert session.scalars(select(Draft)).all() == []


@pytest.mark.parametrize(
    ("changes", "after", "words"),
    [
        ({"website": "https://spam.example"}, 30, "Clear the field “Leave this field empty” and send the form again."),
        ({}, 1, "very quick"),
        ({}, 13 * 60 * 60, "The form was open for too long."),
        *(({"shown": shown}, 30, "The form was open for too long.") for shown in ("", "1.x", "1.é", "²³.x", "1")),
    ],
)
def test_what_looks_like_a_robot_is_told_what_to_do_and_loses_nothing(
    app: Flask, client: FlaskClient, session: Session, changes: dict[str, str | list[str]], after: int, words: str
) -> None:
    response = hand_in(app, client, changes, after=after)
    assert response.status_code == 422
    assert words in keeps_all(app, response).text
    assert session.scalars(select(Draft)).all() == []


def test_a_form_that_is_shown_again_asks_for_no_second_wait(app: Flask, client: FlaskClient) -> None:
    page = keeps_all(app, hand_in(app, client, {"contact": "ben"}), {"contact": "ben"})
    assert send(client, page, WHERE, {"contact": ""}).status_code == 303
    page = keeps_all(app, hand_in(app, client, after=1))
    app.extensions["clock"] = lambda: NOW + timedelta(seconds=4)
    assert send(client, page, WHERE).status_code == 303


def test_a_form_that_was_open_too_long_is_sent_once_more(app: Flask, client: FlaskClient) -> None:
    page = keeps_all(app, hand_in(app, client, after=13 * 60 * 60))
    app.extensions["clock"] = lambda: NOW + timedelta(hours=13, seconds=5)
    assert send(client, page, WHERE).status_code == 303


def test_a_flood_is_stopped_and_its_last_text_stands_in_the_form(app: Flask, client: FlaskClient) -> None:
    for _ in range(PER_HOUR):
        assert hand_in(app, client).status_code == 303
    response = hand_in(app, client)
    assert response.status_code == 422
    assert "Too many messages were sent from your network." in keeps_all(app, response).text


def test_a_post_from_another_site_is_refused(client: FlaskClient) -> None:
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert client.post(WHERE, data=dict(FILLED), headers=headers).status_code == 403


def test_a_locked_database_costs_no_word(app: Flask, client: FlaskClient) -> None:
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    with app.app_context():
        path = str(db.engine.url.database)
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 50")
            connection.rollback()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        response = hand_in(app, client)
        other.execute("ROLLBACK")
    assert response.status_code == 503
    page = keeps_all(app, response)
    assert "The form could not be saved." in page.text
    assert send(client, page, WHERE).status_code == 303


def test_what_is_typed_is_shown_as_text(app: Flask, client: FlaskClient) -> None:
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    response = hand_in(app, client, {**dict.fromkeys(TYPED, evil), "contact": ""})
    assert "<script>alert" not in response.get_data(as_text=True)
    response = hand_in(app, client, {"title": evil, "problem": evil, "source-title": evil})
    assert "<script>alert" not in client.get(response.headers["Location"]).get_data(as_text=True)


def test_an_id_that_the_form_does_not_ask_for_is_not_taken(app: Flask, client: FlaskClient, session: Session) -> None:
    page = page_of(client.get(WHERE))
    app.extensions["clock"] = lambda: NOW + timedelta(seconds=30)
    data = {**FILLED, "id": "stone-terraces", "shown": page.elements("input", name="shown")[0].get("value", "")}
    assert client.post(WHERE, data=data).status_code == 303
    assert handed_in(session).record == "practices/lt-virvines-kopecios"


def test_somebody_signed_in_may_submit_too(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client)
    assert hand_in(app, client).status_code == 303


# On the desk


def on_the_desk(app: Flask, client: FlaskClient, visit: Visit) -> tuple[Page, str]:
    """Submit a practice and sign in; return its page on the desk and the tracking link of its reader."""
    there = hand_in(app, client).headers["Location"]
    app.extensions["clock"] = lambda: NOW + timedelta(hours=1)
    sign_in(app, client, "ana@example.org", Role.CURATOR)
    assert "Virvinės kopėčios New practice" in visit("desk.index").text
    return visit(visit("suggestions.index").link("Virvinės kopėčios")), there


def test_a_curator_takes_it_over_and_writes_on_in_the_form(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    page, there = on_the_desk(app, client, visit)
    assert "ben@example.org" in page.text
    assert {"Title", "Countries", "The problem", "What it is", "Sources"} <= set(page.texts("dt"))
    assert page.by_id("id").get("value") == "lt-virvines-kopecios"
    desk = f"/suggestions/{handed_in(session).id}"
    response = send(client, page, desk, {"do": "take-over", "id": "stone-terraces"})
    assert response.status_code == 422
    refused = page_of(response)
    assert refused.problems(app) == []
    assert refused.by_id("id").get("value") == "stone-terraces"
    response = send(client, refused, desk, {"do": "take-over", "id": "lt-kopecios"})
    assert response.status_code == 303
    assert "/practices/lt-kopecios/source?draft=" in response.headers["Location"]
    editor = visit(response.headers["Location"])
    assert editor.by_id("f-title").get("value", editor.by_id("f-title").text) == TYPED["title"]
    assert editor.by_id("s-problem").text == TYPED["problem"]
    page = visit(there)
    assert "In progress" in page.text
    assert "Virvinės" not in page.text
    assert "Your drafts" in visit("desk.index").text
    # Other curators see the state, and nothing of the text in progress.
    sign_in(app, client, "ben@example.org", Role.CURATOR)
    page = visit("suggestions.show", number=handed_in(session).id)
    assert "In progress" in page.text
    assert TYPED["problem"] not in page.text
    assert not page.elements("button", value="take-over")


def answered(client: FlaskClient, page: Page, answer: str, words: str) -> TestResponse:
    token = page.elements("input", name="csrf_token")[0].get("value", "")
    return client.post(f"/en/desk{answer}", data={"csrf_token": token, "state": "declined", "answer": words})


def test_a_curator_declines_it_with_a_reason(app: Flask, client: FlaskClient, visit: Visit, session: Session) -> None:
    page, there = on_the_desk(app, client, visit)
    answer = f"/suggestions/{handed_in(session).id}"
    response = answered(client, page, answer, "")
    assert response.status_code == 422
    assert "Enter a reason. The person who made the suggestion will read it." in page_of(response).text
    assert answered(client, page, answer, "It is no practice.").status_code == 303
    page = visit(there)
    assert "Not accepted" in page.text
    assert "It is no practice." in page.text
    assert "Virvinės" not in page.text
    page = visit("suggestions.show", number=handed_in(session).id)
    assert "The suggested text has already been published or deleted." in page.text
    assert session.scalars(select(Draft)).all() == []


def test_who_answers_for_other_countries_alone_does_not_read_it(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    on_the_desk(app, client, visit)
    user = session.get_one(User, sign_in(app, client, "pt@example.org", Role.CURATOR))
    user.grants[0].countries = "PT"
    session.commit()
    assert TYPED["title"] not in visit("suggestions.index").text
    assert client.get(f"/en/desk/suggestions/{handed_in(session).id}").status_code == 403
