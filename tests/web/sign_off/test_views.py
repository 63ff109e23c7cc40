"""Signing off: a curator reads a drafted record in parts; then readers see who answers for it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.accounts.model import Role
from kb.content_store.store import ContentStore
from kb.history import log
from kb.publishing.actions import Edit, publish
from kb.records.files.paths import place_of
from kb.records.front_matter import facts_in
from tests.house import NOW, a_curator
from tests.page import Page, Visit
from tests.web.forms import find_form, send, values_of
from tests.web.people import sign_in

HERE = "/en/desk/sign-off/exercises/lost-key"
RECORD = place_of("exercises/lost-key", "source")


def facts(session: Session) -> dict[str, object]:
    """Return the published facts of the record."""
    session.rollback()
    head = log.find_head(session, RECORD)
    assert head is not None
    return dict(facts_in(head.text or ""))


def boxes(page: Page) -> list[str]:
    return [each.get("value", "") for each in page.elements("input") if each.get("name") == "read"]


def ticked(page: Page) -> list[str]:
    return values_of(find_form(page, HERE)).getlist("read")


def test_a_record_waits_until_all_its_parts_were_read(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    sign_in(app, client)
    assert HERE in visit("/en/desk/sign-off").links()
    first, second = boxes(visit(HERE))[:2]
    send(client, visit(HERE), HERE, {"do": "save", "read": [first]})
    send(client, visit(HERE), HERE, {"do": "save", "read": [first, second]})
    assert ticked(visit(HERE)) == [first, second]
    response = send(client, visit(HERE), HERE, {"do": "sign"})
    assert response.status_code == 422
    assert facts(session)["origin"] == "machine-drafted"
    page = visit(HERE)
    response = send(client, page, HERE, {"do": "sign", "read": boxes(page), "keeper": "Hill Association"})
    assert response.status_code == 303
    after = facts(session)
    assert "origin" not in after
    assert after["keeper"] == "Hill Association"
    assert after["reviewed"]
    assert HERE not in visit("/en/desk/sign-off").links()


def test_a_tick_is_lost_when_the_part_changes(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    sign_in(app, client)
    page = visit(HERE)
    send(client, page, HERE, {"do": "save", "read": boxes(page)})
    head = log.find_head(session, RECORD)
    assert head is not None
    text = (head.text or "").replace("summary: ", "summary: Newly ", 1)
    edit = Edit(RECORD, text, head.number, head.fingerprint)
    publish(session, store, a_curator(session, "h@example.org"), [edit], note="", now=NOW)
    session.commit()
    store.refresh()
    page = visit(HERE)
    assert set(boxes(page)) - set(ticked(page)) == {"summary"}
    # The page that was open before shows the old text, so its tick does not count.
    assert send(client, page, HERE, {"do": "sign", "read": ticked(page)}).status_code == 422


@pytest.mark.parametrize(("field", "value"), [("keeper", ""), ("review_due", "2001-01-01"), ("review_due", "soon")])
def test_what_is_missing_is_named(app: Flask, client: FlaskClient, visit: Visit, field: str, value: str) -> None:
    sign_in(app, client)
    page = visit(HERE)
    response = send(client, page, HERE, {"do": "sign", "read": boxes(page), field: value})
    assert response.status_code == 422
    assert f'href="#{field}"' in response.get_data(as_text=True)


def test_who_may_not_publish_sends_it_to_review(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    sign_in(app, client, "cara@example.org", Role.CURATOR)
    page = visit(HERE)
    response = send(client, page, HERE, {"do": "sign", "read": boxes(page)})
    assert "/review/" in response.headers["Location"]
    assert facts(session)["origin"] == "machine-drafted"
    assert "Read against its sources." in visit(response.headers["Location"]).text


def test_the_share_that_persons_have_read_is_public(visit: Visit) -> None:
    assert "Records signed off by a person" in visit("/en/about/missing").text
