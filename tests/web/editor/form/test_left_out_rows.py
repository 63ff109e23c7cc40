"""Rows of a long list, whose fields are on the page only when they are asked for."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.web.editor.form.controls import MOST_ROWS
from tests.page import Page, Visit
from tests.web.forms import page_of, send
from tests.web.people import sign_in

pytestmark = pytest.mark.slow

ADDRESS = "/practices/stone-terraces/source"


@pytest.fixture
def editor(app: Flask, client: FlaskClient, visit: Visit) -> Page:
    """The form of a practice with more sources than a short list has."""
    sign_in(app, client)
    raw = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source", view="raw")
    names = "".join(f"  - {{id: x{number}, title: Title {number}, kind: report}}\n" for number in range(MOST_ROWS))
    text = (raw.by_id("text").text or "").replace("sources:\n", f"sources:\n{names}")
    cited = "".join(f"[^x{number}]" for number in range(MOST_ROWS))  # a row with a warning is open
    return page_of(send(client, raw, ADDRESS, {"do": "form", "text": text.replace("[^s1]", f"[^s1]{cited}", 1)}))


def fields(page: Page) -> set[str]:
    return {each.get("name", "") for tag in ("input", "select", "textarea") for each in page.elements(tag)}


def text_of(page: Page) -> str:
    return page.elements("input", name="text")[0].get("value", "")


def test_the_fields_of_a_row_are_left_out_and_nothing_of_it_is_lost(
    app: Flask, client: FlaskClient, editor: Page
) -> None:
    assert not editor.problems(app)
    assert editor.by_id("f-sources-3") is not None
    assert "f.sources.3.title" not in fields(editor)
    again = page_of(send(client, editor, ADDRESS, {"do": "form", "f.keeper": "Ana Costa"}))
    assert text_of(again).count("kind: report") == text_of(editor).count("kind: report")


def test_without_script_a_button_shows_the_fields_and_keeps_those_shown_before(
    app: Flask, client: FlaskClient, editor: Page
) -> None:
    one = page_of(send(client, editor, ADDRESS, {"do": "open:sources:3"}))
    assert not one.problems(app)
    assert one.by_id("f-sources-3").get("open") is not None
    two = page_of(send(client, one, ADDRESS, {"do": "open:sources:4", "f.sources.3.title": "Another title"}))
    assert {"f.sources.3.title", "f.sources.4.title"} < fields(two)
    assert "title: Another title" in text_of(two)


def test_the_script_gets_the_fields_of_one_row(client: FlaskClient, editor: Page) -> None:
    token = editor.elements("input", name="csrf_token")[0].get("value", "")
    data = {"csrf_token": token, "text": text_of(editor), "do": "open:sources:3"}
    answer = client.post(f"/en/editor{ADDRESS}/row", data=data)
    assert answer.json is not None
    assert 'name="f.sources.3.title"' in answer.json["html"]
    assert 'name="f.sources.4.title"' not in answer.json["html"]
    for wrong in ("open:sources:99", "open:nothing:1", "open:title:0", "open", "open:sources:x"):
        assert client.post(f"/en/editor{ADDRESS}/row", data={**data, "do": wrong}).status_code == 422
