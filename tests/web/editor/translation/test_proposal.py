"""*Ask AI*: only where the operator has set one, and its text never counts as a person's."""

from __future__ import annotations

import shlex
import sys

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.history.model import Draft
from tests.page import Page, Visit
from tests.web.forms import page_of, send, values_of
from tests.web.people import sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own

ITALIAN = "/practices/stone-terraces/it"
CODE = "import json, sys; print(json.dumps({'text': 'Proposta: ' + json.load(sys.stdin)['text'][:9]}))"


@pytest.fixture(autouse=True)
def curator(app: Flask, client: FlaskClient) -> int:
    return sign_in(app, client)


@pytest.fixture
def machine(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "PROPOSALS", shlex.join([sys.executable, "-c", CODE]))


def italian(visit: Visit) -> Page:
    return visit("editor.edit", kind="practices", record_id="stone-terraces", part="it")


def buttons(page: Page) -> set[str]:
    return {each.get("value", "") for each in page.elements("button") if each.get("value", "").startswith("propose:")}


def test_without_a_machine_no_text_can_be_sent(client: FlaskClient, visit: Visit) -> None:
    page = italian(visit)
    assert buttons(page) == set()
    token = values_of(page.elements("form", method="post")[-1])["csrf_token"]
    answer = client.post(f"/en/editor{ITALIAN}/proposal", data={"name": "results", "csrf_token": token})
    assert "AI is not set up on this site." in (answer.json or {})["html"]


@pytest.mark.usefixtures("machine")
def test_a_machine_is_offered_where_no_person_has_translated(visit: Visit) -> None:
    offered = buttons(italian(visit))
    assert {"propose:results", "propose:how"} <= offered
    assert "propose:title" not in offered  # a person read it
    assert "propose:problem" not in offered  # a person wrote it


@pytest.mark.usefixtures("machine")
def test_a_proposal_is_labelled_and_stays_a_machines_until_it_is_changed(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    page = page_of(answer := send(client, italian(visit), ITALIAN, {"do": "propose:results", "w.title": "Non perso"}))
    assert answer.status_code == 200
    assert not page.problems(app)
    assert "Proposed by AI. Check it before you use it." in page.text
    assert page.by_id("w-title").text == "Non perso"
    assert not page.by_id("s-results").text  # a person takes it, or not
    proposed = next(each for each in page.texts("div") if each.startswith("Proposta: "))
    send(client, page, ITALIAN, {"do": "save", "s.results": proposed})
    draft = session.scalars(select(Draft)).one()
    assert "by: machine" in draft.text.partition("  results:")[2].partition("\n")[0]
    session.rollback()
    saved = visit("editor.edit", kind="practices", record_id="stone-terraces", part="it", draft=draft.id)
    assert "propose:results" in buttons(saved)
    send(client, saved, ITALIAN, {"do": "save", "s.results": f"{proposed} letta"})
    session.rollback()
    draft = session.scalars(select(Draft)).one()
    assert "by: person" in draft.text.partition("  results:")[2].partition("\n")[0]


@pytest.mark.usefixtures("machine")
def test_texts_of_a_record_that_is_not_published_are_not_sent_unless_that_is_allowed(
    app: Flask, client: FlaskClient, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = visit("editor.edit", kind="practices", record_id="draft-idea", part="it")
    asked = {"do": "propose:title"}
    text = page_of(send(client, page, "/practices/draft-idea/it", asked)).text
    assert "This record is not published, so its texts are not sent to AI." in text
    monkeypatch.setitem(app.config, "PROPOSALS_FOR_DRAFTS", True)
    assert "Proposta: " in page_of(send(client, page, "/practices/draft-idea/it", asked)).text
