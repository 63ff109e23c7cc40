"""The page where a translation leaves as XLIFF and comes back as a draft."""

from __future__ import annotations

from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kb.history.model import Draft
from tests.page import Page, Visit
from tests.web.forms import find_form, page_of, send, values_of
from tests.web.people import sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own

ITALIAN = "/practices/stone-terraces/it"


@pytest.fixture(autouse=True)
def curator(app: Flask, client: FlaskClient) -> int:
    return sign_in(app, client)


def exchange(visit: Visit, draft: int | None = None) -> Page:
    return visit("translating.xliff", kind="practices", record_id="stone-terraces", part="it", draft=draft)


def download(client: FlaskClient, page: Page) -> bytes:
    address = next(each.get("href", "") for each in page.elements("a") if "/xliff/file" in each.get("href", ""))
    answer = client.get(address)
    assert answer.mimetype == "application/xliff+xml"
    assert "filename=stone-terraces.it.xlf" in answer.headers["Content-Disposition"]
    return bytes(answer.data)


def upload(client: FlaskClient, page: Page, data: bytes) -> TestResponse:
    form = find_form(page, "/xliff")
    values = {**values_of(form).to_dict(), "file": (BytesIO(data), "x.xlf")}
    return client.post(form.get("action", ""), data=values)


def test_an_uploaded_text_becomes_a_draft_and_what_was_left_out_is_told(
    client: FlaskClient, visit: Visit, session: Session
) -> None:
    editor = visit("editor.edit", kind="practices", record_id="stone-terraces", part="it")
    data = download(client, exchange(visit))
    source = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")
    send(client, source, "/source", {"do": "publish", "f.title": "Terraces of stone"})
    title = (editor.by_id("w-title").text or "").encode()
    problem = (editor.by_id("s-problem").text or "").encode()
    changed = data.replace(title, b"Muri").replace(problem, b"Scendeva l'acqua.[^s1]")
    answer = upload(client, exchange(visit), changed)
    assert answer.status_code == 303
    page = visit(answer.headers["Location"])
    assert "1 text was taken from the file into your draft." in page.text
    assert "Left out, because the original has changed since: title" in page.text
    assert page.by_id("s-problem").text == "Scendeva l'acqua.[^s1]"
    assert page.by_id("w-title").text == title.decode()


def test_a_file_goes_into_the_draft_it_was_made_from(client: FlaskClient, visit: Visit, session: Session) -> None:
    editor = visit("editor.edit", kind="practices", record_id="stone-terraces", part="it")
    send(client, editor, ITALIAN, {"do": "save", "w.title": "Muri a secco"})
    draft = session.scalars(select(Draft)).one()
    data = download(client, exchange(visit, draft.id))
    assert "Muri a secco" in data.decode()
    upload(client, exchange(visit, draft.id), data.replace(b"Muri a secco", b"Muri"))
    session.rollback()
    assert "title: Muri\n" in session.scalars(select(Draft)).one().text


def test_a_file_with_nothing_new_makes_no_draft(client: FlaskClient, visit: Visit, session: Session) -> None:
    answer = upload(client, page := exchange(visit), download(client, page))
    assert "The file has nothing new." in visit(answer.headers["Location"]).text
    assert session.scalars(select(Draft)).all() == []


def test_a_file_that_cannot_be_used_is_refused_at_its_field(app: Flask, client: FlaskClient, visit: Visit) -> None:
    page = page_of(answer := upload(client, exchange(visit), b"not XML"))
    assert answer.status_code == 422
    assert not page.problems(app)
    assert page.by_id("file").get("aria-invalid") == "true"
    assert "The file is not XLIFF 2." in page.text


def test_a_source_file_has_no_such_page(client: FlaskClient) -> None:
    assert client.get("/en/editor/practices/stone-terraces/source/xliff").status_code == 404
