"""The history of a record."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.history import log
from kb.publishing.actions import Edit, publish
from kb.publishing.attachments import attach, detach
from kb.publishing.redact import Erasure, redact
from kb.records.files.paths import place_of
from tests.house import NOW, a_curator
from tests.page import Visit
from tests.records.uploads.test_images import a_picture
from tests.web.forms import send
from tests.web.people import sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own

PLACE = place_of("practices/stone-terraces", "source")
WHERE: dict[str, Any] = {"kind": "practices", "record_id": "stone-terraces"}


@pytest.fixture(autouse=True)
def curator(app: Flask, client: FlaskClient) -> int:
    return sign_in(app, client)


@pytest.fixture(autouse=True)
def second(session: Session, store: ContentStore) -> None:
    """A second revision with another title."""
    head = log.find_head(session, PLACE)
    assert head is not None
    assert head.text is not None
    text = head.text.replace("title: Stone terraces", "title: Dry terraces")
    edit = Edit(PLACE, text, head.number, head.fingerprint)
    publish(session, store, a_curator(session, "other@example.org"), [edit], note="Because.", now=NOW)
    session.commit()


def test_the_history_tells_who_when_and_why(visit: Visit) -> None:
    page = visit("revisions.index", **WHERE)
    first = page.texts("li")
    entry = next(each for each in first if each.startswith("Original, revision 2"))
    for words in ("revision 2 current", "Curator", "Because.", "25 Nov 2026, 12:00 UTC", "Published"):
        assert words in entry
    assert "Imported from a file" in page.text


def test_a_revision_shows_what_it_changed_word_by_word_and_can_be_read_whole(visit: Visit) -> None:
    page = visit("revisions.show", **WHERE, part="source", number=2)
    assert (page.texts("del"), page.texts("ins")) == (["Stone"], ["Dry"])
    assert "title: Dry terraces" in (page.elements("pre")[0].text or "")
    first = visit(page.link("Previous revision"))
    assert "title: Stone terraces" in (first.elements("pre")[0].text or "")


def test_the_newest_text_has_nothing_to_restore(visit: Visit) -> None:
    assert "Restore" not in visit("revisions.show", **WHERE, part="source", number=2).texts("h2")


def test_an_earlier_text_is_restored_as_one_more_revision(client: FlaskClient, visit: Visit, session: Session) -> None:
    page = visit("revisions.show", **WHERE, part="source", number=1)
    response = send(client, page, "/source/1", {"note": "It was better."})
    assert response.status_code == 303
    assert visit("practices.show", record_id="stone-terraces").heading == "Stone terraces"
    assert "Restored" in visit("revisions.index", **WHERE).text
    assert [each.number for each in log.history(session, PLACE.record, "source")] == [3, 2, 1]


def test_restoring_what_stands_already_says_so(client: FlaskClient, visit: Visit) -> None:
    page = visit("revisions.show", **WHERE, part="source", number=1)
    send(client, page, "/source/1")
    assert send(client, page, "/source/1").status_code == 422


def test_an_erased_text_is_gone_and_who_when_and_why_stay(visit: Visit, session: Session, store: ContentStore) -> None:
    redact(session, store, None, Erasure(PLACE.record, "source", [1]), reason="on request", now=NOW)
    page = visit("revisions.show", **WHERE, part="source", number=1)
    assert "was erased on request" in page.text
    assert page.elements("pre") == []
    assert "Restore" not in page.texts("h2")


def test_the_history_can_be_of_one_part(visit: Visit) -> None:
    page = visit("revisions.index", **WHERE)
    assert any(each.startswith("Italian, revision 1") for each in page.texts("li"))
    page = visit("revisions.index", **WHERE, part="source")
    entries = [each for each in page.texts("li") if "revision" in each]
    assert len(entries) == 2
    assert all(each.startswith("Original, revision") for each in entries)


def test_any_two_texts_are_compared_word_by_word(visit: Visit) -> None:
    page = visit("revisions.compare_two", **WHERE)
    assert (page.texts("del"), page.texts("ins")) == (["Stone"], ["Dry"])
    assert "Title" in page.texts("dt")
    turned = visit("revisions.compare_two", **WHERE, of="source:2", to="source:1")
    assert (turned.texts("del"), turned.texts("ins")) == (["Dry"], ["Stone"])
    other = visit("revisions.compare_two", **WHERE, of="it:1", to="nothing:7")
    assert other.heading == "Compare two revisions"


def test_before_a_text_is_restored_the_page_shows_what_would_change(visit: Visit) -> None:
    page = visit("revisions.show", **WHERE, part="source", number=1)
    assert "What would change in the current text" in page.texts("h3")
    assert page.texts("ins")[0] == "Stone"
    assert page.texts("del") == ["Dry"]
    assert "Italian: 1 text will be up to date again (Title)" in page.texts("li")


def test_an_unknown_revision_is_not_found(client: FlaskClient) -> None:
    assert client.get("/en/history/practices/stone-terraces/source/9").status_code == 404
    assert client.get("/en/history/practices/stone-terraces/de/1").status_code == 404
    assert client.get("/en/history/practices/nothing-here/compare").status_code == 404


def test_a_picture_is_seen_as_it_was_and_brought_back(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    publisher, picture = a_curator(session, "other@example.org"), place_of("practices/stone-terraces", "wall.png")
    first, other = a_picture("PNG"), a_picture("PNG", (30, 20))
    attach(session, store, publisher, picture, first, replace=False, note="", now=NOW)
    attach(session, store, publisher, picture, other, replace=True, note="", now=NOW)
    detach(session, store, publisher, picture, note="", now=NOW)
    session.commit()
    gone = visit("revisions.show", **WHERE, part="wall.png", number=3)
    assert "This change removed the file." in gone.text
    assert not gone.elements("img")
    page = visit("revisions.show", **WHERE, part="wall.png", number=1)
    (image,) = page.elements("img")
    assert image.get("alt") == "wall.png as it was in this revision"
    address = image.get("src") or ""
    answer = client.get(address)
    assert (answer.data, answer.content_type) == (first, "image/png")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert app.test_client().get(address).status_code == 303
    assert client.get("/en/history/practices/stone-terraces/wall.png/3/file").status_code == 404
    assert client.get("/en/history/practices/stone-terraces/source/1/file").status_code == 404
    response = send(client, page, "/wall.png/1", {"note": "It was right."})
    assert response.status_code == 303
    assert "wall.png restored from revision 1." in visit(response.headers["Location"]).text
    assert store.content.read(picture) == first
