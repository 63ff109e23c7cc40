"""The audit log, as a page and as a file."""

from __future__ import annotations

import csv
import io

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.accounts import actions
from kb.accounts.model import Role, User
from kb.accounts.role_scope import Reach
from kb.db import begin_write
from kb.history import log
from kb.history.model import ChangeKind
from kb.records.files.paths import place_of
from tests.house import NOW
from tests.page import Visit
from tests.web.people import EMAIL, add_person, sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own


@pytest.fixture
def chief(app: Flask, client: FlaskClient) -> int:
    """A signed-in administrator."""
    return sign_in(app, client, "chief@example.org", Role.ADMINISTRATOR)


@pytest.fixture
def ana(app: Flask, session: Session) -> int:
    """A curator for Portugal who published a text with a note that looks like a formula."""
    user_id = add_person(app)
    user = session.get_one(User, user_id)
    actions.grant(session, user, Role.CURATOR, reach=Reach(countries=("PT",)), by=None, now=NOW)
    begin_write(session)
    place = place_of("practices/stone-terraces", "ro")
    log.append(session, ChangeKind.PUBLISH, [log.LogEntry(place, b"text", 0)], author_id=user_id, note="=1+1", now=NOW)
    return user_id


def table(client: FlaskClient, query: str = "") -> list[list[str]]:
    response = client.get(f"/en/audit/praxis-audit.csv{query}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "no-store" in response.headers["Cache-Control"]
    return list(csv.reader(io.StringIO(response.get_data(as_text=True).removeprefix("\ufeff"))))


@pytest.mark.usefixtures("chief", "ana")
def test_everything_that_was_done_is_told_in_words(visit: Visit) -> None:
    page = visit("audit.index")
    assert "Signed in" in page.text
    assert "Curator (countries: Portugal)" in page.text
    assert "the command line" in page.text
    assert "Published" in page.text
    assert "/en/history/practices/stone-terraces" in page.links()
    assert "=1+1" in page.text
    assert "kept for 730 days" in page.text


def test_it_is_filtered_by_person_kind_and_day(ana: int, chief: int, visit: Visit) -> None:
    assert "2 entries" in visit("audit.index", person=ana, kind="account").text
    assert "1 entry" in visit("audit.index", person=ana, kind="record").text
    assert "1 entry" in visit("audit.index", person=chief, kind="sign-in").text
    assert "No results." in visit("audit.index", to="2026-11-24").text
    everything = visit("audit.index")
    assert visit("/en/audit?kind=nonsense&person=nobody&from=2020-01-01").text == everything.text


@pytest.mark.usefixtures("chief")
def test_a_day_that_is_none_is_said_at_its_field(visit: Visit) -> None:
    page = visit("audit.index", to="yesterday", status=422)
    assert page.by_id("to").get("aria-invalid") == "true"
    assert page.by_id("to").get("value") == "yesterday"
    assert "#to" in page.links()
    visit("audit.index", to="9999-12-31", status=422)


@pytest.mark.usefixtures("chief")
def test_the_file_holds_the_same_and_no_formula(ana: int, client: FlaskClient) -> None:
    head, *rows = table(client, f"?person={ana}")
    everything = table(client)[1:]
    assert head == ["Date and time", "Type", "Who", "Action", "Account concerned", "Record", "Details"]
    published = next(row for row in rows if row[1] == "Records")
    assert published[2:] == ["Ana Costa", "Published", "", "practices/stone-terraces/ro", "'=1+1"]
    assert len(rows) == 3
    assert {tuple(row) for row in rows} < {tuple(row) for row in everything}


@pytest.mark.usefixtures("chief")
def test_failed_sign_ins_are_counted_and_nobody_named(app: Flask, visit: Visit) -> None:
    other = app.test_client()
    for _ in range(2):
        data = {"email": "my secret password", "password": "x"}
        other.post("/en/sign-in", data=data, headers={"Sec-Fetch-Site": "same-origin"})
    page = visit("audit.index")
    assert "2 sign-ins failed in the last 24 hours." in page.text
    assert "secret" not in page.html


def test_nobody_else_sees_it(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client, EMAIL, Role.PUBLISHER)
    assert client.get("/en/audit").status_code == 403
    assert client.get("/en/audit/praxis-audit.csv").status_code == 403


@pytest.mark.usefixtures("chief")
def test_a_long_list_has_pages_that_keep_the_filter(visit: Visit, session: Session, ana: int) -> None:
    user = session.get_one(User, ana)
    for _ in range(60):
        actions.sign_out_everywhere(session, user, now=NOW)
    page = visit("audit.index", person=ana, kind="account")
    assert "Page 1 of 2" in page.text
    address = page.link("Next")
    assert f"person={ana}" in address
    assert "kind=account" in address
    assert "Page 2 of 2" in visit(address).text
