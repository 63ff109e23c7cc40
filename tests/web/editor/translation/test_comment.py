"""A translator comments on the original or proposes a term; curators get a suggestion that names nobody."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import Role
from kb.editing.model import Suggestion
from tests.page import Page, Visit
from tests.web.forms import page_of, send
from tests.web.people import sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own


@pytest.fixture(autouse=True)
def translator(app: Flask, client: FlaskClient) -> int:
    return sign_in(app, client, "translator@example.org", Role.TRANSLATOR)


def form(visit: Visit, text: str) -> Page:
    return visit("translating.comment", kind="practices", record_id="stone-terraces", part="it", text=text)


def last(session: Session) -> Suggestion:
    session.rollback()
    return session.scalars(select(Suggestion).order_by(Suggestion.id.desc())).first() or Suggestion()


def test_a_comment_is_a_suggestion_on_the_section_of_the_original(
    client: FlaskClient, visit: Visit, session: Session
) -> None:
    page = form(visit, "problem")
    assert "Water ran down" in page.text
    answer = send(client, page, "/comment", {"reason": "Down where?"})
    assert "/track/" in answer.headers["Location"]
    visit(answer.headers["Location"])
    found = last(session)
    assert (found.record, found.part, found.section) == ("practices/stone-terraces", "source", "problem")
    assert found.reason.startswith("From a translator into Italian.")
    assert found.reason.endswith("Down where?")
    assert found.contact == ""
    assert "Ana" not in found.reason


def test_a_term_is_proposed_with_the_fact_it_is_from(client: FlaskClient, visit: Visit, session: Session) -> None:
    send(client, form(visit, "title"), "/comment", {"term": "terrace", "translation": "terrazza"})
    found = last(session)
    assert found.section == ""
    assert "title: “Stone terraces”" in found.reason
    assert "Term for the glossary: terrace = terrazza" in found.reason


def test_an_empty_comment_is_asked_for(app: Flask, client: FlaskClient, visit: Visit) -> None:
    page = page_of(answer := send(client, form(visit, "title"), "/comment", {"translation": "terrazza"}))
    assert answer.status_code == 422
    assert not page.problems(app)
    assert page.by_id("reason").get("aria-invalid") == "true"
    assert page.by_id("translation").get("value") == "terrazza"
