"""Pages of the translation editor: fifty texts at a time, and nothing on another page is lost."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.history.model import Draft
from tests.page import Page, Visit
from tests.web.forms import page_of, send
from tests.web.people import sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own

ROWS = 90
SOURCE, ITALIAN = "/practices/stone-terraces/source", "/practices/stone-terraces/it"


@pytest.fixture
def long_record(app: Flask, client: FlaskClient, visit: Visit) -> Page:
    """Give the sample practice many texts; return the first page of its translation."""
    sign_in(app, client)
    page = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source", view="raw")
    text = page.elements("textarea")[0].text or ""
    rows = "".join(
        f'  - {{id: row-{number}, value: "{number}", label: people of row {number}, year: "2024", source: s1}}\n'
        for number in range(ROWS)
    )
    answer = send(client, page, SOURCE, {"do": "publish", "text": text.replace("figures:\n", f"figures:\n{rows}")})
    assert answer.status_code == 303, page_of(answer).text
    return visit("editor.edit", kind="practices", record_id="stone-terraces", part="it")


def shown(page: Page) -> list[str]:
    return [each.get("name", "") for each in page.elements("textarea") if each.get("name") != "note"]


def draft_text(session: Session) -> str:
    session.rollback()
    return session.scalars(select(Draft)).one().text


def test_a_page_has_fifty_texts_in_the_order_of_the_public_page(long_record: Page) -> None:
    names = shown(long_record)
    assert len(names) == 50
    assert names[:3] == ["w.title", "w.summary", "s.problem"]
    last_section = max(index for index, name in enumerate(names) if name.startswith("s."))
    assert all(name.startswith("w.") for name in names[last_section + 1 :])
    assert "Page 1 of 3" in long_record.text


def test_turning_the_page_saves_what_was_typed_and_loads_the_other_texts_only(
    client: FlaskClient, visit: Visit, long_record: Page, session: Session
) -> None:
    answer = send(client, long_record, ITALIAN, {"do": "page:2", "w.title": "Un altro titolo"})
    assert answer.status_code == 303
    second = visit(answer.headers["Location"])
    assert set(shown(second)).isdisjoint(shown(long_record))
    label = shown(second)[0]
    send(client, second, ITALIAN, {"do": "save", label: "persone"})
    text = draft_text(session)
    assert "Un altro titolo" in text
    assert "persone" in text


def test_turning_the_page_without_a_change_makes_no_draft(
    client: FlaskClient, long_record: Page, session: Session
) -> None:
    answer = send(client, long_record, ITALIAN, {"do": "page:3"})
    assert answer.headers["Location"].endswith("/practices/stone-terraces/it?page=3#h--texts")
    assert session.scalars(select(Draft)).all() == []


def test_the_next_open_text_may_be_on_another_page(client: FlaskClient, visit: Visit, long_record: Page) -> None:
    last = shown(long_record)[-1]
    answer = send(client, long_record, ITALIAN, {"do": f"next:{last.removeprefix('w.')}", last: "persone"})
    address, _hash, anchor = answer.headers["Location"].partition("#")
    assert "page=2" in address
    assert anchor.removesuffix("--label").replace("-", ".", 1).split(".")[0] == "w"
    assert visit(answer.headers["Location"]).by_id(anchor) is not None


def test_publishing_shows_a_text_with_a_problem_from_another_page(
    app: Flask, client: FlaskClient, visit: Visit, long_record: Page
) -> None:
    second = visit("editor.edit", kind="practices", record_id="stone-terraces", part="it", page="2")
    label = shown(second)[0]
    draft = send(client, second, ITALIAN, {"do": "page:1", label: "persone dal 1999"})
    first = visit(draft.headers["Location"])
    assert label not in shown(first)
    page = page_of(answer := send(client, first, ITALIAN, {"do": "publish"}))
    assert answer.status_code == 422
    assert not page.problems(app)
    assert label in shown(page)
    assert len(shown(page)) == 51
    assert send(client, page, ITALIAN, {"do": "publish"}).status_code == 303


def test_a_warning_about_a_text_on_another_page_names_it_without_a_link(
    app: Flask, client: FlaskClient, visit: Visit, long_record: Page
) -> None:
    third = visit("editor.edit", kind="practices", record_id="stone-terraces", part="it", page="3")
    label = shown(third)[0]
    answer = send(client, third, ITALIAN, {"do": "page:1", label: "Chiami Anna al +39 333 123 4567"})
    page = visit(answer.headers["Location"])
    assert "looks like a phone number" in page.text


@pytest.mark.parametrize("number", ["0", "99", "x", "-1", "9" * 30])
def test_a_page_that_does_not_exist_is_the_nearest_one(visit: Visit, long_record: Page, number: str) -> None:
    page = visit("editor.edit", kind="practices", record_id="stone-terraces", part="it", page=number)
    assert "of 3" in page.text
    assert shown(page)


def test_another_language_of_the_record_is_shown_beside_the_source_and_stays(
    app: Flask, client: FlaskClient, visit: Visit
) -> None:
    sign_in(app, client)
    page = visit("editor.edit", kind="practices", record_id="stone-terraces", part="ro")
    assert "Terrazze di pietra" not in page.text
    answer = send(client, page, "/practices/stone-terraces/ro", {"do": "page:1", "beside": "it", "w.title": "Terase"})
    assert "beside=it" in answer.headers["Location"]
    page = visit(answer.headers["Location"])
    assert "Terrazze di pietra" in page.text
    assert page.by_id("w-title").text == "Terase"
    answer = send(client, page, "/practices/stone-terraces/ro", {"do": "next:title"})
    assert "Terrazze di pietra" in visit(answer.headers["Location"]).text
