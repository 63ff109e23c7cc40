"""With a locked or missing database, trainers are asked to try again and lose no typed text."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from kb.accounts.model import Role, User
from kb.extensions import db
from tests.house import ITEM, SLOT, WORKSHOP, WORKSHOP_PARTS, teach
from tests.page import Visit
from tests.web.forms import page_of
from tests.web.people import sign_in

# Downloads, not pages; their URLs have more parameters.
OTHERWISE = {"workshop_papers.take", "workshop_notes.take"}
HERE = f"/en/trainer/workshops/{WORKSHOP}"
TYPED = "What was typed: žodžiai."
FILLED = {"language": "en", "method": "talk", "minutes": "30", "day": "1", "starts": "09:00", "edition": "1"}


@pytest.fixture
def token(app: Flask, client: FlaskClient, visit: Visit, session: Session) -> str:
    """The CSRF token of a trainer who owns the sample workshop and has a form open."""
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    teach(session, session.get_one(User, sign_in(app, client, "ana@example.org", Role.TRAINER)))
    form = visit("workshop_builder.edit", workshop_id=WORKSHOP)
    return str(form.elements("input", name="csrf_token")[0].get("value"))


@contextmanager
def locked(app: Flask) -> Iterator[None]:
    with app.app_context():
        path = str(db.engine.url.database)
        with db.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 50")
            connection.rollback()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def is_for_trainers(rule: Rule) -> bool:
    return "/trainer/" in rule.rule or rule.endpoint.startswith("workshop_papers.")


def readable(app: Flask) -> set[str]:
    """Return the endpoints of all pages for trainers."""
    rules = [each for each in app.url_map.iter_rules() if is_for_trainers(each)]
    return {each.endpoint for each in rules if "GET" in (each.methods or ())}


def addresses(app: Flask) -> dict[str, str]:
    """Return the URLs of all pages for trainers by endpoint."""
    rules = [each for each in app.url_map.iter_rules() if is_for_trainers(each)]
    mapped = app.url_map.bind("localhost")
    return {
        each.endpoint: mapped.build(each.endpoint, {name: WORKSHOP_PARTS[name] for name in each.arguments})
        for each in rules
        if "GET" in (each.methods or ()) and each.arguments <= WORKSHOP_PARTS.keys()
    }


@pytest.mark.parametrize("table", ["workshop", "person"])
def test_each_page_of_trainers_asks_to_try_again(
    app: Flask, client: FlaskClient, session: Session, token: str, table: str
) -> None:
    session.execute(text(f"ALTER TABLE {table} RENAME TO away"))
    session.commit()
    found = addresses(app)
    assert readable(app) - found.keys() == OTHERWISE
    # Forms without a workshop do not query the table of workshops.
    without = {"/en/trainer/workshops/new", "/en/trainer/workshops/import"} if table == "workshop" else set()
    for address in found.values():
        response = client.get(address)
        assert (response.status_code, address) == (200 if address in without else 503, address)
        if response.status_code == 503:
            assert "Try again in a minute" in response.get_data(as_text=True), address
            assert "no-store" in response.headers["Cache-Control"], address


@pytest.mark.parametrize(
    ("address", "values"),
    [
        ("/en/trainer/workshops/new", {"title.en": TYPED}),
        (f"{HERE}/outline", {"title.en": TYPED}),
        (f"{HERE}/slots/new", {"title.en": TYPED}),
        (f"{HERE}/slots/{SLOT}", {"title.en": TYPED}),
        (f"{HERE}/items/new", {"title.en": TYPED, "kind": "text"}),
        (f"{HERE}/items/{ITEM}", {"text.en": TYPED}),
    ],
)
@pytest.mark.parametrize("is_gone", [False, True])
def test_what_a_trainer_typed_is_given_back(
    app: Flask, client: FlaskClient, session: Session, token: str, address: str, values: dict[str, str], is_gone: bool
) -> None:
    sent = {**FILLED, **values, "csrf_token": token}
    if is_gone:
        session.execute(text("ALTER TABLE person RENAME TO away"))
        session.commit()
        response = client.post(address, data=sent)
    else:
        with locked(app):
            response = client.post(address, data=sent)
    assert response.status_code == 503
    assert TYPED in response.get_data(as_text=True)
    assert page_of(response).problems(app) == []


def test_every_button_asks_to_try_again_while_the_database_is_locked(
    app: Flask, client: FlaskClient, token: str
) -> None:
    posts: tuple[tuple[str, dict[str, str]], ...] = (
        (HERE, {"do": f"up:{SLOT}"}),
        (HERE, {"do": "add", "add": "practices/stone-terraces"}),
        (f"{HERE}/sharing", {"do": "share", "visibility": "link"}),
        (f"{HERE}/keep", {"do": "archive"}),
        (f"{HERE}/feedback", {"do": "open"}),
        (f"{HERE}/make", {"kind": "case", "case": "practices/stone-terraces"}),
        (f"/en/trainer/workshops/copy/{WORKSHOP}", {}),
        ("/en/trainer/workshops/take/practices/stone-terraces", {"workshop": WORKSHOP}),
    )
    with locked(app):
        for address, values in posts:
            response = client.post(address, data={"csrf_token": token, **values})
            assert (response.status_code, address) == (503, address)
            assert "in a minute" in page_of(response).text, address
            assert page_of(response).problems(app) == []
