"""A person saves the filters that she uses often."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kb.accounts.model import User
from kb.editing.model import SavedFilter
from kb.editing.review_queue.saved_filters import MOST, save_filter, saved_filters
from kb.errors import Rejected
from kb.privacy.data_export import hand_out
from tests.house import NOW
from tests.page import Page, Visit
from tests.web.forms import page_of
from tests.web.people import sign_in

LIST = "/en/desk/practices"


def post(client: FlaskClient, page: Page, **values: str) -> TestResponse:
    """Send a form to the address of a list, as its buttons do."""
    token = page.elements("input", name="csrf_token")[0].get("value", "")
    return client.post(page.address, data={"csrf_token": token, **values})


def test_a_filter_is_saved_under_a_name_found_on_the_dashboard_and_removed(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    user = session.get_one(User, sign_in(app, client))
    page = visit(f"{LIST}?keeper=-&sort=due&q=a%26b")
    assert "Enter a name of at most 80 characters." in page_of(post(client, page)).text
    for _time in range(2):  # the second replaces the first
        assert post(client, page, name=" No  keeper ").status_code == 303
    desk = visit("desk.index")
    again = visit(desk.link("No keeper"))
    assert again.by_id("q").get("value") == "a&b"
    assert hand_out(session, user, now=NOW)["filters_you_saved"][0]["name"] == "No keeper"
    number = session.query(SavedFilter).one().id
    sign_in(app, client, "other@example.org")
    assert "No keeper" not in visit("desk.index").text
    hers = visit(f"{LIST}?keeper=-")
    assert post(client, hers, remove=str(number)).status_code == 404
    sign_in(app, client)
    assert post(client, visit(LIST), remove=str(number)).status_code == 303
    assert "No keeper" not in visit("desk.index").text


def test_there_is_a_limit(app: Flask, client: FlaskClient, session: Session) -> None:
    user = session.get_one(User, sign_in(app, client))
    for number in range(MOST):
        save_filter(session, user, "tools", f"n{number}", "q=a", now=NOW)
    save_filter(session, user, "tools", "n1", "q=b", now=NOW)
    with pytest.raises(Rejected):
        save_filter(session, user, "tools", "one more", "q=a", now=NOW)
    assert len(saved_filters(session, user)) == MOST
