"""Search in the browser: suggestions, filters opened in place, and everything without script."""

from __future__ import annotations

import re

import pytest
from _pytest.mark import ParameterSet
from playwright.sync_api import Locator, Route, expect

from tests.browser.visitor import Visitor

WIDE = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}}
NARROW = {"viewport": {"width": 320, "height": 640}}
SIGHTS = {
    "desktop-light": {**WIDE, "color_scheme": "light"},
    "desktop-dark": {**WIDE, "color_scheme": "dark"},
    "phone-light": {**NARROW, "color_scheme": "light"},
    "phone-dark": {**NARROW, "color_scheme": "dark"},
    "forced-colours": {**WIDE, "forced_colors": "active"},
}


def sights(first: str) -> list[ParameterSet]:
    """Return all windows and schemes as parameters; all but one are marked as long."""
    return [
        pytest.param(options, id=name, marks=() if name == first else pytest.mark.long)
        for name, options in SIGHTS.items()
    ]


def field(visitor: Visitor) -> Locator:
    return visitor.page.locator("main [name=q]")


def options(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("option")


def active(visitor: Visitor) -> str:
    """Return the text of the suggestion that the field marks as active."""
    text = visitor.page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.textContent ?? ''"
    )
    return str(text)


@pytest.mark.parametrize("visitor", sights("desktop-light"), indirect=True)
def test_open_suggestions_pass_axe_and_fit(visitor: Visitor) -> None:
    visitor.page.goto("/en/search")
    field(visitor).fill("re")
    expect(options(visitor).first).to_be_visible()
    visitor.page.keyboard.press("ArrowDown")
    assert visitor.complaints() == []
    assert not visitor.scrolls_sideways()
    box = visitor.page.get_by_role("listbox").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert visitor.page.evaluate("document.querySelector('[role=listbox]').scrollWidth") <= box["width"]


