"""Translators use the translation page by keyboard only, and without script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import ANA, BEN, Site
from tests.browser.visitor import Visitor

DESK = "/en/editor/practices/old-well/lt"


@pytest.fixture
def ana(browser: Browser, site: Site) -> Iterator[Visitor]:
    made = Visitor(browser, site, viewport={"width": 1280, "height": 900})
    made.sign_in(ANA)
    yield made
    made.leave()


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_texts_are_gone_through_by_the_keyboard_alone(ana: Visitor) -> None:
    page = ana.page
    page.goto(DESK)
    page.locator("#w-title").focus()
    page.keyboard.press("Alt+ArrowDown")
    assert focused(page) == "w-summary"
    page.keyboard.press("Alt+ArrowUp")
    assert focused(page) == "w-title"
    page.keyboard.press("End")
    page.keyboard.type(" (patikrinta)")
    page.evaluate("window.isSamePage = true")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/lt?draft=*")
    expect(page.locator("[data-segment]", has=page.locator("#w-title"))).to_contain_text("Translated by a person")
    expect(page.locator("#w-summary")).to_be_focused()
    assert " (patikrinta)" in page.locator("#w-title").input_value()
    assert page.evaluate("window.isSamePage")
    page.reload()
    assert " (patikrinta)" in page.locator("#w-title").input_value()


def test_an_unchanged_text_by_ai_is_marked_as_reviewed_and_later_saves_keep_that(ana: Visitor) -> None:
    page = ana.page
    page.goto(DESK)
    title = page.locator("[data-segment]", has=page.locator("#w-title"))
    expect(title).to_contain_text("Translated by AI")
    page.locator("#w-title").focus()
    page.keyboard.press("Control+Enter")
    expect(title).to_have_attribute("data-state", "reviewed")
    page.locator("#w-summary").press("End")
    page.keyboard.type(" Dar.")
    page.get_by_role("button", name="Save draft").first.click()
    page.wait_for_load_state()
    expect(title).to_have_attribute("data-state", "reviewed")
    assert page.locator("#w-summary").input_value().endswith(" Dar.")
    assert ana.errors == []


def test_all_texts_of_the_page_are_ticked_without_a_page_load(ana: Visitor) -> None:
    page = ana.page
    page.goto(DESK)
    page.get_by_role("button", name="Select all on this page").click()
    translated = page.locator("[data-segment]:not([data-state=missing]) [name=pick]")
    assert page.locator("[name=pick]:checked").count() == translated.count() > 1


def test_a_text_that_cannot_be_saved_stays_and_is_saved_later(ana: Visitor) -> None:
    page = ana.page
    page.goto(DESK)
    page.context.set_offline(True)
    page.locator("#w-title").press("End")
    page.keyboard.type(" (vėliau)")
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-trouble]")).to_contain_text("The site is not responding.")
    page.context.set_offline(False)
    expect(page.locator("[data-trouble]")).to_be_hidden(timeout=15_000)
    page.wait_for_url("**/lt?draft=*")
    page.reload()
    assert page.locator("#w-title").input_value().endswith(" (vėliau)")


def test_the_source_is_copied_into_an_empty_text_and_never_over_one(ana: Visitor) -> None:
    page = ana.page
    page.goto(DESK)
    area, source = page.locator("#w-summary"), page.locator("[data-segment]").nth(1).locator("[data-source]")
    before = area.input_value()
    area.focus()
    page.keyboard.press("Control+Shift+C")
    assert area.input_value() == before
    area.fill("")
    page.keyboard.press("Control+Shift+C")
    assert area.input_value() == source.text_content()


def test_the_shortcuts_are_listed_and_can_be_switched_off_for_good(ana: Visitor) -> None:
    page = ana.page
    page.goto(DESK)
    page.get_by_text("How this works").click()
    page.get_by_label("Use these shortcuts").uncheck()
    page.reload()
    page.locator("#w-title").focus()
    page.keyboard.press("Alt+ArrowDown")
    assert focused(page) == "w-title"
    page.get_by_text("How this works").click()
    page.get_by_label("Use these shortcuts").check()
    page.locator("#w-title").focus()
    page.keyboard.press("Alt+ArrowDown")
    assert focused(page) == "w-summary"


def test_the_focus_goes_from_the_translation_to_its_buttons(ana: Visitor) -> None:
    page = ana.page
    page.goto(DESK)
    page.locator("#w-title").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "read:title"


@pytest.mark.parametrize("visitor", [{"java_script_enabled": False}], indirect=True, ids=["no-script"])
def test_without_script_everything_is_done_by_buttons(visitor: Visitor) -> None:
    visitor.sign_in(BEN)
    page = visitor.page
    page.goto(DESK)
    expect(page.get_by_label("Use these shortcuts")).to_be_hidden()
    page.get_by_role("button", name="Translated by AI").click()
    page.locator("button[value='read:title']").click()
    page.wait_for_url("**draft=*show=machine*")
    expect(page.locator("#w-title")).to_have_count(0)
    page.get_by_role("button", name="All texts").click()
    expect(page.locator("section", has=page.locator("#w-title")).last).to_contain_text("reviewed")


def test_the_preview_follows_what_is_translated(ana: Visitor) -> None:
    page = ana.page
    page.goto(DESK)
    button = page.locator("button[value='preview:what']")
    button.click()
    page.locator("#s-what").press("Control+End")
    page.keyboard.type(" Dar **keli** žodžiai.")
    expect(page.locator("#s-what--preview strong", has_text="keli")).to_be_visible()
    assert button.get_attribute("aria-expanded") == "true"
    assert ana.errors == []
