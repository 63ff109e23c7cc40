"""The editor: lossless, each problem at its field, no typed text lost; drafts, publishing, conflicts, retiring."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kb.content_store.store import ContentStore
from kb.history import log
from kb.history.model import Change, ChangeKind, Draft, DraftOrigin
from kb.publishing.actions import Edit, publish
from kb.records.files.paths import RecordFile, place_of
from tests.house import NOW, a_curator
from tests.page import Page, Visit
from tests.web.forms import page_of, send
from tests.web.people import sign_in

pytestmark = pytest.mark.slow  # together a fifth of all fast tests' time

PLACE = place_of("practices/stone-terraces", "source")
ADDRESS = "/practices/stone-terraces/source"
BEGUN = {"title": "Scala", "country": "IT", "area": "warm-referral", "do": "begin"}
ITALIAN = "/practices/stone-terraces/it"


@pytest.fixture(autouse=True)
def curator(app: Flask, client: FlaskClient) -> int:
    return sign_in(app, client)


@pytest.fixture
def editor(visit: Visit) -> Page:
    return visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")


@pytest.fixture
def italian(visit: Visit) -> Page:
    return visit("editor.edit", kind="practices", record_id="stone-terraces", part="it")


def text_of(session: Session, place: RecordFile = PLACE) -> str:
    session.rollback()
    head = log.find_head(session, place)
    assert head is not None
    assert head.text is not None
    return head.text


def checked(app: Flask, response: TestResponse, status: int) -> Page:
    """Return the page of a response, which has to keep all promises."""
    assert response.status_code == status
    page = page_of(response)
    assert not page.problems(app)
    return page


def hidden_text(page: Page) -> str:
    return page.elements("input", name="text")[0].get("value", "")


# Lossless


@pytest.mark.parametrize("kind", ["practices", "pages", "organisations"])
def test_a_form_sent_as_it_came_changes_no_byte(
    client: FlaskClient, store: ContentStore, session: Session, visit: Visit, kind: str
) -> None:
    for (name, record_id), entry in store.current().catalog.columns.items():
        if name != kind:
            continue
        for part in ("source", *(each for each in entry.languages if each != entry.language)):
            page = visit("editor.edit", kind=kind, record_id=record_id, part=part)
            again = page_of(send(client, page, f"/{kind}/{record_id}/{part}", {"do": "preview"}))
            assert hidden_text(page) == text_of(session, RecordFile(kind, record_id, part)) == hidden_text(again)


def test_publishing_without_a_change_says_so(app: Flask, client: FlaskClient, editor: Page, session: Session) -> None:
    page = checked(app, send(client, editor, ADDRESS, {"do": "publish"}), 422)
    assert "Nothing has changed." in page.text
    assert len(log.history(session, PLACE.record, "source")) == 1


# Publishing


def test_a_change_is_published_with_its_note(
    client: FlaskClient, editor: Page, session: Session, visit: Visit, curator: int
) -> None:
    before = text_of(session)
    changes = {"do": "publish", "f.title": "Dry terraces", "note": "A better title."}
    response = send(client, editor, ADDRESS, changes)
    assert (response.status_code, response.headers["Location"]) == (303, "/en/practices/stone-terraces")
    page = visit("practices.show", record_id="stone-terraces")
    assert page.heading == "Dry terraces"
    assert "Published. Readers can see the text now." in page.text
    assert text_of(session) == before.replace("title: Stone terraces", "title: Dry terraces")
    change = session.scalars(select(Change).order_by(Change.number.desc())).first()
    assert change is not None
    assert (change.kind, change.note, change.author_id) == (ChangeKind.PUBLISH, "A better title.", curator)


def test_readers_and_search_have_it_at_once(client: FlaskClient, editor: Page, app: Flask) -> None:
    send(client, editor, ADDRESS, {"do": "publish", "s.what": "A wall of zirconium."})
    reader = app.test_client()
    assert "zirconium" in reader.get("/en/practices/stone-terraces").get_data(as_text=True)
    assert "stone-terraces" in reader.get("/en/search?q=zirconium").get_data(as_text=True)


def test_every_problem_stands_at_its_field_and_nothing_typed_is_lost(
    app: Flask, client: FlaskClient, editor: Page, session: Session
) -> None:
    before = text_of(session)
    changes: dict[str, str | list[str]] = {
        "do": "publish",
        "f.start_year": "about 2010",
        "f.areas": ["no-such-area", ""],
        "f.sources.0.kind": "",
        "s.what": "A claim.[^nowhere]",
        "note": "My note",
        "minor": "1",
    }
    page = checked(app, send(client, editor, ADDRESS, changes), 422)
    assert page.by_id("f-start_year").get("value") == "about 2010"
    assert page.by_id("f-start_year").get("aria-invalid") == "true"
    assert "Start year: Enter a year with four digits, for example 2010." in page.text
    assert page.by_id("s-what").text == "A claim.[^nowhere]"
    assert page.by_id("note").text == "My note"
    assert page.elements("input", name="minor")[0].get("checked") is not None
    summary = page.elements("div", role="alert")[0]
    linked = {each.get("href") for each in summary.iter("a")}
    assert {"#f-start_year", "#f-sources-0-kind"} <= linked
    assert page.by_id("f-sources-0").get("open") is not None
    assert text_of(session) == before
    # When the schema is valid, the page shows all violated rules at once.
    page = checked(
        app, send(client, page, ADDRESS, {"do": "publish", "f.start_year": "2010", "f.sources.0.kind": "report"}), 422
    )
    linked = {each.get("href") for each in page.elements("div", role="alert")[0].iter("a")}
    assert {"#f-areas-0", "#s-what"} <= linked


def test_a_minor_change_keeps_translations_fresh(client: FlaskClient, editor: Page, visit: Visit) -> None:
    stale = visit("practices.show", language="it", record_id="stone-terraces").text.count("now out of date")
    what = editor.by_id("s-what").text or ""
    send(client, editor, ADDRESS, {"do": "publish", "s.what": what + " Indeed.", "minor": "1"})
    page = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")
    assert "same_as:" in hidden_text(page)
    assert visit("practices.show", language="it", record_id="stone-terraces").text.count("now out of date") == stale


def test_a_translation_goes_stale_by_any_other_change(
    client: FlaskClient, editor: Page, italian: Page, visit: Visit
) -> None:
    send(client, editor, ADDRESS, {"do": "publish", "s.problem": "Quite another text."})
    page = visit("editor.edit", kind="practices", record_id="stone-terraces", part="it")
    stale = "Out of date Translated"
    assert page.text.count(stale) == italian.text.count(stale) + 1


# Rows, previews, the raw view


def test_rows_are_added_moved_and_taken_out_by_buttons(app: Flask, client: FlaskClient, editor: Page) -> None:
    page = checked(app, send(client, editor, ADDRESS, {"do": "add:organisations", "f.title": "Unsaved"}), 200)
    assert page.by_id("f-organisations-2-id").get("value") == "o3"
    assert page.by_id("f-title").text == "Unsaved"
    page = page_of(send(client, page, ADDRESS, {"do": "up:organisations:2", "f.organisations.2.name": "New Guild"}))
    assert page.by_id("f-organisations-1-name").get("value") == "New Guild"
    page = page_of(send(client, page, ADDRESS, {"do": "remove:organisations:0"}))
    assert page.by_id("f-organisations-0-name").get("value") == "New Guild"
    assert page.by_id("f-title").text == "Unsaved"


def test_a_button_brings_the_reader_back_to_where_it_stood(editor: Page) -> None:
    button = editor.elements("button", value="add:organisations")[0]
    assert button.get("formaction") == "/en/editor/practices/stone-terraces/source#f-organisations-2"
    assert editor.by_id("f-organisations-1") is not None


def test_the_enter_key_saves_a_draft_and_no_more(editor: Page) -> None:
    form = next(each for each in editor.elements("form") if each.get("action", "").endswith(ADDRESS))
    assert next(form.iter("button")).get("value") == "save"


def test_a_preview_shows_the_section_as_readers_will_see_it(client: FlaskClient, editor: Page, app: Flask) -> None:
    changes = {"do": "preview:what", "s.what": "**Bold** <script>alert(1)</script>[^s1]"}
    page = checked(app, send(client, editor, ADDRESS, changes), 200)
    assert "Bold" in page.texts("strong")
    assert "<script>alert" not in page.html
    assert page.elements("sup", class_="source-mark")


def test_a_section_nested_beyond_all_measure_is_not_previewed_but_not_lost(
    app: Flask, client: FlaskClient, editor: Page, italian: Page
) -> None:
    nested = "- " * 3000 + "x"
    for page, address in ((editor, ADDRESS), (italian, ITALIAN)):
        shown = checked(app, send(client, page, address, {"do": "preview:what", "s.what": nested}), 422)
        assert shown.by_id("s-what").text == nested
        assert "A list or quotation has too many levels. Use fewer levels." in shown.text


def test_the_raw_view_and_the_form_show_the_same_text(app: Flask, client: FlaskClient, editor: Page) -> None:
    raw = checked(app, send(client, editor, ADDRESS, {"do": "raw", "f.title": "Two views"}), 200)
    text = raw.by_id("text").text or ""
    assert "title: Two views\n" in text
    page = page_of(send(client, raw, ADDRESS, {"do": "form", "text": text.replace("Two views", "Three views")}))
    assert page.by_id("f-title").text == "Three views"


def test_a_text_that_the_form_cannot_show_stays_in_the_raw_view_with_its_problems(
    app: Flask, client: FlaskClient, editor: Page
) -> None:
    page = checked(app, send(client, editor, ADDRESS, {"do": "publish", "s.what": "Text.\n## No id\nMore."}), 422)
    assert "## No id\nMore." in (page.by_id("text").text or "")
    assert "Add the section ID at the end of this heading, for example {#what}." in page.text
    assert "Line " in page.text
    page = checked(app, send(client, page, ADDRESS, {"do": "form"}), 422)
    assert page.by_id("text") is not None
    assert "Add the section ID at the end of this heading, for example {#what}." in page.text


def test_a_label_in_any_language_stands_for_its_term(client: FlaskClient, editor: Page) -> None:
    page = page_of(
        send(client, editor, ADDRESS, {"do": "preview", "f.actors": ["Polizia"], "f.countries": ["Lietuva", "pt"]})
    )
    assert page.by_id("f-actors-0").get("value") == "police"
    assert page.by_id("f-countries-0").get("value") == "LT"
    assert page.by_id("f-countries-1").get("value") == "PT"


# Drafts


def test_a_draft_is_saved_opened_saved_again_and_used_up(
    client: FlaskClient, editor: Page, visit: Visit, session: Session
) -> None:
    response = send(client, editor, ADDRESS, {"do": "save", "f.start_year": "about 2010", "note": "Move right"})
    assert response.status_code == 303
    page = visit(response.headers["Location"])
    assert "Draft saved. Only you can see it." in page.text
    assert page.by_id("f-start_year").get("value") == "about 2010"
    assert page.by_id("note").text == "Move right"
    response = send(client, page, ADDRESS, {"do": "save", "f.start_year": "2010"})
    assert [each.text.count("start_year: 2010") for each in session.scalars(select(Draft))] == [1]
    session.rollback()
    send(client, visit(response.headers["Location"]), ADDRESS, {"do": "publish"})
    assert session.scalars(select(Draft)).all() == []
    assert "start_year: 2010" in text_of(session)


def test_a_draft_that_another_window_used_up_is_made_anew(
    client: FlaskClient, editor: Page, visit: Visit, session: Session
) -> None:
    page = visit(send(client, editor, ADDRESS, {"do": "save", "f.title": "One"}).headers["Location"])
    number = session.scalars(select(Draft.id)).one()
    session.rollback()
    send(client, visit("desk.draft", draft_id=number), f"/drafts/{number}/discard")
    assert send(client, page, ADDRESS, {"do": "save", "f.title": "Two"}).status_code == 303
    assert "title: Two" in session.scalars(select(Draft)).one().text


def test_who_opens_a_text_again_is_told_of_the_draft(client: FlaskClient, editor: Page, visit: Visit) -> None:
    send(client, editor, ADDRESS, {"do": "save", "f.title": "Kept"})
    page = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")
    assert "You have a draft of this text" in page.text
    assert visit(page.link("Open the draft")).by_id("f-title").text == "Kept"


# Conflicts


def test_a_conflict_shows_all_three_texts_and_keeps_yours_as_a_draft(
    app: Flask, client: FlaskClient, editor: Page, session: Session, store: ContentStore, visit: Visit
) -> None:
    begun = text_of(session)
    head = log.find_head(session, PLACE)
    assert head is not None
    theirs = begun.replace("title: Stone terraces", "title: Their terraces")
    edit = Edit(PLACE, theirs, head.number, head.fingerprint)
    publish(session, store, a_curator(session, "other@example.org"), [edit], note="", now=NOW)
    session.commit()
    page = checked(app, send(client, editor, ADDRESS, {"do": "publish", "f.title": "My terraces"}), 409)
    whole = [each.text or "" for each in page.elements("pre")]
    assert whole == [begun, theirs, begun.replace("title: Stone terraces", "title: My terraces")]
    assert {"Their", "My"} <= set(page.texts("ins"))
    draft = session.scalars(select(Draft)).one()
    assert draft.origin == DraftOrigin.CONFLICT
    session.rollback()
    again = visit(page.link("Open your draft without merging it into the current version"))
    assert again.by_id("f-title").text == "My terraces"
    assert send(client, again, ADDRESS, {"do": "publish"}).status_code == 303
    assert "title: My terraces" in text_of(session)
    assert session.scalars(select(Draft)).all() == []


# Translations


def test_a_translator_marks_what_was_read_and_answers_for_what_was_changed(
    client: FlaskClient, italian: Page, visit: Visit, session: Session
) -> None:
    saved = send(client, italian, ITALIAN, {"do": "read:what", "w.title": "Terrazze a secco"})
    response = send(client, visit(saved.headers["Location"]), ITALIAN, {"do": "publish"})
    assert (response.status_code, response.headers["Location"]) == (303, "/it/practices/stone-terraces")
    text = text_of(session, place_of("practices/stone-terraces", "it"))
    assert "Terrazze a secco" in text
    assert f"reviewed: {NOW.date()}" in text
    page = visit("editor.edit", kind="practices", record_id="stone-terraces", part="it")
    assert "By a person on 25 November 2026" in page.text
    assert "Up to date Translated by a person" in page.text


def test_source_and_translation_stand_side_by_side_in_their_languages(italian: Page) -> None:
    area = italian.by_id("s-what")
    assert area.get("lang") == "it"
    assert "Stone terraces" in italian.text


def test_a_new_translation_begins_empty_and_is_published(client: FlaskClient, visit: Visit, session: Session) -> None:
    page = visit("editor.edit", kind="practices", record_id="stone-terraces", part="ro")
    changes = {"do": "publish", "w.title": "Terase de piatră", "s.what": "Ziduri fără mortar.[^s1]"}
    page = page_of(send(client, page, "/practices/stone-terraces/ro", changes))
    response = send(client, page, "/practices/stone-terraces/ro", {"do": "publish"})
    assert response.status_code == 303, page_of(response).texts("div", role="alert")
    shown = visit("practices.show", language="ro", record_id="stone-terraces")
    assert shown.heading == "Terase de piatră"
    assert text_of(session, place_of("practices/stone-terraces", "ro")).endswith(
        "## Ce este {#what}\n\nZiduri fără mortar.[^s1]\n"
    )


def test_problems_of_a_translation_stand_at_its_texts(app: Flask, client: FlaskClient, visit: Visit) -> None:
    page = visit("editor.edit", kind="practices", record_id="stone-terraces", part="ro")
    changes = {"do": "publish", "w.title": "Şcoala", "s.what": "Ţara"}
    page = checked(app, send(client, page, "/practices/stone-terraces/ro", changes), 422)
    assert page.by_id("w-title").get("aria-invalid") == "true"
    assert page.by_id("s-what").get("aria-invalid") == "true"
    assert page.by_id("w-title").text == "Şcoala"


# New records, pages, retiring


def test_a_new_practice_is_written_published_and_found(app: Flask, client: FlaskClient, visit: Visit) -> None:
    page = visit("beginning.new", kind="practices")
    response = send(client, page, "/editor/new/practices", {**BEGUN, "id": "rope-ladder", "in": "it"})
    assert response.status_code == 303
    page = visit(response.headers["Location"])
    address = "/practices/rope-ladder/source"
    page = checked(app, send(client, page, address, {"do": "publish"}), 422)
    assert "#f-summary" in page.links()
    for rows in ("sources", "assessments"):
        page = page_of(send(client, page, address, {"do": f"add:{rows}"}))
    answers = {"G1": "yes", "G2": "yes", "G3": "yes", "G4": "yes", "Q1": "yes", "Q2": "no", "D1": "no", "T1": "no"}
    changes: dict[str, str | list[str]] = {
        "do": "publish",
        "f.title": "Scala di corda",
        "f.summary": "Una scala che si arrotola.",
        "f.countries": ["IT"],
        "f.areas": ["warm-referral"],
        "f.sources.0.title": "Rapporto",
        "f.sources.0.kind": "report",
        "f.sources.0.address": "https://example.org/r",
        "f.sources.0.accessed": "2026-11-20",
        "f.assessments.0.by": "person",
        "f.assessments.0.on": "2026-11-24",
        **{f"f.assessments.0.answers.{question}": answer for question, answer in answers.items()},
        "s.what": "Una scala.[^s1]",
        "s.how": "Si scende.[^s1]",
    }
    response = send(client, page, address, changes)
    assert response.status_code == 303, page_of(response).texts("div", role="alert")
    assert response.headers["Location"] == "/it/practices/rope-ladder"
    assert visit("practices.show", language="it", record_id="rope-ladder").heading == "Scala di corda"


def test_sections_of_a_page_are_added_moved_renamed_and_taken_out(
    app: Flask, client: FlaskClient, visit: Visit
) -> None:
    address = "/pages/about/source"
    page = visit("editor.edit", kind="pages", record_id="about", part="source")
    changes = {"do": "preview", "new-heading": "For whom", "new-text": "For all."}
    page = checked(app, send(client, page, address, changes), 200)
    assert page.by_id("h-for-whom").get("value") == "For whom"
    page = page_of(send(client, page, address, {"do": "section-up:for-whom", "h.for-whom": "For everybody"}))
    headings = [each.get("value") for each in page.elements("input") if each.get("name", "").startswith("h.")]
    assert headings.index("For everybody") == len(headings) - 2
    page = page_of(send(client, page, address, {"do": "section-remove:for-whom"}))
    assert "For everybody" not in page.html


def test_a_record_is_retired_with_its_successor(app: Flask, client: FlaskClient, visit: Visit) -> None:
    page = visit("editor.retire", kind="practices", record_id="stone-terraces")
    wrong = checked(
        app, send(client, page, "/stone-terraces/retire", {"successor": "draft-idea", "note": "Because"}), 422
    )
    assert [
        each.get("value") for each in wrong.by_id("successor").iter("option") if each.get("selected") is not None
    ] == ["draft-idea"]
    assert wrong.by_id("note").text == "Because"
    response = send(client, wrong, "/stone-terraces/retire", {"successor": "ask-first"})
    assert response.status_code == 303
    gone = page_of(app.test_client().get("/en/practices/stone-terraces"))
    assert gone.heading == "This record has been retired"
    assert "Replaced by ask-first" in visit("desk.record", kind="practices", record_id="stone-terraces").text


def test_what_cannot_be_edited_is_not_found(client: FlaskClient, editor: Page) -> None:
    token = editor.elements("input", name="csrf_token")[0].get("value", "")
    for address in (
        "practices/nothing/source",
        "nothing/x/source",
        "practices/stone-terraces/slope.jpg",
        "practices/x/de",
    ):
        assert client.get(f"/en/editor/{address}").status_code == 404, address
    for address in ("nothing/x/source", "practices/stone-terraces/slope.jpg", "practices/nothing/retire"):
        data = {"csrf_token": token, "do": "save", "text": "x"}
        assert client.post(f"/en/editor/{address}", data=data).status_code == 404, address


def test_a_text_beyond_all_measure_is_refused(client: FlaskClient, editor: Page) -> None:
    response = send(client, editor, ADDRESS, {"do": "save", "s.what": "x" * 5_000_000})
    assert response.status_code == 413


def test_a_note_that_is_too_long_is_asked_to_be_shortened_and_not_cut(
    app: Flask, client: FlaskClient, editor: Page, session: Session
) -> None:
    note = "word " * 500
    response = send(client, editor, ADDRESS, {"do": "publish", "f.title": "One", "note": note})
    assert response.status_code == 422
    page = page_of(response)
    assert not page.problems(app)
    assert "Enter at most 2000 characters." in page.text
    assert page.by_id("note").text == note.strip()
    assert page.by_id("note").get("aria-invalid") == "true"
    response = send(client, editor, ADDRESS, {"do": "save", "f.title": "One", "note": note})
    assert [draft.note for draft in session.scalars(select(Draft))] == [note.strip()]


# Own texts of an adaptation


def test_an_adaptation_asks_what_was_changed_and_why(client: FlaskClient, visit: Visit, session: Session) -> None:
    editor = visit("editor.edit", kind="adaptations", record_id="gate-slip-ee", part="source")
    assert "Nobody says good evening there." in editor.text
    assert "custom text" in editor.text
    answer = send(client, editor, "/adaptations/gate-slip-ee/source", {"why.say": "We greet by day.", "do": "save"})
    assert answer.status_code == 303
    draft = session.scalars(select(Draft)).one()
    assert "{id: say, parent: 0123456789abcdef, own: yes, why: We greet by day.}" in draft.text
    assert "{id: adapter, parent: 0123456789abcdef}" in draft.text
