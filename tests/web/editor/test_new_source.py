"""Sources that are pasted, found in other records, or written in the small form of the script."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.page import Page, Visit
from tests.web.forms import find_form, page_of, send
from tests.web.people import sign_in

pytestmark = pytest.mark.slow

ADDRESS = "/practices/stone-terraces/source"


@pytest.fixture(autouse=True)
def curator(app: Flask, client: FlaskClient) -> int:
    return sign_in(app, client)


@pytest.fixture
def editor(visit: Visit) -> Page:
    return visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")


def text_of(page: Page) -> str:
    return next(each.get("value", "") for each in page.elements("input") if each.get("name") == "text")


def test_a_pasted_doi_becomes_a_source(app: Flask, client: FlaskClient, editor: Page) -> None:
    page = page_of(send(client, editor, ADDRESS, {"do": "source", "source.reference": "doi:10.1000/new"}))
    assert not page.problems(app)
    assert "https://doi.org/10.1000/new" in text_of(page)
    assert "kind: scientific" in text_of(page)


def test_the_small_form_adds_a_source_with_its_values(client: FlaskClient, editor: Page) -> None:
    data = {"do": "source", "source.title": "A report", "source.kind": "report", "source.year": "2024"}
    text = text_of(page_of(send(client, editor, ADDRESS, data)))
    assert "title: A report" in text
    assert 'year: "2024"' in text or "year: 2024" in text


def test_a_wrong_isbn_is_told_and_nothing_is_added(client: FlaskClient, editor: Page) -> None:
    page = page_of(send(client, editor, ADDRESS, {"do": "source", "source.reference": "9780306406158"}))
    assert "is not an ISBN" in page.text
    assert text_of(page) == text_of(editor)


def test_sources_of_other_records_are_offered_and_taken_over(client: FlaskClient, visit: Visit) -> None:
    data = {"title": "Ladders", "in": "en", "country": "LT", "area": "warm-referral", "do": "begin"}
    new = visit(send(client, visit("beginning.new", kind="practices"), "/editor/new/practices", data).location)
    action = str(find_form(new, "/source").get("action"))
    source = "report"
    found = page_of(send(client, new, action, {"do": "source", "source.reference": source}))
    button = next(each for each in found.elements("button") if each.get("value", "").startswith("source:practices/"))
    taken = page_of(send(client, found, action, {"do": button.get("value", "")}))
    assert "\nsources:" in text_of(taken)
    token = new.elements("input", name="csrf_token")[0].get("value", "")
    answer = client.post(f"{action}/source-lookup", data={"reference": source, "csrf_token": token})
    assert answer.json is not None
    assert answer.json["shared"][0]["values"]["title"]
