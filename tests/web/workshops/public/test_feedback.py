"""Online feedback: without account or cookie, only while it is open, and no typed text is lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kb.accounts.model import Role
from kb.extensions import db
from kb.workshops.model import Feedback, FeedbackAttempt, Visibility, Workshop
from tests.house import NOW, WORKSHOP, WORKSHOP_LINK
from tests.page import Visit
from tests.web.forms import page_of, send
from tests.web.people import sign_in

WHERE = f"/en/workshops/{WORKSHOP_LINK}/feedback"


@pytest.fixture
def asked(session: Session) -> Workshop:
    """The workshop by link, with open feedback."""
    workshop = session.get_one(Workshop, WORKSHOP)
    workshop.visibility, workshop.feedback_open = Visibility.LINK, True
    session.commit()
    return workshop


def answered(session: Session) -> list[dict[str, str]]:
    session.expire_all()
    return [each.answers for each in session.scalars(select(Feedback))]


def answer(app: Flask, client: FlaskClient, visit: Visit, *, after: int = 30, **fields: Any) -> TestResponse:
    page = visit(WHERE)
    app.extensions["clock"] = lambda: NOW + timedelta(seconds=after)
    return send(client, page, WHERE, {"useful": "4", "keep": "The case, its two parts.", **fields})


@pytest.mark.usefixtures("asked")
def test_a_participant_finds_the_questions_answers_and_is_thanked(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    page = visit(visit("workshops.show", key=WORKSHOP_LINK).link("Give feedback"))
    assert page.heading == "Your feedback"
    assert "After the storm" in page.text
    assert "You do not need an account, no cookie is set" in page.text
    assert len(page.elements("fieldset")) == 4
    response = answer(app, client, visit)
    assert response.status_code == 303
    assert visit(response.headers["Location"]).heading == "Thank you"
    assert answered(session) == [{"useful": "4", "keep": "The case, its two parts."}]


@pytest.mark.usefixtures("asked")
def test_no_cookie_is_set_and_no_address_is_kept(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    response = answer(app, client, visit)
    for each in (client.get(WHERE), response, client.get(response.headers["Location"])):
        assert "Set-Cookie" not in each.headers
        assert each.status_code == 303 or each.cache_control.no_store
    connection = session.connection()
    for table in ("workshop_feedback", "workshop_feedback_attempt"):
        rows = str(connection.execute(text(f"SELECT * FROM {table}")).all())  # noqa: S608 - names of tables
        assert rows != "[]"
        assert "127.0.0.1" not in rows
    assert session.scalars(select(Feedback.day)).all() == [NOW.date().isoformat()]


@pytest.mark.parametrize("language", ["en", "lt"])
@pytest.mark.usefixtures("asked")
def test_the_questions_belong_in_no_index(client: FlaskClient, visit: Visit, language: str) -> None:
    page = visit(WHERE.replace("/en/", f"/{language}/"))
    assert page.elements("meta", name="robots", content="noindex, nofollow")
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert not page.elements("link", rel="canonical")


@pytest.mark.parametrize(
    ("fields", "after", "words", "field"),
    [
        ({"useful": "", "keep": " ", "better": ""}, 30, "Answer at least one question", ""),
        ({"useful": "9"}, 30, "Select a number from 1 to 5.", "useful"),
        ({"better": "x" * 2_001}, 30, "This text has 2,001 characters.", "better"),
        (
            {"website": "https://spam.example"},
            30,
            "Clear the field “Leave this field empty” and send the form again.",
            "website",
        ),
        ({}, 1, "You sent the form very quickly.", ""),
        ({"shown": "1.x"}, 30, "The form was open for too long.", ""),
    ],
)
@pytest.mark.usefixtures("asked")
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    app: Flask,
    client: FlaskClient,
    visit: Visit,
    session: Session,
    fields: dict[str, str],
    after: int,
    words: str,
    field: str,
) -> None:
    given = {"useful": "4", "keep": "The case.", "better": "More breaks.", **fields}
    response = answer(app, client, visit, after=after, **given)
    page = page_of(response)
    assert response.status_code == 422
    assert page.problems(app) == []
    assert words in page.text
    assert len(page.elements("p", class_="field__error")) == (field in ("useful", "better"))
    assert f"#{field}" in page.links() if field else True
    assert (page.by_id("keep").text or "") == given["keep"].strip()
    assert (page.by_id("better").text or "") == given["better"]
    if given["useful"] in "12345":
        assert [each.get("value") for each in page.elements("input", name="useful", checked="")] == [given["useful"]]
    assert answered(session) == []


def test_it_is_said_when_it_is_closed_and_whoever_typed_meanwhile_keeps_it(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, asked: Workshop
) -> None:
    page = visit(WHERE)
    asked.feedback_open = False
    session.commit()
    app.extensions["clock"] = lambda: NOW + timedelta(seconds=30)
    response = send(client, page, WHERE, {"keep": "The case."})
    assert response.status_code == 422
    assert "is closed" in page_of(response).text
    assert page_of(response).by_id("keep").text == "The case."
    page = visit(WHERE)
    assert "is closed" in page.text
    assert not page.elements("textarea")
    assert "Give feedback" not in visit("workshops.show", key=WORKSHOP_LINK).text
    assert answered(session) == []


def test_it_is_behind_the_link_alone(client: FlaskClient, visit: Visit, session: Session, asked: Workshop) -> None:
    asked.visibility = Visibility.PUBLIC
    session.commit()
    # A reader who finds a public workshop did not take part, so the page does not reveal the participants' link.
    page = visit("workshops.show", key=WORKSHOP)
    assert WORKSHOP_LINK not in page.html
    assert "Give feedback" not in page.text
    assert client.get(f"/en/workshops/{WORKSHOP}/feedback").status_code == 404
    asked.visibility = Visibility.PRIVATE
    session.commit()
    for address in (WHERE, f"{WHERE}/thanks"):
        assert client.get(address).status_code == 404
    assert client.post(WHERE, data={"useful": "5"}).status_code == 404


@pytest.mark.usefixtures("asked")
def test_what_cannot_be_saved_just_now_is_given_back(app: Flask, client: FlaskClient, visit: Visit) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(
            text("CREATE TRIGGER full BEFORE INSERT ON workshop_feedback BEGIN SELECT RAISE(ABORT, 'full'); END")
        )
    app.config["PROPAGATE_EXCEPTIONS"] = False
    response = answer(app, client, visit)
    assert response.status_code == 503
    again = page_of(response)
    assert again.problems(app) == []
    assert "The case, its two parts." in again.html
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER full"))
    assert send(client, again, WHERE).status_code == 303


@pytest.mark.usefixtures("asked")
def test_somebody_signed_in_answers_as_nobody(app: Flask, client: FlaskClient, visit: Visit, session: Session) -> None:
    sign_in(app, client, "ana@example.org", Role.TRAINER)
    assert answer(app, client, visit).status_code == 303
    assert len(answered(session)) == len(session.scalars(select(FeedbackAttempt)).all()) == 1
