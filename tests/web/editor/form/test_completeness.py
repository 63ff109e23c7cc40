"""The sidebar of the form: completeness with links to missing fields, questions of sections, warnings, choices."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kb.history.model import Draft
from tests.page import Page, Visit, words
from tests.web.forms import page_of, send
from tests.web.people import sign_in

pytestmark = pytest.mark.slow

ADDRESS = "/practices/stone-terraces/source"


@pytest.fixture(autouse=True)
def curator(app: Flask, client: FlaskClient) -> int:
    return sign_in(app, client)


@pytest.fixture
def editor(visit: Visit) -> Page:
    return visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")


def checked(app: Flask, response: TestResponse, status: int) -> Page:
    assert response.status_code == status
    page = page_of(response)
    assert not page.problems(app)
    return page


def test_completeness_leads_to_the_controls_of_what_is_missing(editor: Page) -> None:
    assert "Required for publication: 11 of 12" in editor.text
    assert "#s-mechanism" in editor.links()
    for target in editor.links():
        if target.startswith(("#f-", "#s-")):
            assert editor.by_id(target[1:]) is not None


def test_the_outline_lists_the_form_in_its_order_with_what_is_missing(editor: Page) -> None:
    outline = next(each for each in editor.elements("nav") if each.get("aria-labelledby") == "h--outline")
    targets = [link.get("href") for link in outline.iter("a")]
    order = [
        "#f-title",
        "#f-sources",
        "#h--sections",
        "#s-problem",
        "#h--facts",
        "#f-areas",
        "#f-keeper",
        "#h--publish",
    ]
    assert [each for each in targets if each in order] == order
    assert "Why it should work Required" in words(outline)


def test_missing_answers_lead_to_the_questions_and_not_to_an_empty_row(client: FlaskClient, visit: Visit) -> None:
    data = {"title": "Ladders", "in": "en", "country": "LT", "area": "warm-referral", "do": "begin"}
    page = visit(send(client, visit("beginning.new", kind="practices"), "/editor/new/practices", data).location)
    assert page.link("Assessments") == "#f-assessments--questions"
    assert page.by_id("f-assessments--questions").get("value") == "evidence"
    assert "Draft started." in page.text
    assert page.text.count("Compare the saved draft with the public text") == 0  # no public text exists


def test_a_draft_on_the_desk_says_how_complete_it_is(client: FlaskClient, editor: Page, visit: Visit) -> None:
    send(client, editor, ADDRESS, {"do": "save", "s.mechanism": "Because.", "f.level": ""})
    assert "Expected by readers: " in visit("desk.index").text
    assert visit("editor.edit", kind="pages", record_id="about", part="source").text.count(": complete.") >= 1


def test_each_section_has_the_question_it_answers(editor: Page) -> None:
    described = editor.by_id("s-problem").get("aria-describedby", "")
    assert "What went wrong before?" in (editor.by_id(described).text or "")


def test_warnings_stand_at_the_control_and_above_and_keep_nobody_from_publishing(
    app: Flask, client: FlaskClient, editor: Page, visit: Visit
) -> None:
    changes = {"do": "preview:what", "s.what": "Ring her at +370 612 34567.", "f.summary": "Ask ana@example.org."}
    page = checked(app, send(client, editor, ADDRESS, changes), 200)
    assert "“+370 612 34567” looks like a phone number" in words(page.by_id("s-what--warning"))
    assert "s-what--warning" in page.by_id("s-what").get("aria-describedby", "")
    assert page.by_id("s-what").get("aria-invalid") is None
    assert "f-summary--warning" in page.by_id("f-summary").get("aria-describedby", "")
    assert {"#s-what", "#f-summary"} <= set(page.links())
    assert "You can still save or publish." in page.text
    saved = send(client, page, ADDRESS, {"do": "save"})
    assert "Check the following" in visit(saved.headers["Location"]).text
    assert send(client, page, ADDRESS, {"do": "publish"}).status_code == 303


def test_a_text_as_it_stands_has_no_warnings(editor: Page) -> None:
    assert "Check the following" not in editor.text


# Names in place of ids


def test_a_name_that_fits_one_term_is_taken(client: FlaskClient, editor: Page) -> None:
    page = page_of(send(client, editor, ADDRESS, {"do": "preview", "f.actors": ["prok"], "f.countries": ["portug"]}))
    assert page.by_id("f-actors-0").get("value") == "prosecutors"
    assert page.by_id("f-countries-0").get("value") == "PT"


def test_of_several_somebody_chooses_and_the_rest_stays(app: Flask, client: FlaskClient, editor: Page) -> None:
    changes: dict[str, str | list[str]] = {"do": "preview", "f.actors": ["polic", "prosecutors"], "s.what": "Kept."}
    page = checked(app, send(client, editor, ADDRESS, changes), 422)
    assert page.by_id("f-actors-0").get("value") == "polic"
    offered = {each.get("value") for each in page.elements("input", name="pick.f.actors.0")}
    assert {"police", "policy-makers", ""} <= offered
    assert "“polic” has several matches." in page.text
    assert page.by_id("s-what").text == "Kept."
    page = checked(app, send(client, page, ADDRESS, {"do": "preview", "pick.f.actors.0": "police"}), 200)
    assert [page.by_id(f"f-actors-{index}").get("value") for index in (0, 1)] == ["police", "prosecutors"]
    assert page.by_id("s-what").text == "Kept."


def test_of_what_fits_nothing_the_nearest_are_named(app: Flask, client: FlaskClient, editor: Page) -> None:
    page = checked(app, send(client, editor, ADDRESS, {"do": "preview", "f.actors": ["polise"]}), 422)
    assert "“polise” was not found. Closest matches: “police”" in page.text.replace("Police", "police")
    page = checked(app, send(client, editor, ADDRESS, {"do": "preview", "f.implementation_status": "xyzzy"}), 422)
    assert "“xyzzy” was not found. Enter the start of another name" in page.text
    assert page.by_id("f-implementation_status").get("value") == "xyzzy"


def test_too_few_letters_decide_nothing_and_too_many_names_are_not_listed(
    app: Flask, client: FlaskClient, editor: Page
) -> None:
    changes: dict[str, str | list[str]] = {"do": "preview", "f.countries": ["q", "islands", "lt"]}
    page = checked(app, send(client, editor, ADDRESS, changes), 422)
    assert "“q” is too short. Enter at least 3 characters of the name." in page.text
    assert "“islands” has too many matches. Enter more of the name." in page.text
    assert not page.elements("input", type="radio", name="pick.f.countries.1")
    assert [page.by_id(f"f-countries-{index}").get("value") for index in range(3)] == ["q", "islands", "LT"]


def test_a_line_has_choices_too(app: Flask, client: FlaskClient, editor: Page, session: Session, visit: Visit) -> None:
    saved = send(client, editor, ADDRESS, {"do": "save", "f.implementation_status": "impl"})
    page = visit(saved.headers["Location"])
    assert "has several matches. Select one below." in page.text
    send(client, page, ADDRESS, {"do": "save", "pick.f.implementation_status": "impl-discontinued"})
    assert "implementation_status: impl-discontinued" in session.scalars(select(Draft)).one().text


def test_a_date_that_cannot_be_read_is_told_at_its_field_and_not_sent_to_review(
    app: Flask, client: FlaskClient, editor: Page, visit: Visit, session: Session
) -> None:
    saved = visit(send(client, editor, ADDRESS, {"do": "save", "f.review_due": "29/11/2027"}).location)
    assert "“29/11/2027” is not a date." in words(saved.by_id("f-review_due--warning"))
    refused = checked(app, send(client, saved, ADDRESS, {"do": "review"}), 422)
    assert (
        refused.link(
            "Next review due on: “29/11/2027” is not a date. Enter year, month and day, for example 2026-11-25."
        )
        == "#f-review_due"
    )
    assert session.scalars(select(Draft.stage)).one() == "writing"


def test_a_save_with_a_name_to_choose_has_one_message(client: FlaskClient, editor: Page, visit: Visit) -> None:
    saved = visit(send(client, editor, ADDRESS, {"do": "save", "f.actors": ["zzzz"]}).location)
    assert saved.text.count("Draft saved.") == 1
    assert "Fix the following before you publish." in words(saved.by_id("h--problems"))
