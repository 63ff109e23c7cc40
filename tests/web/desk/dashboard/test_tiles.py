"""The dashboard begins with what waits, as numbers with links."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.accounts.model import Role
from tests.page import Visit
from tests.web.desk.test_views import a_draft
from tests.web.people import EMAIL, sign_in


def test_what_waits_is_a_tile_and_what_is_empty_is_named_in_one_line(
    app: Flask, client: FlaskClient, session: Session, visit: Visit
) -> None:
    sign_in(app, client)
    a_draft(session, "Mine")
    page = visit("desk.index")
    assert page.link("1 Your drafts") == "#h--mine"
    assert page.link("1 Support services to check again") == "#h--aged"
    assert "Nothing waits in: Returned to you · Waiting for your review · Approved, not published yet" in page.text
    assert "Nothing here." not in page.text
    ids = {each.get("id") for each in page.elements("h2")}
    places = [each.get("href", "") for each in page.elements("a", **{"class": "desk-tile"})]
    assert places
    assert {each[1:] for each in places if each.startswith("#")} <= ids


def test_a_translator_is_told_of_translations_alone(app: Flask, client: FlaskClient, visit: Visit) -> None:
    sign_in(app, client, EMAIL, Role.TRANSLATOR)
    page = visit("desk.index")
    assert "Translations needed in your languages" in page.text
    assert "Nothing waits in" not in page.text
    assert "New record" not in page.text
