"""The merge page for two changes of a text: automatic merges, choices, and the next steps."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kb.content_store.store import ContentStore
from kb.history import log
from kb.history.model import Draft, DraftOrigin
from kb.publishing.actions import Edit, publish
from kb.records.files.paths import RecordFile, place_of
from tests.house import NOW, a_curator
from tests.page import Page, Visit
from tests.web.forms import page_of, send
from tests.web.people import sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own

PLACE = place_of("practices/stone-terraces", "source")
ITALIAN = place_of("practices/stone-terraces", "it")
MINE = {"f.title": "My terraces"}
WHERE: dict[str, Any] = {"kind": "practices", "record_id": "stone-terraces"}


@pytest.fixture(autouse=True)
def curator(app: Flask, client: FlaskClient) -> int:
    return sign_in(app, client)


@pytest.fixture
def other(session: Session, store: ContentStore) -> Session:
    """A text that another user publishes, with another title and another number of days."""
    head = log.find_head(session, PLACE)
    assert head is not None
    assert head.text is not None
    text = head.text.replace("title: Stone terraces", "title: Their terraces").replace("3 days", "4 days")
    edit = Edit(PLACE, text, head.number, head.fingerprint)
    publish(session, store, a_curator(session, "other@example.org"), [edit], note="", now=NOW)
    session.commit()
    return session


def text_of(session: Session, place: RecordFile = PLACE) -> str:
    session.rollback()
    head = log.find_head(session, place)
    assert head is not None
    assert head.text is not None
    return head.text


def in_conflict(client: FlaskClient, editor: Page, changes: dict[str, str]) -> Page:
    """Return the merge page that publishing shows."""
    response = send(client, editor, "/practices/stone-terraces/source", {"do": "publish", **changes})
    assert response.status_code == 409
    return page_of(response)


@pytest.fixture
def editor(visit: Visit) -> Page:
    return visit("editor.edit", **WHERE, part="source")


def followed(client: FlaskClient, response: TestResponse) -> Page:
    assert response.status_code == 303
    return page_of(client.get(response.headers["Location"]))


def test_a_publication_that_met_another_change_is_brought_together_and_published_in_a_second_step(
    app: Flask, client: FlaskClient, editor: Page, other: Session
) -> None:
    page = in_conflict(client, editor, {"f.title": "My terraces", "f.distribution_rule": "In turn, by the day."})
    assert not page.problems(app)
    assert "Your text has been saved as a draft." in page.text
    assert page.texts("legend") == ["Title"]
    assert {"Keep the current version", "Use my version"} <= set(page.texts("label"))
    joined = page.texts("dt")
    assert "Time limits · t1 · Limit" in joined
    assert "How people are allocated to service providers" in joined
    before = text_of(other)
    draft = other.scalars(select(Draft)).one()
    answer = send(client, page, f"/conflicts/{draft.id}", {"c.title": "yours"})
    again = followed(client, answer)
    assert text_of(other) == before
    assert "The merged text is now a draft based on the current version. Nothing is published yet." in again.text
    assert again.by_id("f-title").text == "My terraces"
    assert "Based on revision 2" in again.text
    response = send(client, again, "/practices/stone-terraces/source", {"do": "publish"})
    assert response.status_code == 303
    text = text_of(other)
    assert all(each in text for each in ("title: My terraces", "value: 4 days", "In turn, by the day."))
    assert other.scalars(select(Draft)).all() == []


def test_what_is_left_out_stays_on_the_desk(client: FlaskClient, editor: Page, other: Session, visit: Visit) -> None:
    page = in_conflict(client, editor, MINE)
    answer = send(client, page, "/conflicts/1", {"c.title": "theirs"})
    assert "The text that you did not choose is kept on the dashboard." in followed(client, answer).text
    assert "Your texts with editing conflicts" in visit("desk.index").text
    origins = {draft.origin for draft in other.scalars(select(Draft))}
    assert origins == {DraftOrigin.EDITOR, DraftOrigin.CONFLICT}


def test_a_choice_that_was_not_made_is_asked_for_and_the_others_stay(
    app: Flask, client: FlaskClient, editor: Page, other: Session
) -> None:
    page = in_conflict(client, editor, {"f.title": "My terraces", "f.time_limits.0.value": "5 days"})
    response = send(client, page, "/conflicts/1", {"c.title": "both"})
    assert response.status_code == 422
    again = page_of(response)
    assert not again.problems(app)
    assert "Time limits · t1 · Limit: Select which text to keep." in again.text
    chosen = [each.get("value") for each in again.elements("input", type="radio") if each.get("checked") is not None]
    assert chosen == ["both"]


def test_if_the_text_moves_again_the_page_is_shown_anew(
    app: Flask, client: FlaskClient, editor: Page, other: Session, store: ContentStore
) -> None:
    page = in_conflict(client, editor, MINE)
    head = log.find_head(other, PLACE)
    assert head is not None
    edit = Edit(PLACE, text_of(other).replace("Their", "Our"), head.number, head.fingerprint)
    publish(other, store, a_curator(other, "other@example.org"), [edit], note="", now=NOW)
    other.commit()
    response = send(client, page, "/conflicts/1", {"c.title": "yours"})
    assert response.status_code == 409
    again = page_of(response)
    assert not again.problems(app)
    assert "Our" in again.texts("ins")
    assert followed(client, send(client, again, "/conflicts/1", {"c.title": "yours"}))


def test_an_old_draft_of_a_translation_is_brought_together_from_the_desk(
    client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    italian = visit("editor.edit", **WHERE, part="it")
    send(client, italian, "/practices/stone-terraces/it", {"do": "save", "w.title": "Terrazze a secco"})
    head = log.find_head(session, ITALIAN)
    assert head is not None
    text = text_of(session, ITALIAN).replace("L'acqua scendeva", "L'acqua correva")
    publish(session, store, a_curator(session), [Edit(ITALIAN, text, 1, head.fingerprint)], note="", now=NOW)
    session.commit()
    page = visit(visit("desk.draft", draft_id=1).link("Merge the two texts"))
    assert page.elements("input", type="radio") == []
    editor = followed(client, send(client, page, "/conflicts/1"))
    assert editor.by_id("w-title").text == "Terrazze a secco"
    assert "correva" in (editor.by_id("s-problem").text or "")


def test_a_file_that_was_set_aside_is_listed_with_record_part_and_time_and_brought_together(
    client: FlaskClient, visit: Visit, session: Session
) -> None:
    head = log.heads(session, PLACE.record)[PLACE]
    log.set_aside(session, PLACE, text_of(session).replace("3 days", "5 days"), base=head, note="by hand", now=NOW)
    session.commit()
    desk = visit("desk.index")
    row = next(each for each in desk.texts("tr") if "Merge" in each)
    for words in ("practices/stone-terraces", "Original", "25 Nov 2026, 12:00 UTC", "by hand"):
        assert words in row
    page = visit(desk.link("Merge: Stone terraces"))
    editor = followed(client, send(client, page, "/conflicts/1"))
    assert editor.by_id("f-time_limits-0-value").get("value") == "5 days"
    session.rollback()
    assert {draft.origin for draft in session.scalars(select(Draft))} == {DraftOrigin.FILE, DraftOrigin.EDITOR}


def test_what_stands_already_needs_no_bringing_together(visit: Visit, session: Session) -> None:
    head = log.heads(session, PLACE.record)[PLACE]
    log.set_aside(session, PLACE, text_of(session), base=head, note="", now=NOW)
    session.commit()
    page = visit("conflicts.show", draft_id=1)
    assert "The current version already contains everything in this text." in page.text
    assert "Discard this draft" in page.texts("button")


def test_somebody_elses_draft_is_none_of_mine(client: FlaskClient, session: Session) -> None:
    editor = a_curator(session, "other@example.org")
    head = log.heads(session, PLACE.record)[PLACE]
    log.set_aside(session, PLACE, "hers", base=head, note="", now=NOW)
    session.flush()
    draft = session.scalars(select(Draft)).one()
    draft.author_id, draft.origin = editor.id, DraftOrigin.EDITOR
    session.commit()
    assert client.get("/en/conflicts/1").status_code == 403
    assert client.get("/en/conflicts/9").status_code == 404


def test_the_editor_says_what_becomes_of_the_translations(client: FlaskClient, editor: Page, session: Session) -> None:
    assert "There were no changes when this page was loaded." in editor.text
    page = page_of(send(client, editor, "/stone-terraces/source", {"do": "preview", "f.title": "Dry terraces"}))
    lines = page.texts("li")
    assert "Italian: 1 text will be out of date (Title)" in lines
    assert "Unchanged: Italian and Lithuanian" in [each.replace(", ", " and ") for each in lines]
    before = text_of(session)
    assert "title: Stone terraces" in before


def test_the_desk_says_what_is_edited_as_files(visit: Visit) -> None:
    page = visit("desk.index")
    assert {"content/vocabularies/", "content/law/", "content/texts/", "docs/content-guide.md"} <= set(
        page.texts("code")
    )
