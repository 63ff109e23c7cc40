from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.config import Settings
from kb.content_store.reference_data import ReferenceData
from kb.content_store.store import ContentStore
from kb.web.http.current_user import set_person
from tests.house import NOW, a_curator, catch_up_now
from tests.web.people import sign_in

ADDRESS = "/en/practices/stone-terraces"


def tag(client: FlaskClient, address: str = ADDRESS) -> str:
    return client.get(address).headers["ETag"]


def again(client: FlaskClient, etag: str, address: str = ADDRESS) -> int:
    return client.get(address, headers={"If-None-Match": etag}).status_code


def test_a_second_visit_costs_a_304(client: FlaskClient) -> None:
    first = client.get(ADDRESS)
    assert first.headers["Cache-Control"] == "no-cache"
    assert "Cookie" not in first.headers["Vary"]
    second = client.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    assert (second.status_code, second.data, second.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert again(client, 'W/"of-another-time"') == 200


def test_the_answer_is_new_when_a_record_changed(
    client: FlaskClient, store: ContentStore, session: Session, app: Flask
) -> None:
    before = tag(client)
    path = store.content.root / "practices" / "ask-first" / "practice.md"
    path.write_text(path.read_text(encoding="utf-8").replace("Uma pergunta simples", "Uma pergunta"), encoding="utf-8")
    catch_up_now(session, store)
    session.close()
    assert again(client, before) == 200
    assert tag(client) != before


def test_the_answer_is_new_on_the_next_day(app: Flask, client: FlaskClient) -> None:
    before = tag(client)
    app.extensions["clock"] = lambda: NOW + timedelta(days=1)
    assert again(client, before) == 200


def test_each_language_has_answers_of_its_own(client: FlaskClient) -> None:
    assert tag(client, "/en/") != tag(client, "/lt/")


def test_the_answer_is_new_with_the_code(app: Flask, client: FlaskClient) -> None:
    before = tag(client)
    app.config["BUILD"] = "another"
    assert again(client, before) == 200


def test_errors_are_never_kept(client: FlaskClient) -> None:
    response = client.get("/en/nowhere")
    assert "ETag" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", [ADDRESS, "/en/"])
def test_who_brings_the_cookie_gets_a_page_that_nobody_keeps(client: FlaskClient, address: str) -> None:
    etag = tag(client, address)
    client.set_cookie("praxis", "anything")
    response = client.get(address, headers={"If-None-Match": etag})
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    assert "Cookie" in response.headers["Vary"]
    assert "ETag" not in response.headers


def test_who_is_signed_in_gets_a_page_that_nobody_keeps(app: Flask, client: FlaskClient, session: Session) -> None:
    curator = a_curator(session)
    app.before_request_funcs.setdefault(None, []).insert(0, lambda: set_person(curator))
    response = client.get(ADDRESS)
    assert "no-store" in response.headers["Cache-Control"]


def test_who_is_signed_in_sees_at_once_what_another_process_published(
    app: Flask,
    client: FlaskClient,
    settings: Settings,
    store: ContentStore,
    session: Session,
    knowledge: ReferenceData,
) -> None:
    other = ContentStore(settings.content, settings.data, knowledge=knowledge)
    other.refresh()
    path = store.content.root / "practices" / "stone-terraces" / "practice.md"
    path.write_text(path.read_text(encoding="utf-8").replace("title: Stone", "title: Dry"), encoding="utf-8")
    catch_up_now(session, other)
    session.close()
    other.close()
    assert "Stone terraces" in client.get("/en/practices").get_data(as_text=True)  # readers wait for the follower
    sign_in(app, client)
    assert "Dry terraces" in client.get("/en/practices").get_data(as_text=True)