def test_suggestions_are_used_by_keyboard_and_the_focus_stays_in_the_field(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/search")
    field(visitor).focus()
    page.keyboard.type("rope br")
    expect(options(visitor).first).to_be_visible()
    expect(field(visitor)).to_be_focused()
    expect(field(visitor)).to_have_attribute("aria-expanded", "true")
    expect(page.locator("main form[role=search] [role=status]")).to_have_text(re.compile(r"^\d+ suggestions?$"))
    assert active(visitor) == ""
    page.keyboard.press("ArrowDown")
    first = active(visitor)
    assert first
    expect(field(visitor)).to_be_focused()
    page.keyboard.press("ArrowUp")  # back to the text field
    assert active(visitor) == ""
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field(visitor)).to_have_value("rope br")
    page.keyboard.press("ArrowDown")  # opens the list again
    expect(options(visitor).first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/en/(practices/rope-bridge|search\?)"))


def test_enter_without_a_choice_searches_for_what_was_typed(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/search")
    field(visitor).fill("risk")
    expect(options(visitor).first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/search?q=risk")


def test_a_suggestion_is_taken_with_the_pointer(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/")
    page.locator("main [name=q]").fill("lithua")
    page.get_by_role("option", name="Lithuania", exact=True).first.click()
    page.wait_for_url("**/en/search?country=LT")


def test_suggestions_close_when_the_field_is_left(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/search")
    field(visitor).fill("re")
    expect(options(visitor).first).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(field(visitor)).to_have_attribute("aria-expanded", "false")


def test_letters_typed_quickly_ask_once_and_nothing_is_kept(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/search")
    field(visitor).focus()
    page.keyboard.type("assessment", delay=20)
    expect(options(visitor).first).to_be_visible()
    assert [url.partition("?")[2] for url in visitor.asked if "/search/suggest" in url] == ["q=assessment"]
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert visitor.context.cookies() == []
    assert visitor.errors == []


def test_an_answer_that_comes_late_is_not_shown_and_stops_nothing(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/search")

    def late(route: Route) -> None:
        page.wait_for_timeout(400 if route.request.url.endswith("q=li") else 0)
        route.continue_()

    page.route("**/search/suggest*", late)
    field(visitor).focus()
    page.keyboard.type("li")
    page.wait_for_timeout(200)  # the request is sent, and the response is pending
    page.keyboard.type("thua")
    expect(page.get_by_role("option", name="Lithuania", exact=True).first).to_be_visible()
    page.wait_for_timeout(500)
    expect(page.get_by_role("option", name="Lithuania", exact=True).first).to_be_visible()
    assert visitor.errors == []


@pytest.mark.parametrize("visitor", sights("phone-dark"), indirect=True)
def test_all_values_of_a_filter_open_in_their_place(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/search")
    if page.locator("#search--filters > summary").is_visible():  # closed on a phone
        page.locator("#search--filters > summary").click()
    facet = page.locator("#facet--area")
    facet.locator("summary").click()
    few = facet.get_by_role("checkbox").count()
    facet.locator("[data-values]").click()
    finder = facet.get_by_role("searchbox")
    expect(finder).to_be_focused()
    expect(facet.locator("[data-values]")).to_have_count(0)
    assert facet.get_by_role("checkbox").count() > few
    name = (facet.locator("li label > span:first-of-type").last.text_content() or "").strip()
    finder.fill(name.upper())
    expect(facet.get_by_role("checkbox", name=re.compile(re.escape(name)))).to_be_visible()
    assert facet.get_by_role("checkbox").count() <= few
    page.evaluate("scrollTo(0, 0)")  # what has been scrolled below the head is no target
    assert visitor.complaints() == []
    assert not visitor.scrolls_sideways()
    page.keyboard.press("Enter")
    assert page.url.endswith("/en/search")
    finder.fill("zzyzx")
    expect(facet.get_by_role("status")).not_to_be_empty()
    finder.fill(name)
    expect(facet.get_by_role("status")).to_be_empty()
    facet.get_by_role("checkbox", name=re.compile(re.escape(name))).check()
    page.wait_for_url("**/en/search?area=*")
    assert visitor.errors == []


def test_the_values_of_a_filter_come_when_it_is_opened(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/search")
    facet = page.locator("#facet--actor")
    expect(facet.get_by_role("checkbox")).to_have_count(0)
    facet.locator("summary").click()
    box = facet.get_by_role("group", name="Who is involved").get_by_role("checkbox", name=re.compile("^police"))
    box.check()
    page.wait_for_url("**/en/search?actor=police")
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    assert visitor.errors == []


@pytest.mark.parametrize("visitor", [WIDE, PHONE], indirect=True, ids=["desktop", "phone"])
def test_a_filter_applies_at_once_and_the_focus_stays(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/search")
    all_of_them = page.get_by_role("heading", level=1).inner_text()
    summary = page.locator("#search--filters > summary")
    is_phone = summary.is_visible()
    if is_phone:
        summary.click()
    box = page.locator("#facet--kind input[value=practices]")
    box.focus()
    page.keyboard.press("Space")
    page.wait_for_url("**/en/search?kind=practices")
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    heading = page.get_by_role("heading", level=1)
    expect(heading).not_to_have_text(all_of_them)
    count = heading.inner_text().split()[0]
    expect(page.locator("[data-facets-status]")).to_have_text(heading.inner_text())
    expect(page.locator("#search--show")).to_have_text(re.compile(rf"^Show {count} results?$"))
    expect(page.locator("a.chip", has_text="Practices")).to_be_visible()
    assert page.locator("#search--list a[data-collect]").count() == 0
    if is_phone:
        page.locator("#search--show").click()
        expect(heading).to_be_focused()
        expect(box).to_be_hidden()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(all_of_them)
    expect(page.locator("#facet--kind input[value=practices]")).not_to_be_checked()
    assert visitor.errors == []


@pytest.mark.parametrize("visitor", [{"java_script_enabled": False}], indirect=True, ids=["without-script"])
def test_without_script_a_value_is_found_on_a_page_of_its_own(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/search?q=assessment")
    page.locator("#facet--area summary").click()
    page.locator("#facet--area [data-values]").click()
    page.get_by_label("Find by name").fill("RISK")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("checkbox", name="risk assessment").check()
    page.get_by_role("button", name="Apply filters").click()
    assert page.url.endswith("/en/search?q=assessment&area=risk-assessment")
    expect(page.locator("a.chip", has_text="risk assessment").last).to_be_visible()


@pytest.mark.parametrize("visitor", [{"java_script_enabled": False}], indirect=True, ids=["without-script"])
def test_without_script_a_search_is_understood_corrected_and_put_in_order(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/search?q=Portugal+stone")
    page.get_by_role("link", name="Portugal Search without this term").click()
    assert page.url.endswith("off=PT")
    page.get_by_role("link", name="Portugal Include this term again").click()
    page.get_by_role("link", name="Title", exact=True).click()
    expect(page.locator(".orders [aria-current]")).to_have_text("Title")
    page.locator("details:has(#search--keep) > summary").click()
    page.get_by_role("link", name="Link to this search").click()
    assert page.url.endswith("/en/search?q=Portugal+stone&sort=title")


@pytest.mark.parametrize("visitor", [PHONE], indirect=True)
@pytest.mark.parametrize("language", ["en", "lt"])
def test_the_help_above_the_results_takes_at_most_three_fifths_of_a_phone(visitor: Visitor, language: str) -> None:
    for text in ("helpline Estonia", "helpline Estonia Lithuania"):
        visitor.page.goto(f"/{language}/search?q={text}")
        box = visitor.page.locator("section[aria-labelledby=h--help]").bounding_box()
        assert box is not None
        assert box["height"] <= 0.6 * PHONE["viewport"]["height"], text
        assert not visitor.scrolls_sideways()
