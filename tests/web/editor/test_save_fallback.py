"""No typed text is lost when saving fails, or when another window has saved the same draft."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kb.content_store.store import ContentStore
from kb.history import log
from kb.history.model import Draft
from kb.records.files.atomic_write import WriteLock
from kb.records.files.paths import place_of
from tests.page import Page, Visit
from tests.web.forms import page_of, send
from tests.web.people import sign_in

pytestmark = pytest.mark.slow  # together a fifth of all fast tests' time

ADDRESS = "/practices/stone-terraces/source"
ITALIAN = "/practices/stone-terraces/it"
# Locks a file, reports this, and holds the lock until its input ends.
HOLDER = (
    "import fcntl, sys; file = open(sys.argv[1], 'w'); fcntl.flock(file, fcntl.LOCK_EX); print(flush=True);"
    " sys.stdin.read()"
)
# The database fails for real: triggers on new rows write to a missing table.
NO_REVISIONS = "CREATE TRIGGER refuse BEFORE INSERT ON revision BEGIN INSERT INTO nowhere VALUES (1); END"
NO_DRAFTS = "CREATE TRIGGER refuse_drafts BEFORE INSERT ON draft BEGIN INSERT INTO nowhere VALUES (1); END"


class ImpatientLock(WriteLock):
    """A write lock that gives up after a tenth of a second, not a minute."""

    @contextmanager
    def held(self, timeout: float = 0.1) -> Iterator[None]:
        with super().held(timeout):
            yield


@pytest.fixture(autouse=True)
def curator(app: Flask, client: FlaskClient) -> int:
    return sign_in(app, client)


@pytest.fixture
def editor(visit: Visit) -> Page:
    return visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")


@pytest.fixture
def italian(visit: Visit) -> Page:
    return visit("editor.edit", kind="practices", record_id="stone-terraces", part="it")


@pytest.fixture
def held_lock(store: ContentStore) -> Iterator[None]:
    """Let another process hold the write lock."""
    store.lock = ImpatientLock(store.lock.path)
    command = [sys.executable, "-c", HOLDER, str(store.lock.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield
        process.communicate()


def run(session: Session, *statements: str) -> None:
    for statement in statements:
        session.execute(text(statement))
    session.commit()


def told(app: Flask, response: TestResponse) -> Page:
    """Return the page that says that nothing is lost."""
    assert response.status_code == 503
    page = page_of(response)
    assert not page.problems(app)
    summary = page.texts("div", role="alert")[0]
    assert "The form could not be saved. Nothing is lost" in summary
    assert "nowhere" not in page.html
    assert "lock" not in summary
    return page


def drafts(session: Session) -> list[str]:
    session.rollback()
    return [each.text for each in session.scalars(select(Draft).order_by(Draft.id))]


def value_of(page: Page, name: str) -> str:
    return page.elements("input", name=name)[0].get("value", "")


# Saving fails


@pytest.mark.usefixtures("held_lock")
def test_a_text_is_shown_again_and_kept_as_a_draft_while_another_process_writes(
    app: Flask, client: FlaskClient, editor: Page, session: Session
) -> None:
    changes = {"do": "publish", "f.title": "Dry terraces", "f.start_year": "about 2010", "note": "Mine", "minor": "1"}
    page = told(app, send(client, editor, ADDRESS, changes))
    assert page.by_id("f-title").text == "Dry terraces"
    assert page.by_id("f-start_year").get("value") == "about 2010"
    assert page.by_id("note").text == "Mine"
    assert page.elements("input", name="minor")[0].get("checked") is not None
    assert ["title: Dry terraces" in each for each in drafts(session)] == [True]
    # Trying again keeps one draft, not one for each attempt.
    page = told(app, send(client, page, ADDRESS, {"do": "publish", "f.title": "Drier terraces"}))
    assert ["title: Drier terraces" in each for each in drafts(session)] == [True]
    assert value_of(page, "draft") == "1"


def test_what_was_shown_again_is_published_once_it_can_be(
    app: Flask, client: FlaskClient, editor: Page, session: Session, visit: Visit
) -> None:
    run(session, NO_REVISIONS)
    page = told(app, send(client, editor, ADDRESS, {"do": "publish", "f.title": "Dry terraces"}))
    assert len(drafts(session)) == 1
    run(session, "DROP TRIGGER refuse")
    assert send(client, page, ADDRESS, {"do": "publish"}).status_code == 303
    assert visit("practices.show", record_id="stone-terraces").heading == "Dry terraces"
    assert drafts(session) == []


@pytest.mark.parametrize("verb", ["publish", "save"])
def test_a_text_that_cannot_even_be_kept_as_a_draft_stays_in_the_page(
    app: Flask, client: FlaskClient, editor: Page, session: Session, verb: str
) -> None:
    run(session, NO_REVISIONS, NO_DRAFTS)
    page = told(app, send(client, editor, ADDRESS, {"do": verb, "f.title": "Dry terraces", "note": "Mine"}))
    assert page.by_id("f-title").text == "Dry terraces"
    assert page.by_id("note").text == "Mine"
    assert not page.elements("input", name="draft")
    run(session, "DROP TRIGGER refuse_drafts")
    assert send(client, page, ADDRESS, {"do": "save"}).status_code == 303
    assert ["title: Dry terraces" in each for each in drafts(session)] == [True]


@pytest.mark.parametrize("verb", ["publish", "save"])
def test_the_whole_file_as_text_stays_in_the_page(
    app: Flask, client: FlaskClient, editor: Page, session: Session, verb: str
) -> None:
    raw = page_of(send(client, editor, ADDRESS, {"do": "raw"}))
    run(session, NO_REVISIONS, NO_DRAFTS)
    typed = (raw.by_id("text").text or "").replace("title: Stone terraces", "title: Dry terraces")
    page = told(app, send(client, raw, ADDRESS, {"do": verb, "text": typed}))
    assert page.by_id("text").text == typed


@pytest.mark.parametrize("verb", ["publish", "save"])
def test_a_translation_stays_in_the_page(
    app: Flask, client: FlaskClient, italian: Page, session: Session, verb: str
) -> None:
    run(session, NO_REVISIONS, NO_DRAFTS)
    page = told(app, send(client, italian, ITALIAN, {"do": verb, "w.title": "Terrazze a secco"}))
    assert page.by_id("w-title").text == "Terrazze a secco"


def test_a_new_record_asks_again_with_what_was_typed(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    run(session, NO_DRAFTS)
    begun = {"id": "rope-ladder", "title": "Rope", "country": "EE", "area": "warm-referral", "do": "begin"}
    page = visit("beginning.new", kind="practices")
    page = told(app, send(client, page, "/editor/new/practices", {**begun, "in": "lt"}))
    assert page.by_id("id").get("value") == "rope-ladder"
    assert {each.get("value") for each in page.elements("option", selected="")} == {"lt", "EE", "warm-referral"}
    run(session, "DROP TRIGGER refuse_drafts")
    assert send(client, page, "/editor/new/practices", {"do": "begin"}).status_code == 303


@pytest.mark.parametrize("table", ["person", "revision"])
def test_a_database_that_answers_nothing_gives_the_text_back_to_send_again(
    app: Flask, client: FlaskClient, italian: Page, session: Session, table: str, visit: Visit
) -> None:
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    run(session, f"ALTER TABLE {table} RENAME TO gone")
    response = send(client, italian, ITALIAN, {"do": "save", "w.title": "Terrazze\na secco"})
    assert response.status_code == 503
    again = page_of(response)
    assert not again.problems(app)
    assert again.heading == "Part of this site is temporarily unavailable"
    run(session, f"ALTER TABLE gone RENAME TO {table}")
    response = send(client, again, ITALIAN)
    assert response.status_code == 303
    assert visit(response.headers["Location"]).by_id("w-title").text == "Terrazze\na secco"


# Two windows


def test_a_draft_that_another_window_saved_is_not_written_over(
    client: FlaskClient, editor: Page, session: Session, visit: Visit
) -> None:
    draft = send(client, editor, ADDRESS, {"do": "save", "f.title": "Begun"}).headers["Location"]
    first, second = visit(draft), visit(draft)
    assert send(client, second, ADDRESS, {"do": "save", "f.title": "Newer"}).status_code == 303
    response = send(client, first, ADDRESS, {"do": "save", "f.title": "Older"})
    page = visit(response.headers["Location"])
    assert "This draft was saved in another window. Your text is kept as a separate draft." in page.text
    assert page.by_id("f-title").text == "Older"
    assert value_of(page, "draft") == "2"
    # From here on the draft belongs to this window.
    page = visit(send(client, page, ADDRESS, {"do": "save", "f.title": "Older still"}).headers["Location"])
    assert "Draft saved. Only you can see it." in page.text
    newer, older = drafts(session)
    assert "title: Newer" in newer
    assert "title: Older still" in older


def test_a_publication_leaves_what_another_window_saved_meanwhile(
    client: FlaskClient, editor: Page, session: Session, visit: Visit
) -> None:
    draft = send(client, editor, ADDRESS, {"do": "save", "f.title": "Begun"}).headers["Location"]
    first, second = visit(draft), visit(draft)
    send(client, second, ADDRESS, {"do": "save", "f.title": "Newer"})
    assert send(client, first, ADDRESS, {"do": "publish", "f.title": "Older"}).status_code == 303
    assert ["title: Newer" in each for each in drafts(session)] == [True]
    head = log.find_head(session, place_of("practices/stone-terraces", "source"))
    assert head is not None
    assert "title: Older" in (head.text or "")


def test_the_draft_is_remembered_while_the_view_changes(
    client: FlaskClient, editor: Page, session: Session, visit: Visit
) -> None:
    page = visit(send(client, editor, ADDRESS, {"do": "save", "f.title": "Begun"}).headers["Location"])
    for verb in ("preview:what", "add:organisations", "raw", "form"):
        page = page_of(send(client, page, ADDRESS, {"do": verb}))
    send(client, page, ADDRESS, {"do": "save", "f.title": "Gone on"})
    assert ["title: Gone on" in each for each in drafts(session)] == [True]


def test_a_text_that_is_sent_twice_is_one_draft(
    client: FlaskClient, editor: Page, session: Session, visit: Visit
) -> None:
    page = visit(send(client, editor, ADDRESS, {"do": "save", "f.title": "Begun"}).headers["Location"])
    for _ in range(2):
        assert send(client, page, ADDRESS, {"do": "save", "f.title": "Gone on"}).status_code == 303
    assert len(drafts(session)) == 1


def test_what_another_person_typed_on_the_same_computer_becomes_a_draft_of_whoever_sends_it(
    app: Flask, client: FlaskClient, editor: Page, session: Session, visit: Visit
) -> None:
    page = visit(send(client, editor, ADDRESS, {"do": "save", "f.title": "Hers"}).headers["Location"])
    other = sign_in(app, client, "other@example.org")
    carried = page_of(send(client, page, ADDRESS, {"do": "save", "f.title": "Hers and more"}))
    assert send(client, carried, ADDRESS).status_code == 303
    session.rollback()
    rows = session.scalars(select(Draft).order_by(Draft.id)).all()
    assert [each.author_id == other for each in rows] == [False, True]
    assert "title: Hers and more" in rows[1].text
