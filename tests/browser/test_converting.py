"""A visitor without an account adapts a tool: answers one question a page, fills in, rewrites, and takes the file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.packs import text_of
from tests.browser.pages import ADAPTED_FROM
from tests.browser.pages import PAPERS as OF_PAPERS
from tests.browser.visitor import Visitor

TOOL, PAPERS = f"/en/tools/{ADAPTED_FROM}", f"/en/tools/{OF_PAPERS}"
KEPT = "This browser keeps your answers"
NOT_KEPT = "Your answers are only on this page"


def go_on(page: Page, to: str = "Continue") -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=to, exact=True).first.click()


def about(page: Page, words: str, what: str) -> Locator:
    """Return a button whose words are the same as those of others; what it is about is heard and not seen."""
    return page.get_by_role("button", name=re.compile(rf"^{words} ?: {what}$"))


def begin(page: Page, tool: str = TOOL, *, crime: str = "all") -> None:
    """Start on the page of a tool, for Estonia and one crime or all."""
    page.goto(tool)
    page.get_by_role("link", name="Start", exact=True).click()
    asks(page, "What do you need?")
    page.get_by_label("Country").select_option("EE")
    page.get_by_label("For which crime?").select_option(crime)


def asks(page: Page, question: str) -> None:
    """Wait for the page of a question."""
    expect(page.get_by_role("heading", level=1)).to_have_text(question)


def fill_in(page: Page) -> None:
    """Go to the fields, and name the keeper of the gate."""
    begin(page)
    go_on(page)
    page.get_by_role("radio", name="By the bell").check()
    go_on(page)
    asks(page, "This document")
    page.get_by_label("Keeper of the gate").fill("Stone House")


@pytest.mark.parametrize("visitor", [{"viewport": {"width": 1280, "height": 900}}], indirect=True, ids=["desktop"])
def test_a_tool_is_adapted_question_by_question_and_taken_away(visitor: Visitor) -> None:
    page, wrong = visitor.page, list[str]()
    begin(page)
    wrong += visitor.complaints()
    go_on(page)
    asks(page, "How a guest comes in")
    wrong += visitor.complaints()
    page.get_by_role("radio", name="By the bell").check()
    go_on(page)
    wrong += visitor.complaints()
    expect(page.get_by_label("Emergency number")).to_have_value(re.compile("112"))
    page.get_by_label("Keeper of the gate").fill("Ąžuolas <b>House</b>")
    go_on(page)
    asks(page, "Your document is ready. Nothing is open.")
    page.get_by_role("heading", name="Preview").click()
    preview = page.get_by_role("region", name="Preview")
    expect(preview).to_contain_text("Ąžuolas <b>House</b> will open.")
    wrong += visitor.complaints()
    go_on(page, "Change the wording")
    wrong += visitor.complaints()
    about(page, "Change", "What is said at the gate").click()
    text = page.get_by_label("What is said at the gate")
    assert "{{Keeper of the gate (name)}}" in text.input_value()
    text.fill(text.input_value().replace("Good evening.", "Good day."))
    wrong += visitor.complaints()
    go_on(page, "Save and go back")
    go_on(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Word", exact=True).click()
    assert waiting.value.suggested_filename == f"praxis-{ADAPTED_FROM}-ee-en.docx"
    written = text_of(Path(waiting.value.path()).read_bytes())
    assert "Good day. Ąžuolas <b>House</b> will open." in written
    assert "112" in written
    assert wrong == []
    assert visitor.errors == []
    assert visitor.context.cookies() == []


def test_a_paper_for_one_crime_asks_less_and_gives_the_others_too(visitor: Visitor) -> None:
    page = visitor.page
    begin(page, PAPERS, crime="hate-crime")
    page.get_by_label("Which document?").select_option("leaf")
    go_on(page)
    asks(page, "Who sends, and who receives")
    expect(page.get_by_text("Estonia · Hate crime · Question 2 of 2")).to_be_visible()
    page.get_by_label("Use our suggestion: The stone house").check()
    go_on(page)
    asks(page, "Your document is ready. Nothing is open.")
    assert visitor.complaints() == []
    with page.expect_download() as waiting:
        about(page, "Word", "Slip to fill in").click()
    assert waiting.value.suggested_filename == f"praxis-{OF_PAPERS}-slip-hate-crime-ee-en.docx"
    assert "Then tell The stone house" in text_of(Path(waiting.value.path()).read_bytes())


def test_a_paper_as_it_is_is_taken_for_one_crime(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(PAPERS)
    page.get_by_label("For which crime?").select_option("hate-crime")
    with page.expect_download() as waiting:
        about(page, "Word", "Slip to fill in").click()
    assert waiting.value.suggested_filename == f"praxis-{OF_PAPERS}-slip-hate-crime-en.docx"
    with page.expect_download() as waiting:
        about(page, "Word", "Leaf for the guest").click()
    assert waiting.value.suggested_filename == f"praxis-{OF_PAPERS}-leaf-en.docx"


def test_what_was_typed_is_offered_again_until_it_is_deleted(visitor: Visitor) -> None:
    page = visitor.page
    fill_in(page)
    expect(page.get_by_text(KEPT)).to_be_visible()
    expect(page.get_by_text(NOT_KEPT)).to_be_hidden()
    page.goto(TOOL)
    go_on(page)
    expect(page.get_by_label("Keeper of the gate")).to_have_value("Stone House")
    page.goto(TOOL)
    page.get_by_role("button", name="Delete from this browser").click()
    expect(page.get_by_role("button", name="Delete from this browser")).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


def test_answers_are_deleted_on_the_page_of_a_question_too(visitor: Visitor) -> None:
    page = visitor.page
    fill_in(page)
    assert page.evaluate("localStorage.length") == 1
    page.get_by_text(KEPT).click()
    page.get_by_role("button", name="Delete from this browser").click()
    page.wait_for_url(f"**{TOOL}")
    assert page.evaluate("localStorage.length") == 0
    expect(page.get_by_text("You started a document in this browser:")).to_be_hidden()


def test_a_browser_that_keeps_nothing_does_not_say_that_it_does(visitor: Visitor) -> None:
    page = visitor.page
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }")
    fill_in(page)
    expect(page.get_by_text(NOT_KEPT)).to_be_visible()
    expect(page.get_by_text(KEPT)).to_be_hidden()
    page.get_by_text(NOT_KEPT).click()
    expect(page.get_by_role("button", name="Save as a file")).to_be_visible()
    expect(page.get_by_role("button", name="Delete from this browser")).to_be_hidden()
    go_on(page)
    asks(page, "Your document is ready. Nothing is open.")
    assert visitor.errors == []


def test_work_goes_on_from_a_saved_file(visitor: Visitor) -> None:
    page = visitor.page
    fill_in(page)
    page.get_by_text(KEPT).click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Save as a file").click()
    assert waiting.value.suggested_filename == f"praxis-{ADAPTED_FROM}-ee-en.praxis.json"
    page.goto(TOOL)
    page.get_by_text("Continue from a saved file").click()
    page.get_by_label("Your saved file").set_input_files(waiting.value.path())
    go_on(page, "Open")
    asks(page, "Your document is ready. Nothing is open.")
    page.get_by_role("heading", name="Preview").click()
    expect(page.get_by_role("region", name="Preview")).to_contain_text("Stone House will open.")


@pytest.mark.parametrize("visitor", [{"java_script_enabled": False}], indirect=True, ids=["without-script"])
def test_without_script_the_answers_travel_from_page_to_page(visitor: Visitor) -> None:
    page = visitor.page
    fill_in(page)
    expect(page.get_by_text(NOT_KEPT)).to_be_visible()
    expect(page.get_by_text(KEPT)).to_be_hidden()
    go_on(page)
    page.get_by_role("heading", name="Preview").click()
    expect(page.get_by_role("region", name="Preview")).to_contain_text("Stone House will open.")
    go_on(page, "Back")
    expect(page.get_by_label("Keeper of the gate")).to_have_value("Stone House")
    go_on(page, "Back")
    expect(page.get_by_role("radio", name="By the bell")).to_be_checked()
