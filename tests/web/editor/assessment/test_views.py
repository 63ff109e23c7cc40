"""The questions on evidence: one after the other without script, their result, and saving into the draft."""

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

ADDRESS = "/editor/practices/stone-terraces/source/evidence#onward"
GATE = {"a.G1": "yes", "a.G2": "yes", "a.G3": "yes", "a.G4": "yes"}
REST = {"a.Q1": "yes", "a.Q2": "yes", "a.Q3": "no", "a.D1": "no", "a.T1": "yes", "a.T2": "yes", "a.T3": "no"}


@pytest.fixture(autouse=True)
def curator(app: Flask, client: FlaskClient) -> int:
    return sign_in(app, client)


@pytest.fixture
def dialogue(visit: Visit) -> Page:
    return visit("assessing.show_dialogue", record_id="stone-terraces")


def checked(app: Flask, response: TestResponse, status: int) -> Page:
    assert response.status_code == status
    page = page_of(response)
    assert not page.problems(app)
    return page


def asked(page: Page) -> list[str]:
    return [each.get("id", "").removeprefix("q--") for each in page.elements("fieldset") if "q--" in each.get("id", "")]


def test_one_question_leads_to_the_next(app: Flask, client: FlaskClient, dialogue: Page) -> None:
    assert asked(dialogue) == ["G1", "Q1", "D1", "T1"]
    page = checked(app, send(client, dialogue, ADDRESS, {"do": "go-on", "a.G1": "yes", "a.Q1": "yes"}), 200)
    assert asked(page) == ["G1", "G2", "Q1", "Q2", "D1", "T1"]
    # The button "go on" leads to the first open question.
    assert [each.get("id") for each in page.by_id("onward").iter("fieldset")] == ["q--G2"]


def test_the_first_no_ends_and_the_page_says_why(app: Flask, client: FlaskClient, dialogue: Page) -> None:
    page = dialogue
    for _round in range(4):
        answers = {name: value for name, value in {**GATE, **REST}.items() if name[2:] in asked(page)}
        page = checked(app, send(client, page, ADDRESS, {"do": "go-on", **answers}), 200)
    assert asked(page) == ["G1", "G2", "G3", "G4", "Q1", "Q2", "Q3", "D1", "T1", "T2", "T3"]
    assert page.by_id("onward").get("aria-labelledby") == "h--outcome"  # no question is open
    assert "E2 monitored" in page.text.replace("Monitored", "monitored")
    assert "Deciding question: Q3 Is there an evaluation" in page.text
    assert "Effects are counted only from level E3 upwards." in page.text
    assert {"#i--e2", "#i--t2"} <= set(page.symbols("use", "href"))
    assert page.by_id("conditions") is not None
    # An earlier answer is changed and changed back: later answers are kept.
    page = checked(app, send(client, page, ADDRESS, {"do": "go-on", "a.Q2": "no"}), 200)
    assert "Q3" not in asked(page)
    page = checked(app, send(client, page, ADDRESS, {"do": "go-on", "a.Q2": "yes"}), 200)
    assert page.elements("input", name="a.Q3", checked="")[0].get("value") == "no"


def test_the_answers_are_written_into_the_draft(
    client: FlaskClient, dialogue: Page, visit: Visit, session: Session
) -> None:
    changes = {"do": "use", **GATE, **REST, "conditions": "A law\nA system", "alone": "1"}
    response = send(client, dialogue, ADDRESS, changes)
    assert response.status_code == 303
    assert response.headers["Location"].partition("?")[0].endswith("/source")
    text = session.scalars(select(Draft)).one().text
    assert "by: person" in text
    assert "by: machine" not in text
    assert "evidence_level: ev-2-monitored" in text
    page = visit(response.headers["Location"].partition("#")[0])
    assert "Your answers are saved in the draft." in page.text
    assert page.by_id("f-transfer_conditions-2-label").text == "A system"
    # The page continues from the saved answers.
    again = visit(f"/en/editor/practices/stone-terraces/source/evidence?{response.headers['Location'].split('?')[1]}")
    assert "You are changing answers given by a person." in again.text
    assert again.elements("input", name="a.Q3", checked="")[0].get("value") == "no"


def test_a_conflict_with_rights_is_named(app: Flask, client: FlaskClient, dialogue: Page, session: Session) -> None:
    changes = {"do": "go-on", "a.G1": "yes", "a.G2": "yes", "a.G3": "no"}
    page = checked(app, send(client, dialogue, ADDRESS, changes), 200)
    assert page.by_id("warning") is not None
    send(client, page, ADDRESS, {"do": "use", "warning": "Nobody is asked."})
    assert "warning: Nobody is asked." in session.scalars(select(Draft)).one().text


def test_the_answers_of_a_machine_are_offered_and_not_pressed(visit: Visit, dialogue: Page) -> None:
    assert dialogue.elements("input", name="a.G1", checked="")[0].get("value") == ""
    page = visit(dialogue.link("Go through the AI’s answers one by one"))
    assert page.elements("input", name="a.Q6", checked="")[0].get("value") == "no"
    assert "The text is marked as drafted by AI." in page.text
    assert "Combined with the other answers in the record" in page.text


def test_the_form_leads_there_and_takes_what_was_typed_along(
    client: FlaskClient, visit: Visit, session: Session
) -> None:
    editor = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")
    response = send(client, editor, "/practices/stone-terraces/source", {"do": "evidence", "f.title": "Typed"})
    assert "/source/evidence?draft=" in response.headers["Location"]
    page = visit(response.headers["Location"])
    assert page.heading == "Evidence and transferability: Typed"
    send(client, page, ADDRESS, {"do": "use", "a.G1": "yes"})
    drafts = session.scalars(select(Draft)).all()
    assert len(drafts) == 1
    assert "title: Typed" in drafts[0].text


def test_a_file_that_cannot_be_read_is_shown_whole(client: FlaskClient, visit: Visit, session: Session) -> None:
    editor = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source", view="raw")
    response = send(client, editor, "/practices/stone-terraces/source", {"do": "evidence", "text": "no facts"})
    page = visit(response.headers["Location"])
    assert page.by_id("text").text == "no facts"


def test_there_is_no_dialogue_without_a_record(client: FlaskClient) -> None:
    assert client.get("/en/editor/practices/nothing/source/evidence").status_code == 404


def test_a_text_that_cannot_be_read_comes_back_whole(app: Flask, client: FlaskClient, dialogue: Page) -> None:
    page = checked(app, send(client, dialogue, ADDRESS, {"do": "use", "text": "no facts"}), 422)
    assert page.by_id("text").text == "no facts"
