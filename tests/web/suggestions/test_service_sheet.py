"""A support service fills in its sheet by a link, without an account; a curator reads it first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kb.history.model import Draft, Stage
from kb.records.front_matter import facts_in
from tests.house import NOW
from tests.page import Page, Visit
from tests.web.forms import page_of, send

OLD = "/en/suggest/services/lt-ku/lamp"
NEW = "/en/suggest/services/lt-vl"


def sent(
    app: Flask, client: FlaskClient, page: Page, address: str, changes: Mapping[str, str | list[str]]
) -> TestResponse:
    """Send the form half a minute after it was shown."""
    app.extensions["clock"] = lambda: NOW + timedelta(seconds=30)
    return send(client, page, address, changes)


def draft_of(session: Session, record: str) -> dict[str, Any]:
    """Return the facts of the draft that waits for a curator."""
    draft = session.scalars(select(Draft).where(Draft.record == record)).one()
    assert draft.stage == Stage.REVIEW
    assert draft.author_id is None
    return dict(facts_in(draft.text))


def test_a_service_corrects_what_the_directory_says(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    page = visit(OLD)
    assert page.heading == "Your service in the directory"
    response = sent(app, client, page, OLD, {"phone": "0800 999 000", "note": "Ring any day.", "is_own": "1"})
    assert response.status_code == 303
    assert "Received, not read yet" in visit(response.headers["Location"]).text
    facts = draft_of(session, "organisations/lt-ku")
    lamp, door, roof = facts["services"]
    assert lamp["note"] == "Ring any day."
    assert lamp["accredited_by"] == "Ministry of Lamps", "what the sheet does not ask is kept"
    assert (lamp["checked_by"], lamp["source"]) == ("service", "lamp-told")
    assert (door["id"], roof["id"]) == ("door", "roof")
    call = next(each for each in facts["contacts"] if each["id"] == "lamp-1")
    assert (call["value"], call["hours"], call["holidays"]) == ("0800 999 000", ["mo-fr 09:00-17:00"], "no")
    assert [each["service"] for each in facts["contacts"]].count("lamp") == 3


def test_a_new_service_begins_the_record_of_an_area(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    changes: dict[str, str | list[str]]
    changes = {"name": "Old Oak", "services": ["svc-legal-advice"], "phone": "0800 111 222", "languages": "lt; EN"}
    assert sent(app, client, visit(NEW), NEW, changes).status_code == 303
    (oak,) = draft_of(session, "organisations/lt-vl")["services"]
    assert (oak["id"], oak["languages"], oak["checked_by"]) == ("old-oak", ["lt", "en"], "person")


def test_mistakes_are_named_and_nothing_typed_is_lost(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    changes: dict[str, str | list[str]]
    changes = {"name": "Old Oak", "services": ["svc-shelter"], "phone": "0800 111 222", "place": "Vilnius"}
    response = sent(app, client, visit(NEW), NEW, changes)
    assert response.status_code == 422
    page = page_of(response)
    assert "its place must stay secret" in page.text
    assert not page.problems(app)
    values = {each.get("name"): each.get("value") for each in page.elements("input")}
    assert (values["name"], values["place"]) == ("Old Oak", "Vilnius")
    page = page_of(sent(app, client, visit(NEW), NEW, {"phone": "ring us"}))
    assert "Enter the name of the service." in page.text
    assert "Choose at least one kind of help." in page.text
    assert session.scalars(select(Draft).where(Draft.record == "organisations/lt-vl")).all() == []


def test_only_areas_and_their_services_have_a_sheet(client: FlaskClient) -> None:
    for path in ("lt-15", "xx", "lt-ku/nothing", "stone-terraces"):
        assert client.get(f"/en/suggest/services/{path}").status_code == 404
    assert client.get("/en/suggest/services/de").status_code == 200
