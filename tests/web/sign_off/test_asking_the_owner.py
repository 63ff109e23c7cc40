"""Ask the owner: a letter with a link, an answer without an account, a confirmation that ages with its text."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.editing.model import Suggestion
from kb.history import log
from kb.history.model import Draft
from kb.publishing.actions import Edit, publish
from kb.records.files.paths import place_of
from kb.records.front_matter import facts_in
from tests.house import NOW, a_curator
from tests.page import Page, Visit
from tests.web.forms import send
from tests.web.people import sign_in

ASK = "/en/desk/ask/practices/stone-terraces"
RECORD = place_of("practices/stone-terraces", "source")


def the_letter(app: Flask, client: FlaskClient, visit: Visit, language: str = "en") -> str:
    """Make a letter and return its address."""
    sign_in(app, client)
    response = send(client, visit(ASK), ASK, {"recipient": "Hill Association", "letter": language})
    assert response.status_code == 303
    return response.headers["Location"]


def link_in(page: Page) -> str:
    """Return the path of the link in a letter."""
    found = next(each for each in page.links() if "/suggest/confirm/" in each and each.startswith("http"))
    return found[found.index("/suggest/confirm/") - 3 :]


def test_the_letter_is_in_the_owners_language_and_can_be_taken(app: Flask, client: FlaskClient, visit: Visit) -> None:
    address = the_letter(app, client, visit, "lt")
    page = visit(address)
    assert link_in(page).startswith("/lt/suggest/confirm/")
    word = client.get(f"{address}.docx")
    assert word.status_code == 200
    assert "Hill Association" in ZipFile(BytesIO(word.data)).read("word/document.xml").decode()


def test_an_organisation_confirms_parts_and_a_curator_publishes_it(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    here = link_in(visit(the_letter(app, client, visit)))
    assert app.test_client().get(here).status_code == 200
    answer = {"verdict.in_short": "right", "verdict.what": "right", "verdict.how": "past", "note.how": "By hand now."}
    response = send(client, visit(here), here, answer)
    assert response.status_code == 303
    assert "Your answer has arrived" in visit(here).text
    suggestion = session.scalars(select(Suggestion).order_by(Suggestion.id.desc())).first()
    assert suggestion is not None
    assert suggestion.reason == "How it works: No longer so. By hand now."
    draft = session.get(Draft, suggestion.draft_id)
    assert draft is not None
    facts: Any = facts_in(draft.text)
    assert facts["confirmed"]["by"] == "Hill Association"
    assert [each["id"] for each in facts["confirmed_parts"]] == ["in_short", "what"]
    assert "Not yet." in visit("/en/practices/stone-terraces").text

    head = log.find_head(session, RECORD)
    assert head is not None
    edit = Edit(RECORD, draft.text, head.number, head.fingerprint)
    curator = a_curator(session, "h@example.org")
    publish(session, store, curator, [edit], note="", now=NOW)
    session.commit()
    store.refresh()
    page = visit("/en/practices/stone-terraces").text
    assert "Confirmed by Hill Association" in page
    assert "Parts: In short, What it is" in page

    head = log.find_head(session, RECORD)
    assert head is not None
    text = (head.text or "").replace("summary: ", "summary: Newly ", 1)
    publish(session, store, curator, [Edit(RECORD, text, head.number, head.fingerprint)], note="", now=NOW)
    session.commit()
    store.refresh()
    assert "Changed since, so confirmed no longer: In short" in visit("/en/practices/stone-terraces").text


def test_an_empty_answer_is_refused_and_nothing_typed_is_lost(app: Flask, client: FlaskClient, visit: Visit) -> None:
    here = link_in(visit(the_letter(app, client, visit)))
    response = send(client, visit(here), here, {"organisation": ""})
    assert response.status_code == 422
    assert 'href="#organisation"' in response.get_data(as_text=True)
    response = send(client, visit(here), here, {"organisation": "", "note.what": "By hand."})
    assert response.status_code == 422
    assert "By hand." in response.get_data(as_text=True)


def test_a_deleted_link_opens_nothing(app: Flask, client: FlaskClient, visit: Visit) -> None:
    here = link_in(visit(the_letter(app, client, visit)))
    page = visit(ASK)
    for form in page.elements("form"):
        if "/desk/ask/withdraw/" in form.get("action", ""):
            assert send(client, page, form.get("action", "")).status_code == 303
    assert client.get(here).status_code == 404
