"""A visitor without an account converts a tool for a country: chooses, fills in, rewrites, and downloads the file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.packs import text_of
from tests.browser.pages import ADAPTED_FROM
from tests.browser.visitor import Visitor

TOOL = f"/en/tools/{ADAPTED_FROM}"


def go_on(page: Page, to: str = "Continue") -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=to, exact=True).first.click()


def begin(page: Page) -> None:
    """Start a conversion for Estonia, and choose the same alternative for all groups of crimes."""
    page.goto(TOOL)
    page.locator("#country").select_option("EE")
    go_on(page, "Start")
    expect(page.get_by_role("heading", level=1)).to_have_text("Adapt: Slip for the gate")
    page.get_by_label("Same choice for all groups of crimes").select_option("a")


@pytest.mark.parametrize("visitor", [{"viewport": {"width": 1280, "height": 900}}], indirect=True, ids=["desktop"])
def test_a_tool_is_converted_step_by_step_and_taken_away(visitor: Visitor) -> None:
    page, wrong = visitor.page, list[str]()
    begin(page)
    go_on(page)
    wrong += visitor.complaints()
    expect(page.get_by_label("Emergency number")).to_have_value(re.compile("112"))
    page.get_by_label("Keeper of the gate").fill("Ąžuolas <b>House</b>")
    go_on(page)
    wrong += visitor.complaints()
    preview = page.get_by_role("region", name="Preview")
    expect(preview).to_contain_text("Ąžuolas <b>House</b> will open.")
    text = page.get_by_label("What is said at the gate")
    text.fill(text.input_value().replace("Good evening.", "Good day."))
    go_on(page)
    wrong += visitor.complaints()
    expect(preview).to_contain_text("Good day.")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Word file (DOCX)").click()
    assert waiting.value.suggested_filename == f"praxis-{ADAPTED_FROM}-ee-en.docx"
    written = text_of(Path(waiting.value.path()).read_bytes())
    assert "Good day. Ąžuolas <b>House</b> will open." in written
    assert "112" in written
    assert wrong == []
    assert visitor.errors == []
    assert visitor.context.cookies() == []


def test_what_was_typed_is_offered_again_until_it_is_forgotten(visitor: Visitor) -> None:
    page = visitor.page
    begin(page)
    go_on(page)
    page.get_by_label("Keeper of the gate").fill("Stone House")
    page.goto(TOOL)
    go_on(page, "Continue")
    expect(page.get_by_label("Keeper of the gate")).to_have_value("Stone House")
    page.goto(TOOL)
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_role("button", name="Discard")).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("visitor", [{"java_script_enabled": False}], indirect=True, ids=["without-script"])
def test_without_script_the_answers_travel_from_step_to_step(visitor: Visitor) -> None:
    page = visitor.page
    begin(page)
    go_on(page)
    page.get_by_label("Keeper of the gate").fill("Stone House")
    go_on(page, "Update the preview")
    expect(page.get_by_role("region", name="Preview")).to_contain_text("Stone House will open.")
    go_on(page, "Back")
    expect(page.get_by_label("Same choice for all groups of crimes")).to_have_value("a")
    go_on(page)
    expect(page.get_by_label("Keeper of the gate")).to_have_value("Stone House")
