"""The translation page: states, filters, changes, terms, comparison, buttons; and what must never happen."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import Role
from kb.content_store.store import ContentStore
from kb.history import log
from kb.history.model import Draft, Stage
from kb.records.files.paths import place_of
from kb.records.segments import fingerprint
from tests.house import NOW
from tests.page import Page, Visit, words
from tests.web.forms import page_of, send, values_of
from tests.web.people import sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own

RECORD = "practices/stone-terraces"
SOURCE, ITALIAN, ROMANIAN = f"/{RECORD}/source", f"/{RECORD}/it", f"/{RECORD}/ro"


@pytest.fixture(autouse=True)
def curator(app: Flask, client: FlaskClient) -> int:
    return sign_in(app, client)


@pytest.fixture
def italian(visit: Visit) -> Page:
    return desk(visit)


def desk(visit: Visit, part: str = "it", *, show: str | None = None, view: str | None = None) -> Page:
    return visit("editor.edit", kind="practices", record_id="stone-terraces", part=part, show=show, view=view)


def change_source(client: FlaskClient, visit: Visit, **changes: str) -> None:
    page = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")
    given = {name.replace("__", "."): value for name, value in changes.items()}
    assert send(client, page, SOURCE, {"do": "publish", **given}).status_code == 303


def shown(page: Page) -> list[str]:
    """Return the names of the controls of all texts in the page."""
    return [each.get("name", "") for each in page.elements("textarea") if each.get("name") != "note"]


def segment(page: Page, name: str) -> str:
    return words(next(each for each in page.elements("section") if each.get("aria-labelledby") == f"{name}--label"))


def text_of(session: Session, part: str = "it") -> str:
    session.rollback()
    head = log.find_head(session, place_of(RECORD, part))
    assert head is not None
    return head.text or ""


def drafts(session: Session) -> list[Draft]:
    session.rollback()
    return list(session.scalars(select(Draft)))


# States and filters


def test_every_text_says_its_state_in_a_word_and_how_far_the_whole_is_stands_above(italian: Page) -> None:
    assert "Reviewed By a person on 10 November 2026" in segment(italian, "w-title")
    assert "Translated by AI Not yet reviewed by a person" in segment(italian, "w-needs-staff")
    assert "Up to date Translated by a person" in segment(italian, "s-problem")
    assert "Out of date Translated by AI" in segment(italian, "s-how")
    assert "Missing Readers see the original in English." in segment(italian, "s-results")
    assert "texts done" in italian.text
    assert "words left" in italian.text


@pytest.mark.parametrize("value", ["stale", "missing", "machine", "fresh", "reviewed", "open"])
def test_a_filter_in_the_address_leaves_some_texts_and_saving_keeps_the_others(
    client: FlaskClient, visit: Visit, session: Session, value: str
) -> None:
    everything = shown(desk(visit))
    page = desk(visit, show=value)
    assert 0 < len(shown(page)) < len(everything)
    before = page.elements("input", name="text")[0].get("value")
    saved = visit(send(client, page, ITALIAN, {"do": "save"}).headers["Location"])
    assert saved.elements("input", name="text")[0].get("value") == before
    assert shown(saved) == shown(page)


def test_an_unknown_filter_shows_everything(visit: Visit) -> None:
    assert shown(desk(visit, show="nonsense")) == shown(desk(visit))


def test_a_filter_that_is_pressed_carries_what_was_typed(client: FlaskClient, italian: Page, session: Session) -> None:
    page = page_of(send(client, italian, ITALIAN, {"do": "show:stale", "w.title": "Un altro titolo"}))
    assert shown(page) == ["s.how"]
    page = page_of(send(client, page, ITALIAN, {"do": "show:"}))
    assert page.by_id("w-title").text == "Un altro titolo"
    assert drafts(session) == []


def test_a_text_that_leaves_its_filter_by_what_was_typed_is_still_previewed(client: FlaskClient, visit: Visit) -> None:
    page = desk(visit, show="stale")
    page = page_of(send(client, page, ITALIAN, {"do": "preview:how", "s.how": "**Nuovo**.[^s2]"}))
    assert "Nuovo" in page.texts("strong")
    assert shown(page) == ["s.how"]


# What changed


def test_what_changed_in_the_source_stands_word_by_word_with_who_and_why(client: FlaskClient, visit: Visit) -> None:
    change_source(client, visit, s__what="Four terraces, a service on each.[^s1]", note="one more terrace")
    page = desk(visit, show="stale")
    section = segment(page, "s-what")
    assert "Changed on 25 November 2026 by Ana Costa. Note: “one more terrace”" in section
    assert "Three" in page.texts("del")
    assert "Four" in page.texts("ins")


def test_where_the_earlier_source_is_not_in_the_log_the_page_says_so(visit: Visit) -> None:
    page = desk(visit, show="stale")
    assert "The original text that was translated is not among the latest 300 versions." in segment(page, "s-how")
    assert page.elements("ins") == page.elements("del") == []


def test_a_minor_change_of_the_source_leaves_a_text_fresh(client: FlaskClient, visit: Visit) -> None:
    before = segment(desk(visit), "s-problem")
    change_source(client, visit, s__problem="Water ran down, and people too.[^s1]", minor="1")
    after = segment(desk(visit), "s-problem")
    assert "Up to date Translated by a person" in before
    assert "Up to date Translated by a person" in after


# Terms, comparison


def test_terms_of_the_source_are_marked_and_named_with_their_set_translation(
    client: FlaskClient, visit: Visit, store: ContentStore
) -> None:
    change_source(client, visit, s__results="After a risk assessment more people came back.[^s1]")
    page = desk(visit)
    label = store.vocabularies.term("risk-assessment").labels["it"]
    assert "risk assessment" in page.texts("span", class_="term")
    assert label in segment(page, "s-results")
    typed = {"do": "preview:results", "s.results": f"Dopo la {label} sono tornati in più.[^s1]"}
    assert f"{label} used" in segment(page_of(send(client, page, ITALIAN, typed)), "s-results")
    typed["s.results"] = "Sono tornati in più.[^s1]"
    assert "not found in the translation" in segment(page_of(send(client, page, ITALIAN, typed)), "s-results")


def test_what_differs_is_said_at_the_text_and_asked_about_once_before_publication(
    app: Flask, client: FlaskClient, italian: Page, session: Session
) -> None:
    typed = {"do": "publish", "s.problem": "L'acqua scendeva dal 1999.[^s1]"}
    page = page_of(answer := send(client, italian, ITALIAN, typed))
    assert answer.status_code == 422
    assert not page.problems(app)
    assert "Check these texts before publishing" in page.text
    assert "Numbers not in the original: 1999." in segment(page, "s-problem")
    assert page.by_id("s-problem").text == typed["s.problem"]
    assert "1999" not in text_of(session)
    assert send(client, page, ITALIAN, {"do": "publish"}).status_code == 303
    assert "1999" in text_of(session)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("L'acqua scendeva dal 1999.[^s1]", "Numbers not in the original: 1999."),
        (
            "L'acqua [scendeva](practices:night-bus).[^s1]",
            "Links not in the original: practices:night-bus.",
        ),
        ("L'acqua scendeva.", "Sources missing from the translation: [^s1]."),
        ("L'acqua di {{name}} scendeva.[^s1]", "Fields not in the original: {{name}}."),
    ],
)
def test_what_differs_is_asked_about_once_before_review_too(
    app: Flask, client: FlaskClient, italian: Page, session: Session, typed: str, words: str
) -> None:
    page = page_of(answer := send(client, italian, ITALIAN, {"do": "review", "s.problem": typed}))
    assert answer.status_code == 422
    assert not page.problems(app)
    assert "Check these texts before sending them for review" in page.text
    assert words in segment(page, "s-problem")
    assert page.by_id("s-problem").text == typed
    assert drafts(session) == []
    answer = send(client, page, ITALIAN, {"do": "review"})
    assert (answer.status_code, "/review/" in answer.headers["Location"]) == (303, True)
    assert drafts(session)[0].stage == Stage.REVIEW


def test_a_translation_with_nothing_to_look_at_goes_to_review_at_once(client: FlaskClient, italian: Page) -> None:
    typed = {"do": "review", "s.problem": "L'acqua scendeva, e la gente anche.[^s1]"}
    assert send(client, italian, ITALIAN, typed).status_code == 303


def test_warnings_of_writing_stand_above_the_texts_and_lead_to_them(
    app: Flask, client: FlaskClient, italian: Page
) -> None:
    assert "Check the following" not in italian.text
    typed = {"do": "preview:problem", "s.problem": "Chiami Anna al +39 333 123 4567.[^s1]"}
    page = page_of(send(client, italian, ITALIAN, typed))
    assert not page.problems(app)
    assert "Check the following" in page.text
    assert any("looks like a phone number" in each for each in page.texts("a", href="#s-problem"))


def test_another_difference_is_asked_about_again(client: FlaskClient, italian: Page) -> None:
    page = page_of(send(client, italian, ITALIAN, {"do": "publish", "s.problem": "Dal 1999.[^s1]"}))
    assert send(client, page, ITALIAN, {"do": "publish", "s.problem": "Dal 2000.[^s1]"}).status_code == 422


def test_problems_are_shown_together_with_what_differs(client: FlaskClient, italian: Page) -> None:
    page = page_of(send(client, italian, ITALIAN, {"do": "publish", "s.problem": "Dal 1999.[^nothing]"}))
    assert page.by_id("s-problem").get("aria-invalid") == "true"
    assert "Numbers not in the original: 1999." in segment(page, "s-problem")


# Buttons


def test_save_and_go_on_leads_to_the_next_text_that_is_to_be_done(
    client: FlaskClient, italian: Page, session: Session
) -> None:
    answer = send(client, italian, ITALIAN, {"do": "next:title", "w.title": "Terrazze a secco"})
    assert answer.status_code == 303
    draft = drafts(session)[0]
    assert "Terrazze a secco" in draft.text
    assert answer.headers["Location"].endswith(f"draft={draft.id}#s-how--label")


def test_going_on_without_a_change_keeps_no_draft(client: FlaskClient, italian: Page, session: Session) -> None:
    answer = send(client, italian, ITALIAN, {"do": "next:problem"})
    assert answer.headers["Location"].endswith("/practices/stone-terraces/it#s-how--label")
    assert drafts(session) == []


def test_the_last_text_leads_to_the_first_again_and_stays_in_its_filter(client: FlaskClient, visit: Visit) -> None:
    page = desk(visit, show="missing")
    answer = send(client, page, ITALIAN, {"do": "next:results"})
    assert answer.headers["Location"].partition("?")[2] == "show=missing#w-needs-money--label"


def test_still_right_is_said_of_one_text_and_saved(client: FlaskClient, italian: Page, session: Session) -> None:
    answer = send(client, italian, ITALIAN, {"do": "still:how"})
    assert answer.status_code == 303
    text = drafts(session)[0].text
    source = "1. The officer asks.\n2. They walk.[^s2]\n\n| Step | Stone |\n|---|---|\n| first | granite |"
    assert f"how: {{source: {fingerprint(source)}, by: machine}}" in text.replace("\n    ", " ")
    assert "Still correct, no change needed" not in segment(
        page_of(client.get(answer.headers["Location"].partition("#")[0])), "s-how"
    )


def test_many_texts_are_said_to_be_read_at_once(client: FlaskClient, italian: Page, session: Session) -> None:
    send(client, italian, ITALIAN, {"do": "read", "pick": ["needs.staff", "problem", "results"]})
    assert drafts(session)[0].text.count(f"by: person, reviewed: {NOW.date()}") == 2  # `results` is not translated


def test_a_button_for_many_asks_to_tick_some(app: Flask, client: FlaskClient, italian: Page, session: Session) -> None:
    page = page_of(answer := send(client, italian, ITALIAN, {"do": "read", "w.title": "Non perso"}))
    assert answer.status_code == 422
    assert not page.problems(app)
    assert "Tick at least one text first." in page.text
    assert page.by_id("w-title").text == "Non perso"
    assert drafts(session) == []


# A language that does not exist yet


def test_a_new_language_begins_with_everything_missing_and_copies_are_offered(
    client: FlaskClient, visit: Visit, session: Session
) -> None:
    page = desk(visit, "ro")
    assert len(page.texts("b")) >= len(shown(page))
    assert page.text.count("Missing Readers see the original") == len(shown(page))
    page = page_of(send(client, page, ROMANIAN, {"do": "copy:title", "w.summary": "Rezumat."}))
    assert page.by_id("w-title").text == "Stone terraces"
    assert page.by_id("w-summary").text == "Rezumat."
    assert "The translation is the same as the original." in segment(page, "w-title")
    assert drafts(session) == []


def test_a_new_translation_starts_from_the_source_as_it_stands(
    client: FlaskClient, visit: Visit, session: Session
) -> None:
    change_source(client, visit, f__title="Terraces of stone")
    page = desk(visit, "ro")
    assert send(client, page, ROMANIAN, {"do": "publish", "w.title": "Terase de piatră"}).status_code == 303
    assert f"title: {{source: {fingerprint('Terraces of stone')}, by: person}}" in text_of(session, "ro")
    assert "Up to date Translated by a person" in segment(desk(visit, "ro"), "w-title")


# A machine translation never replaces a person's text


def test_neither_form_nor_whole_file_replaces_a_persons_text_by_a_machines(
    client: FlaskClient, visit: Visit, session: Session
) -> None:
    send(client, desk(visit), ITALIAN, {"do": "publish", "w.title": "Terrazze a secco", "made_from.title": "machine"})
    row = text_of(session).partition("made_from:")[2].partition("  title:")[2].partition("\n")[0]
    assert "by: person" in row
    raw = desk(visit, view="raw")
    machines = (
        text_of(session)
        .replace("title: Terrazze a secco", "title: Muri")
        .replace(row, row.replace("person", "machine"))
    )
    answer = send(client, raw, ITALIAN, {"do": "publish", "text": machines})
    assert answer.status_code == 422
    assert "A person wrote this translation, so an AI translation cannot replace it." in page_of(answer).text
    assert "Terrazze a secco" in text_of(session)


def test_a_line_that_is_taken_out_of_the_whole_file_does_not_make_a_text_a_machines(
    client: FlaskClient, visit: Visit, session: Session
) -> None:
    before = text_of(session)
    line = next(each for each in before.split("\n") if each.startswith("  problem: {source"))
    changed = before.replace(line + "\n", "").replace("Un muratore", "Due muratori")
    assert send(client, desk(visit, view="raw"), ITALIAN, {"do": "publish", "text": changed}).status_code == 303
    assert line.strip() in text_of(session)


# Permissions


def test_a_translator_works_on_translations_and_not_on_sources(app: Flask, visit: Visit) -> None:
    client = app.test_client()
    client.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    sign_in(app, client, "translator@example.org", Role.TRANSLATOR)
    page = page_of(client.get(f"/en/editor{ITALIAN}"))
    assert send(client, page, ITALIAN, {"do": "still:how"}).status_code == 303
    assert client.get(f"/en/editor{SOURCE}").status_code == 403
    assert values_of(page.elements("form", method="post")[-1])


def test_the_reason_of_an_own_text_is_called_by_that_text(visit: Visit) -> None:
    page = visit("editor.edit", kind="adaptations", record_id="gate-slip-ee", part="it")
    assert "What is said at the gate: what was changed, and why" in page.text
