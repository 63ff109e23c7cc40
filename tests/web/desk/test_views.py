"""The desk: work in progress, kept drafts, problems, and all records."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

import kb
from kb.accounts.model import Role, User
from kb.content_store.store import ContentStore
from kb.extensions import db
from kb.history import log
from kb.history.drafts import keep_loser
from kb.history.model import Draft
from kb.problems import Problem, Severity
from kb.publishing.actions import Edit
from kb.publishing.catch_up import catch_up
from kb.publishing.drafts import save_draft
from kb.publishing.follower import Follower
from kb.publishing.review import submit
from kb.records.files.paths import place_of
from kb.web.desk.page import problem_words
from tests.house import NOW, a_curator, publish_text
from tests.page import Visit
from tests.web.forms import page_of, send
from tests.web.people import EMAIL, sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own

TEMPLATE = Path(kb.__file__).with_name("messages") / "messages.pot"
PLACE = place_of("practices/stone-terraces", "source")


@pytest.fixture
def curator(app: Flask, client: FlaskClient) -> int:
    return sign_in(app, client)


def text_of(session: Session) -> str:
    head = log.find_head(session, PLACE)
    assert head is not None
    assert head.text is not None
    return head.text


def a_draft(session: Session, title: str, email: str = EMAIL) -> Draft:
    head = log.find_head(session, PLACE)
    assert head is not None
    text = text_of(session).replace("title: Stone terraces", f"title: {title}")
    edit = Edit(PLACE, text, head.number, head.fingerprint)
    return save_draft(session, a_curator(session, email), edit, note="Half done", now=NOW)


@pytest.mark.usefixtures("curator")
def test_drafts_are_listed_for_their_author_alone(visit: Visit, session: Session) -> None:
    a_draft(session, "Mine")
    a_draft(session, "Hers", "other@example.org")
    page = visit("desk.index")
    assert page.text.count("Half done") == 1
    assert page.link("Compare with the current text: Stone terraces") == "/en/desk/drafts/1"


@pytest.mark.usefixtures("curator")
def test_a_draft_is_compared_with_the_text_that_stands(visit: Visit, session: Session) -> None:
    draft = a_draft(session, "Dry terraces")
    page = visit("desk.draft", draft_id=draft.id)
    assert page.texts("ins") == ["Dry"]
    assert page.texts("del") == ["Stone"]


@pytest.mark.usefixtures("curator")
def test_somebody_elses_draft_is_not_shown_nor_discarded(client: FlaskClient, session: Session, visit: Visit) -> None:
    mine, hers = a_draft(session, "Mine"), a_draft(session, "Hers", "other@example.org")
    for address in (f"/en/desk/drafts/{hers.id}", f"/en/editor/practices/stone-terraces/source?draft={hers.id}"):
        assert client.get(address).status_code == 403
    token = visit("desk.draft", draft_id=mine.id).elements("input", name="csrf_token")[0].get("value", "")
    response = client.post(f"/en/desk/drafts/{hers.id}/discard", data={"csrf_token": token})
    assert response.status_code == 403
    assert "/en/desk" in page_of(response).links()  # the link back to one's own work
    assert session.get(Draft, hers.id) is not None


@pytest.mark.usefixtures("curator")
def test_a_draft_is_discarded(client: FlaskClient, visit: Visit, session: Session) -> None:
    draft = a_draft(session, "Mine")
    number = draft.id
    response = send(client, visit("desk.draft", draft_id=number), f"/drafts/{number}/discard")
    assert response.status_code == 303
    session.expire_all()
    assert session.get(Draft, number) is None
    page = visit("desk.index")
    assert "Draft discarded. You can restore it from your dashboard for 30 days." in page.text
    assert "will be permanently erased on" in page.text
    assert send(client, page, f"/discarded/{number}/back").status_code == 303
    session.rollback()
    assert session.get_one(Draft, number).note == "Half done"
    send(client, visit("desk.draft", draft_id=number), f"/drafts/{number}/discard")
    assert send(client, visit("desk.index"), f"/discarded/{number}/erase").status_code == 303
    assert "Your discarded drafts" not in visit("desk.index").text


@pytest.mark.usefixtures("curator")
def test_a_draft_that_grew_since_its_page_was_opened_is_not_discarded(
    client: FlaskClient, visit: Visit, session: Session
) -> None:
    draft = a_draft(session, "Mine")
    number, page = draft.id, visit("desk.draft", draft_id=draft.id)
    head = log.find_head(session, PLACE)
    assert head is not None
    more = Edit(PLACE, draft.text + "\nMore.\n", head.number, head.fingerprint)
    save_draft(session, a_curator(session, EMAIL), more, draft_id=number, now=NOW)  # in another window
    response = send(client, page, f"/drafts/{number}/discard")
    assert response.status_code == 422
    assert "The text has changed since you opened this page." in response.get_data(as_text=True)
    session.expire_all()
    assert session.get_one(Draft, number).text.endswith("More.\n")
    assert send(client, visit("desk.index"), f"/drafts/{number}/discard").status_code == 303


@pytest.mark.usefixtures("curator")
def test_what_was_deleted_in_the_folder_is_kept_or_deleted_for_good(
    client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    path = store.content.path(PLACE)
    for choice, is_there in (("keep", True), ("delete", False)):
        path.unlink()
        catch_up(session, store, NOW)
        page = visit(visit("desk.index").link("Stone terraces"))
        assert "Someone deleted these files outside this site, and the site restored them." in page.text
        response = send(client, page, "/missing/practices/stone-terraces", {"do": choice, "note": "There are two."})
        assert response.status_code == 303
        assert "Files deleted from the content folder and restored" not in visit("desk.index").text
        assert path.exists() is is_there


def test_a_limited_role_is_offered_what_it_reaches_and_nothing_else(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    user = session.get_one(User, sign_in(app, client, EMAIL, Role.CURATOR))
    user.grants[0].countries = "LT"
    session.commit()
    page = visit("desk.index")
    assert page.link("New record: Practices")
    # She is not offered to sign off records of other countries, whose text she may not send.
    offered = visit("signing.index").links()
    assert "/en/desk/sign-off/practices/naktinis-autobusas" in offered
    assert "/en/desk/sign-off/practices/stone-terraces" not in offered
    assert "New record: Pages" not in page.text
    # The terraces are in Portugal and Italy: the site refuses before the user writes anything.
    for address in ("/en/editor/new/pages", "/en/editor/practices/stone-terraces/source"):
        assert client.get(address).status_code == 403


@pytest.mark.usefixtures("curator")
def test_errors_in_files_are_told_apart_from_warnings(visit: Visit, store: ContentStore) -> None:
    warning = Problem("x", "Look at this.", severity=Severity.WARNING, path="content/practices/a.md")
    store.problems.note(PLACE.record, [warning, Problem("y", "Mend this.", path="content/practices/b.md")])
    for page in (visit("desk.index"), visit("desk.record", kind=PLACE.kind, record_id=PLACE.id)):
        before, _heading, after = page.text.partition("The checks found possible problems in these texts.")
        assert "Mend this." in before
        assert "Look at this." not in before
        assert "Look at this." in after


def test_the_loser_of_a_conflict_has_a_place_of_its_own(curator: int, visit: Visit, session: Session) -> None:
    keep_loser(session, PLACE, "a text that lost", base=(1, "x"), author_id=curator, now=NOW)
    session.commit()
    page = visit("desk.index")
    assert "Your texts with editing conflicts" in page.text
    assert "The public text has changed since this draft was started." in visit("desk.draft", draft_id=1).text


@pytest.mark.usefixtures("curator")
def test_a_file_that_was_set_aside_is_everybodys(visit: Visit, session: Session) -> None:
    log.set_aside(session, PLACE, text_of(session) + "\nMore.\n", base=None, note="from outside", now=NOW)
    session.commit()
    page = visit("desk.index")
    assert "Files with conflicting changes" in page.text
    assert "from outside" in page.text


@pytest.mark.usefixtures("curator")
def test_using_a_file_that_was_set_aside_bases_it_upon_what_it_was_compared_with(
    client: FlaskClient, visit: Visit, session: Session
) -> None:
    text = text_of(session).replace("title: Stone terraces", "title: Outside terraces")
    log.set_aside(session, PLACE, text, base=None, note="", now=NOW)
    session.commit()
    editor = visit(visit("desk.draft", draft_id=1).link("Use this draft"))
    response = send(client, editor, "/practices/stone-terraces/source", {"do": "publish"})
    assert response.status_code == 303
    assert visit("practices.show", record_id="stone-terraces").heading == "Outside terraces"
    session.expire_all()
    assert session.get(Draft, 1) is None


@pytest.mark.usefixtures("curator")
def test_an_edited_file_that_was_set_aside_stays_until_it_is_discarded(
    client: FlaskClient, visit: Visit, session: Session
) -> None:
    text = text_of(session).replace("title: Stone terraces", "title: Outside terraces")
    log.set_aside(session, PLACE, text, base=None, note="", now=NOW)
    session.commit()
    editor = visit(visit("desk.draft", draft_id=1).link("Use this draft"))
    send(client, editor, "/practices/stone-terraces/source", {"do": "publish", "f.title": "Both terraces"})
    session.expire_all()
    assert session.get_one(Draft, 1).text == text


@pytest.mark.usefixtures("curator")
def test_records_with_problems_are_named_with_what_is_wrong(
    visit: Visit, session: Session, store: ContentStore
) -> None:
    path = store.content.path(PLACE)
    path.write_text(path.read_text(encoding="utf-8").replace("year: 2023", "year: soon"), encoding="utf-8")
    catch_up(session, store, NOW)
    session.commit()
    assert "practices/stone-terraces" in visit("desk.index").text
    page = visit("desk.record", kind="practices", record_id="stone-terraces")
    assert "Enter a year with four digits, for example 2010." in page.text
    assert "Correct these errors." in page.text


@pytest.mark.usefixtures("curator")
def test_a_file_that_could_not_be_written_is_told_until_it_is_written_and_can_be_translated(
    app: Flask, visit: Visit, session: Session, store: ContentStore
) -> None:
    path = store.content.path(PLACE)
    blocked = path.with_name(f".{path.name}.part")
    blocked.mkdir()  # the temporary file of the next revision: writing fails as on a full disk
    new = text_of(session).replace("title: Stone terraces", "title: Terraces of stone")
    publish_text(session, store, new, PLACE)
    with app.app_context():
        follower = Follower(store, db.sessionmaker, now=lambda: NOW)
        follower.walk()
    assert path.read_text(encoding="utf-8") != new
    assert visit("practices.show", record_id=PLACE.id).heading == "Terraces of stone"  # readers have the new text
    for page in (visit("desk.index"), visit("desk.record", kind=PLACE.kind, record_id=PLACE.id)):
        assert "content/practices/stone-terraces The record’s files could not be read or written" in page.text
        assert "The site will try again." in page.text
    [problem] = store.problems.of(PLACE.record)
    assert f'msgid "{problem.message}"' in TEMPLATE.read_text(encoding="utf-8")
    blocked.rmdir()
    with app.app_context():
        follower.walk()
    assert path.read_text(encoding="utf-8") == new
    for page in (visit("desk.index"), visit("desk.record", kind=PLACE.kind, record_id=PLACE.id)):
        assert "could not be read or written" not in page.text


@pytest.mark.usefixtures("curator")
def test_a_name_that_is_no_text_is_shown_escaped(visit: Visit, session: Session, store: ContentStore) -> None:
    store.content.path(PLACE).with_name(os.fsdecode(b"pra\xffctice.md")).write_bytes(b"text")
    catch_up(session, store, NOW, [PLACE.record])
    session.commit()
    page = visit("desk.index")
    assert "pra\\udcffctice.md" in page.text
    assert "pra\\udcffctice.md" in visit("desk.record", kind="practices", record_id="stone-terraces").text


def test_words_of_a_problem_can_always_be_sent(app: Flask) -> None:
    name = os.fsdecode(b"a\xff.md")
    with app.test_request_context("/en/"):
        assert problem_words(Problem("x", "No %(name)s.", params={"name": name}, path=name)) == (
            "a\\udcff.md No a\\udcff.md."
        )


@pytest.mark.usefixtures("curator")
def test_all_records_are_listed_with_their_status_and_languages(visit: Visit) -> None:
    page = visit("desk.records", kind="practices")
    assert "Draft: readers cannot see it" in page.text
    assert "Retired" in page.texts("tbody")[0]
    assert "English: original" in page.text
    assert "Portuguese: not translated yet" in page.text
    assert visit("/en/desk/practices?q=TERRACES").texts("tbody")[0].startswith("Select: Stone terraces")
    assert "0 records" in visit("/en/desk/practices?q=zzz&page=99").text


@pytest.mark.usefixtures("curator")
def test_a_record_leads_to_everything_that_can_be_done_with_it(visit: Visit) -> None:
    page = visit("desk.record", kind="practices", record_id="stone-terraces")
    for words in ("Edit", "History", "Retire", "View public page", "Translate: Romanian", "Edit whole file: Italian"):
        visit(page.link(words))


@pytest.mark.usefixtures("curator")
def test_what_is_not_there_is_not_found(client: FlaskClient) -> None:
    for address in ("desk/nothing", "desk/practices/nothing", "desk/drafts/99", "history/practices/nothing"):
        assert client.get(f"/en/{address}").status_code == 404, address


# Records that were never published


NEW = place_of("practices/virvines-kopecios", "source")


def a_new_record(session: Session, email: str = EMAIL) -> Draft:
    text = text_of(session).replace("stone-terraces", NEW.id).replace("title: Stone terraces", "title: Rope ladders")
    return save_draft(session, a_curator(session, email), Edit(NEW, text, 0, ""), note="", now=NOW)


@pytest.mark.usefixtures("curator")
def test_a_record_that_was_never_published_is_called_by_the_title_in_its_draft(
    visit: Visit, session: Session, store: ContentStore
) -> None:
    draft = a_new_record(session)
    desk = visit("desk.index")
    assert f"Rope ladders {NEW.record}, original" in desk.text
    assert desk.link("Compare with the current text: Rope ladders") == f"/en/desk/drafts/{draft.id}"
    assert visit("desk.draft", draft_id=draft.id).heading == "Draft: Rope ladders"
    raw = visit(f"/en/editor/{NEW.record}/source?draft={draft.id}&view=raw")
    assert raw.heading == "Editing: Rope ladders"
    submit(session, store, a_curator(session, EMAIL), draft.id, now=NOW)
    page = visit("reviewing.show", draft_id=draft.id)
    assert (page.heading, NEW.record in page.text) == ("Review: Rope ladders", True)


def test_drafts_of_others_are_named_by_title_and_author_without_their_texts(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    sign_in(app, client, EMAIL, Role.CONTRIBUTOR)
    draft = a_new_record(session, "other@example.org")
    a_draft(session, "Her title", "other@example.org")
    page = visit("desk.index")
    assert f"Rope ladders {NEW.record}, original Being writtenBy Curator" in page.text
    assert "Her title" not in page.text  # the record has a title, and this one is a text that she is writing
    assert "Half done" not in page.text
    assert not [each for each in page.links() if f"draft={draft.id}" in each]
    assert "By Curator" in visit("desk.record", kind="practices", record_id="stone-terraces").text
    sign_in(app, client, "cara@example.org", Role.CURATOR)
    submit(session, store, a_curator(session, "other@example.org"), draft.id, now=NOW)
    assert visit("desk.index").links().count(f"/en/review/{draft.id}") == 2


def test_the_latest_changes_and_the_next_reviews_are_told(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    sign_in(app, client)
    text = text_of(session).replace("title: Stone terraces", "title: Dry terraces")
    due = (NOW + timedelta(days=30)).date()
    text = re.sub(r"(?m)^review_due: .*\n", "", text).replace("\n---\n", f"\nreview_due: {due}\n---\n", 1)
    publish_text(session, store, text, PLACE)
    page = visit("desk.index")
    assert "Dry terraces PublishedBy Curator" in page.text
    assert page.links().count("/en/desk/practices/stone-terraces") == 1  # among the reviews that are due soon
    assert visit(page.link("Dry terraces")).heading
