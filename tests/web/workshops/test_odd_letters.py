"""Characters that PostgreSQL rejects reach no query, in any part of a URL or form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from kb.accounts.model import Role, User
from kb.extensions import db
from tests.house import ITEM, SLOT, WORKSHOP, WORKSHOP_LINK, WORKSHOP_PARTS, teach
from tests.page import Visit
from tests.web.forms import page_of, values_of
from tests.web.people import sign_in

HERE = f"/en/trainer/workshops/{WORKSHOP}"
ODD = "a\x00b"
NAMES = WORKSHOP_PARTS | {"code": "en", "paper": "programme", "file_format": "docx", "name": "slides.html"}
FORMS = (
    "/en/trainer/workshops/new",
    *(HERE, f"{HERE}/outline", f"{HERE}/sharing", f"{HERE}/keep", f"{HERE}/feedback", f"{HERE}/make"),
    *(f"{HERE}/slots/new", f"{HERE}/slots/{SLOT}", f"{HERE}/items/new", f"{HERE}/items/{ITEM}"),
    "/en/trainer/workshops/take/practices/stone-terraces",
    f"/en/workshops/{WORKSHOP_LINK}/feedback",
)


@pytest.fixture
def asked(app: Flask, client: FlaskClient, session: Session) -> Iterator[list[Any]]:
    """All parameters of database queries, while a trainer who owns the workshop is signed in."""
    teach(session, session.get_one(User, sign_in(app, client, "ana@example.org", Role.TRAINER)))
    found: list[Any] = []

    def note(*args: Any) -> None:
        found.append(args[3])

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


def is_odd(asked: Any) -> bool:
    if isinstance(asked, str):
        return "\x00" in asked
    if isinstance(asked, dict):
        return any(map(is_odd, asked.values()))
    return isinstance(asked, list | tuple) and any(map(is_odd, asked))


def test_no_part_of_an_address_reaches_a_query_with_them(app: Flask, client: FlaskClient, asked: list[Any]) -> None:
    rules = [each for each in app.url_map.iter_rules() if each.endpoint.startswith("workshop")]
    tried, choices = set(), set()
    for rule in rules:
        assert rule.arguments <= NAMES.keys()
        for name in rule.arguments - {"language"}:
            for odd in (ODD, "\x00", f"{NAMES[name]}\x00"):
                try:
                    _host, path = rule.build(NAMES | {name: odd}) or ("", "")
                except ValueError:  # this part accepts only a few fixed words
                    choices.add((rule.endpoint, name))
                    continue
                method = client.post if "POST" in (rule.methods or ()) else client.get
                assert method(path).status_code in (400, 403, 404), path
                tried.add((rule.endpoint, name))
    assert {name for _endpoint, name in choices} == {"size"}
    assert tried | choices == {(rule.endpoint, name) for rule in rules for name in rule.arguments - {"language"}}
    assert not tried & choices
    assert client.get(f"/en/workshops?lang={quote(ODD)}").status_code == 200
    assert client.get(f"/en/trainer/workshops/new?record={quote(ODD)}&ids={quote(ODD)}").status_code == 200
    assert client.get(f"{HERE}/slots/new?after={quote(ODD)}").status_code == 200
    assert not any(map(is_odd, asked))


@pytest.mark.parametrize("address", FORMS)
def test_no_field_of_a_form_reaches_a_query_with_them(
    app: Flask, client: FlaskClient, session: Session, visit: Visit, asked: list[Any], address: str
) -> None:
    app.testing = False
    tried = 0
    page = visit(address)
    for form in (each for each in page.elements("form") if each.get("method") == "post"):
        values = values_of(form)
        buttons = {each.get("value", "") for each in form.iter("button") if each.get("name") == "do"}
        names = {name for each in form.iter() if (name := each.get("name"))} - {"csrf_token"}
        for do in sorted(buttons - {"delete", "leave"}) or [""]:
            for name in sorted(names | {"do"}):
                data = MultiDict({**values.to_dict(), "do": do})
                data[name] = f"{data.get(name, '')}\x00"
                response = client.post(form.get("action", ""), data=data)
                assert response.status_code in (303, 403, 404, 422), (form.get("action"), name)
                assert page_of(response).html or response.status_code == 303
                tried += 1
    assert tried
    assert not any(map(is_odd, asked))
