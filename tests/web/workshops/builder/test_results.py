"""Feedback results for trainers: opened, closed, shown as charts and as a table, deleted."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.workshops.feedback import answers as feedback
from kb.workshops.model import Trainer, Visibility, Workshop
from tests.house import NOW, WORKSHOP, WORKSHOP_LINK, teach
from tests.page import Visit
from tests.web.forms import page_of, send
from tests.web.people import sign_in

PAGE = f"/en/trainer/workshops/{WORKSHOP}/feedback"


@pytest.fixture
def trainer(app: Flask, client: FlaskClient, session: Session) -> User:
    """A trainer who owns the sample workshop, signed in."""
    user = session.get_one(User, sign_in(app, client, "ana@example.org", Role.TRAINER))
    teach(session, user)
    return user


@pytest.fixture
def said(session: Session, trainer: User) -> None:
    """Six answers in a closed feedback."""
    feedback.set_open(session, trainer, WORKSHOP, is_open=True, now=NOW)
    texts = ("=1+1", "+cmd", "Breaks; more,\nof them", "@x", "", "-2")
    for number, words in enumerate(texts):
        answers = {"useful": "5" if number else "2", "keep": words, "safe": "4"}
        feedback.answer(session, WORKSHOP_LINK, answers, network="", now=NOW)
    feedback.set_open(session, trainer, WORKSHOP, is_open=False, now=NOW)


@pytest.mark.usefixtures("trainer")
def test_it_is_opened_and_closed(client: FlaskClient, visit: Visit, session: Session) -> None:
    page = visit(visit(f"/en/trainer/workshops/{WORKSHOP}").link("Feedback"))
    assert page.heading == "Feedback"
    assert "Participants cannot answer at the moment." in page.text
    assert send(client, page, "/feedback", {"do": "open"}).status_code == 303
    page = visit(PAGE)
    assert "Feedback opened." in page.text
    assert "/w/23456-789ab-cdefg/feedback" in page.text
    assert session.get_one(Workshop, WORKSHOP).feedback_open
    assert send(client, page, "/feedback", {"do": "close"}).status_code == 303
    assert "Participants cannot answer at the moment." in visit(PAGE).text


@pytest.mark.usefixtures("said")
def test_results_are_bars_beside_numbers_that_a_table_says(visit: Visit) -> None:
    page = visit(PAGE)
    assert "6 answers" in page.text
    assert "Average: 4.5 out of 5, from 6 answers" in page.text
    table = next(each for each in page.elements("table") if each.get("aria-labelledby") == "h--useful")
    rows = [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in table.iter("tr")]
    assert rows == [
        ["Answer", "Number of answers"],
        *(["1, not at all", "0"], ["2", "1"], ["3", "0"], ["4", "0"], ["5, completely", "5"]),
    ]
    lengths = [each.get("width") for each in table.iter() if str(each.tag).endswith("rect")][1::2]
    assert lengths == ["0.0", "16.7", "0.0", "0.0", "83.3"]
    assert "Average: 4,5 out of 5" in visit(PAGE.replace("/en/", "/lt/")).text
    assert page.text.count("No answers to this question.") == 3
    assert "=1+1" in page.text


@pytest.mark.usefixtures("said")
def test_the_table_holds_what_the_page_says_and_no_formula(client: FlaskClient) -> None:
    response = client.get(f"{PAGE}/results.csv")
    assert response.content_type == "text/csv; charset=utf-8"
    assert response.cache_control.no_store
    assert "workshop-feedback.csv" in response.headers["Content-Disposition"]
    head, *rows = csv.reader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff")))
    assert head == ["Question", "Answer", "Number of answers"]
    assert ["What I learned is useful in my work.", "5", "5"] in rows
    texts = [answer for question, answer, _ in rows if question == "What should stay the same?"]
    assert texts == ["'+cmd", "'-2", "'=1+1", "'@x", "Breaks; more,\nof them"]


@pytest.mark.usefixtures("said")
def test_all_answers_are_deleted_once_that_is_said_twice(client: FlaskClient, visit: Visit) -> None:
    page = visit(PAGE)
    response = send(client, page, "/feedback", {"do": "clear"})
    assert response.status_code == 422
    assert "#sure" in page_of(response).links()
    assert send(client, page, "/feedback", {"do": "clear", "sure": "1"}).status_code == 303
    page = visit(PAGE)
    assert "0 answers" in page.text
    assert not page.elements("table")
    assert not page.elements("input", id="sure")


def test_a_co_trainer_sees_them_and_deletes_nothing(
    client: FlaskClient, visit: Visit, session: Session, trainer: User, said: None
) -> None:
    workshop = session.get_one(Workshop, WORKSHOP)
    workshop.owner_id = None
    workshop.trainers.append(Trainer(person_id=trainer.id, added=NOW))
    session.commit()
    page = visit(PAGE)
    assert "Average: 4.5 out of 5" in page.text
    assert not page.elements("input", id="sure")
    assert send(client, page, "/feedback", {"do": "clear", "sure": "1"}).status_code == 403


def test_nobody_else_learns_that_there_are_any(
    app: Flask, client: FlaskClient, session: Session, trainer: User, said: None
) -> None:
    session.get_one(Workshop, WORKSHOP).owner_id = None
    session.commit()
    for address in (PAGE, f"{PAGE}/results.csv", f"/en/trainer/workshops/{WORKSHOP}/wall"):
        assert client.get(address).status_code == 404


@pytest.mark.usefixtures("trainer")
def test_a_private_workshop_says_what_to_do_first(client: FlaskClient, visit: Visit, session: Session) -> None:
    page = visit(PAGE)
    session.get_one(Workshop, WORKSHOP).visibility = Visibility.PRIVATE
    session.commit()
    response = send(client, page, "/feedback", {"do": "open"})
    assert response.status_code == 422
    assert "Share it by link first" in page_of(response).text
    for address in (PAGE, f"/en/trainer/workshops/{WORKSHOP}/wall"):
        page = visit(address)
        assert "Share it by link first" in page.text
        assert WORKSHOP_LINK not in page.html
