"""*We tried it*: an organisation tells what it took over; a curator reads it; then the record shows it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.editing.suggestions.adoption import with_adoption
from kb.history import log
from kb.kinds.practice.model import PRACTICE
from kb.publishing.actions import Edit, publish
from kb.records.files.paths import place_of
from tests.house import NOW, a_curator
from tests.page import Visit
from tests.web.suggestions.test_service_sheet import draft_of, sent

HERE = "/en/suggest/tried/practices/stone-terraces"
TOLD = {
    "organisation": "Hill Association",
    "country": "EE",
    "took": "The terraces, without the walls.",
    "outcome": "Two slopes held.",
    "since": "2025",
}


def test_an_organisation_tells_and_follows_its_suggestion(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    page = visit(HERE)
    assert page.heading == "We tried it"
    response = sent(app, client, page, HERE, TOLD)
    assert response.status_code == 303
    assert "Received, not read yet" in visit(response.headers["Location"]).text
    (row,) = draft_of(session, "practices/stone-terraces")["adoptions"]
    assert row == {"id": "hill-association", **TOLD, "told_on": "2026-11-25"}


@pytest.mark.parametrize("missing", ["organisation", "country", "took"])
def test_what_is_missing_is_named_and_nothing_typed_is_lost(
    app: Flask, client: FlaskClient, visit: Visit, missing: str
) -> None:
    response = sent(app, client, visit(HERE), HERE, TOLD | {missing: ""})
    assert response.status_code == 422
    shown = response.get_data(as_text=True)
    assert "Two slopes held." in shown
    assert f'href="#{missing}"' in shown


def test_a_published_row_is_shown_with_its_day(session: Session, store: ContentStore, visit: Visit) -> None:
    place = place_of("practices/stone-terraces", "source")
    head = log.find_head(session, place)
    assert head is not None
    text = with_adoption(head.text or "", TOLD, tuple(PRACTICE.model.model_fields), NOW.date())
    edit = Edit(place, text, head.number, head.fingerprint)
    publish(session, store, a_curator(session, "h@example.org"), [edit], note="", now=NOW)
    session.commit()
    page = visit("practices.show", record_id="stone-terraces")
    assert "Hill Association Estonia · 2025" in page.text
    assert "What came of it: Two slopes held." in page.text
    assert "Told by the organisation on" in page.text
