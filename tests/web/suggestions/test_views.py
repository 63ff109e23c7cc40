"""Suggesting without an account: no cookie, robots kept out without a captcha, no typed text lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kb.accounts.model import Role, User
from kb.editing.model import Suggestion
from kb.editing.suggestions import rate_limit
from kb.extensions import db
from tests.house import NOW, TOKEN
from tests.page import Page, Visit, address_of
from tests.web.forms import page_of
from tests.web.forms import send as send_form
from tests.web.people import sign_in

WHERE = "/en/suggest/practices/stone-terraces/what"


def shown(client: FlaskClient) -> str:
    html = client.get(WHERE).get_data(as_text=True)
    return html.partition('name="shown" value="')[2].partition('"')[0]


def send(app: Flask, client: FlaskClient, *, after: int = 30, **fields: Any) -> TestResponse:
    stamp = shown(client)
    app.extensions["clock"] = lambda: NOW + timedelta(seconds=after)
    return client.post(WHERE, data={"shown": stamp, "text": "Quite another text.", "reason": "I know it.", **fields})


def test_a_reader_suggests_follows_and_deletes(app: Flask, client: FlaskClient, visit: Visit, session: Session) -> None:
    page = visit("practices.show", record_id="stone-terraces")
    whole = next(each.get("href") or "" for each in page.elements("a") if "/suggest/" in (each.get("href") or ""))
    assert any((each.get("href") or "") == WHERE for each in visit(whole).elements("a"))
    page = visit(WHERE)
    assert "You do not need an account" in page.text
    response = send(app, client)
    assert response.status_code == 303
    there = response.headers["Location"]
    page = visit(there)
    assert "Received, not read yet" in page.text
    assert "I know it." in page.text
    assert client.get(there).headers["X-Robots-Tag"] == "noindex"
    assert client.get(there).headers["Cache-Control"] == "no-store"
    assert "Your suggestion has been deleted" in page_of(send_form(client, page, there)).heading
    assert client.get(there).status_code == 404


def test_what_cannot_be_saved_just_now_is_given_back(app: Flask, client: FlaskClient) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(
            text("CREATE TRIGGER full BEFORE INSERT ON suggestion BEGIN SELECT RAISE(ABORT, 'it is full'); END")
        )
    app.config["PROPAGATE_EXCEPTIONS"] = False
    response = send(app, client)
    assert response.status_code == 503
    again = page_of(response)
    assert again.problems(app) == []
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER full"))
    response = send_form(client, again, WHERE)
    assert response.status_code == 303
    assert "I know it." in client.get(response.headers["Location"]).get_data(as_text=True)


def test_no_cookie_is_set(app: Flask, client: FlaskClient) -> None:
    response = send(app, client)
    assert "Set-Cookie" not in response.headers
    assert "Set-Cookie" not in client.get(response.headers["Location"]).headers


@pytest.mark.parametrize(
    ("fields", "after", "words"),
    [
        ({"website": "https://spam.example"}, 30, "Clear the field “Leave this field empty” and send the form again."),
        ({}, 1, "very quick"),
        ({}, 13 * 60 * 60, "The form was open for too long."),
        ({"shown": "1.x"}, 30, "The form was open for too long."),
        ({"shown": "²³.x"}, 30, "The form was open for too long."),
        ({"shown": "1.é"}, 30, "The form was open for too long."),
        ({"shown": ""}, 30, "The form was open for too long."),
    ],
)
def test_what_looks_like_a_robot_is_told_what_to_do_and_loses_nothing(
    app: Flask, client: FlaskClient, session: Session, fields: dict[str, str], after: int, words: str
) -> None:
    before = len(session.scalars(select(Suggestion)).all())
    response = send(app, client, after=after, **fields)
    html = response.get_data(as_text=True)
    assert response.status_code == 422
    assert words in html
    assert "Quite another text." in html
    assert "I know it." in html
    session.expire_all()
    assert len(session.scalars(select(Suggestion)).all()) == before


def test_when_the_site_takes_no_more_the_reader_keeps_her_text_and_the_desk_says_so(
    app: Flask, client: FlaskClient, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limit, "IN_ALL", 1)
    told = "The daily limit for suggestions has been reached."
    sign_in(app, client, "ana@example.org", Role.CURATOR)
    assert told not in visit("desk.index").text
    reader = app.test_client()
    reader.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    assert send(app, reader).status_code == 303
    response = send(app, reader, after=60, text="My own words.", shown=shown(reader))
    assert response.status_code == 422
    page = page_of(response)
    assert "This site cannot accept any more suggestions today." in page.text
    assert "My own words." in page.html
    assert told in visit("desk.index").text
    assert told in visit("suggestions.index").text


def test_a_post_from_another_site_is_refused(app: Flask, client: FlaskClient) -> None:
    stamp = shown(client)
    response = client.post(WHERE, data={"shown": stamp}, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        *("/en/suggest/practices/nothing", "/en/suggest/nothing/stone-terraces", "/en/suggest/track/nothing"),
        "/en/suggest/practices/stone-terraces/nothing",
    ],
)
def test_what_is_not_there_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_what_was_typed_is_not_lost_when_its_section_went_meanwhile(app: Flask, client: FlaskClient) -> None:
    data = {"shown": shown(client), "text": "Quite another text.", "reason": "I know it."}
    response = client.post("/en/suggest/practices/stone-terraces/went", data=data)
    assert response.status_code == 422
    html = response.get_data(as_text=True)
    assert "Someone else has changed this text in the meantime" in html
    assert "I know it.\n\nQuite another text." in html
    assert 'action="/en/suggest/practices/stone-terraces"' in html


def test_what_is_typed_is_shown_as_text(app: Flask, client: FlaskClient) -> None:
    response = send(app, client, reason='<script>alert(1)</script>"><img src=x onerror=alert(1)>')
    html = client.get(response.headers["Location"]).get_data(as_text=True)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_curator_sees_it_on_the_desk_and_answers(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    sign_in(app, client, "ana@example.org", Role.CURATOR)
    assert "Suggestions from readers" in visit("desk.index").text
    number = session.scalars(select(Suggestion.id)).all()[-1]
    page = visit("suggestions.show", number=number)
    assert "The walls are older." in page.text
    token = client.get(address_of(app, "suggestions.show", language="en", number=number)).get_data(as_text=True)
    token = token.partition('name="csrf_token" value="')[2].partition('"')[0]
    address = address_of(app, "suggestions.answer_submit", language="en", number=number)
    response = client.post(address, data={"csrf_token": token, "state": "declined", "answer": ""})
    assert response.status_code == 422
    assert "Enter a reason. The person who made the suggestion will read it." in response.get_data(as_text=True)
    response = client.post(address, data={"csrf_token": token, "state": "declined", "answer": "They are not."})
    assert response.status_code == 303
    page = visit("suggest.track", token=TOKEN)
    assert "Not accepted" in page.text
    assert "They are not." in page.text


def test_only_who_answers_for_the_record_reads_what_a_reader_wrote(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    number = session.scalars(select(Suggestion.id).order_by(Suggestion.id)).all()[-1]
    user_id = sign_in(app, client, "lt@example.org", Role.CURATOR)
    assert "The walls are older." in visit("suggestions.show", number=number).text
    assert "The walls are older." in visit("suggestions.index").text
    with app.app_context():
        db.session.get_one(User, user_id).grants[0].languages = "lt"
        db.session.commit()
    address = address_of(app, "suggestions.show", language="en", number=number)
    assert client.get(address).status_code == 403
    for page in ("suggestions.index", "desk.index"):
        assert "The walls are older." not in visit(page).text


def test_a_text_that_was_promised_to_a_reader_waits_for_review_until_it_is_published(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    send(app, client)
    suggestion = session.scalars(select(Suggestion).order_by(Suggestion.id.desc())).first()
    assert suggestion is not None
    sign_in(app, client, "ana@example.org", Role.CURATOR)
    review = address_of(app, "reviewing.show", language="en", draft_id=suggestion.draft_id)
    assert review not in links(visit("desk.index"))  # it waits among the suggestions
    number = suggestion.id
    session.rollback()
    page = visit("suggestions.show", number=number)
    send_form(client, page, f"/suggestions/{number}", {"state": "accepted", "answer": "Thank you."})
    assert review in links(visit("desk.index"))


def links(page: Page) -> list[str]:
    return [each.get("href") or "" for each in page.elements("a")]
