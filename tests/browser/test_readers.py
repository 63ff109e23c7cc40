"""Readers without script, in another language, leaving quickly, and reading what a term means."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.pages import LAMP
from tests.browser.visitor import Visitor


@pytest.mark.parametrize("visitor", [{"java_script_enabled": False}], indirect=True, ids=["without-script"])
def test_a_reader_searches_filters_and_reads_without_script(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/")
    page.locator("main").get_by_role("searchbox").fill("risk assessment")
    page.locator("main").get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("risk assessment")
    before = page.locator("main ol .hit").count()
    page.locator("#facet--country summary").click()
    page.get_by_label(re.compile("^Portugal")).check()
    page.get_by_role("button", name="Show").click()
    assert "country=PT" in page.url
    assert 0 < page.locator("main ol .hit").count() < before
    page.locator("main ol .hit a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lamp by lamp")


@pytest.mark.parametrize("visitor", [{"java_script_enabled": False}], indirect=True, ids=["without-script"])
def test_a_reader_goes_on_in_another_language(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(f"/en/practices/{LAMP}")
    page.locator("header.head summary").click()
    page.locator("header.head").get_by_role("link", name="Lietuvių").click()
    assert page.url.endswith(f"/lt/practices/{LAMP}")
    assert page.locator("html").get_attribute("lang") == "lt"


def test_the_menu_stands_still_whichever_page_is_current(visitor: Visitor) -> None:
    places = []
    for address in ("/pt/rights", "/pt/practices", "/pt/tools"):
        visitor.page.goto(address)
        links = visitor.page.locator("header .nav a")
        places.append([links.nth(number).bounding_box() for number in range(links.count())])
    assert places[0] == places[1] == places[2]


@pytest.mark.parametrize("visitor", [{"viewport": {"width": 390, "height": 800}}], indirect=True, ids=["phone"])
def test_a_folded_table_hides_its_headings(visitor: Visitor) -> None:
    page = visitor.page
    shown = "table => getComputedStyle(table.tHead).clipPath"
    for address in ("/en/countries/side-by-side?c=LT&c=PT", f"/en/practices/{LAMP}"):
        page.goto(address)
        assert page.locator(".table--fold").evaluate_all(f"all => all.map({shown})").count("none") == 0
        assert page.locator(".table--fold").count() > 0


def test_a_link_to_a_closed_part_opens_it(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/lt/situation")
    page.locator("table.glance").get_by_role("link", name="Referral", exact=True).click()
    expect(page.locator("#t1")).to_be_visible()


def test_a_sign_before_words_keeps_its_distance(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/tools/visit-book/convert?country=LT")
    page.get_by_role("button", name="Accept all suggestions").click()
    page.get_by_role("button", name="Change the wording").click()
    page.get_by_role("button", name=re.compile("^Change ?: What you ask")).click()  # whose sentences protect victims
    expect(page.get_by_role("heading", level=1)).to_have_text("What you ask")
    gaps = page.locator("main .field__hint > .icon").evaluate_all(
        "all => all.map(icon => parseFloat(getComputedStyle(icon).marginInlineEnd))"
    )
    assert gaps
    assert min(gaps) > 3


def test_the_keyboard_reaches_the_text_first_and_the_way_out_second(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(f"/en/practices/{LAMP}")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    assert "leave" in page.evaluate("document.activeElement.className")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "MAIN"


def test_with_script_leaving_takes_the_page_out_of_the_history(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/")
    page.goto("/en/practices")
    # The leave link opens another host, which this test must not request. So the test points it to a file of the site.
    page.evaluate("document.querySelector('[data-leave]').href = '/robots.txt'")
    page.locator("[data-leave]").click()
    page.wait_for_url("**/robots.txt")
    page.go_back()
    page.wait_for_url("**/robots.txt")  # what this tab showed before leads on too
    page.goto("/en/lt/help")
    expect(page.locator("h1")).to_be_visible()
    page.evaluate("document.querySelector('[data-leave]').href = '/robots.txt?now'")
    for _press in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url("**/robots.txt?now")


@pytest.mark.parametrize("visitor", [{"viewport": {"width": 320, "height": 640}}], indirect=True, ids=["phone"])
def test_a_term_is_explained_to_pointer_and_keyboard_until_escape(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/lt/themes/referral")
    page.locator("main details:has(.explained) > summary").last.click()
    term = page.locator(".explained").last
    link, note = term.get_by_role("link"), term.locator("[role=tooltip]")
    height = page.evaluate("document.documentElement.scrollHeight")
    expect(note).to_be_hidden()
    link.hover()
    expect(note).to_be_visible()
    note.hover()
    expect(note).to_be_visible()
    box = note.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 320
    assert page.evaluate("document.documentElement.scrollHeight") == height
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    page.mouse.move(1, 1)
    link.focus()
    expect(note).to_be_visible()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(link).to_be_focused()


@pytest.mark.parametrize("visitor", [{"java_script_enabled": False}], indirect=True, ids=["without-script"])
def test_a_term_is_explained_without_script(visitor: Visitor) -> None:
    visitor.page.goto("/en/themes/referral")
    visitor.page.locator("main details:has(.explained) > summary").first.click()
    term = visitor.page.locator(".explained").first
    term.get_by_role("link").focus()
    expect(term.locator("[role=tooltip]")).to_be_visible()


@pytest.mark.parametrize("visitor", [{"java_script_enabled": False}], indirect=True, ids=["without-script"])
def test_without_script_a_reader_finds_numbers_terms_gaps_and_compares(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/")
    page.get_by_role("link", name="Help now").click()
    page.locator("main").get_by_role("link", name="Portugal", exact=True).click()
    expect(page.get_by_role("link", name="Call 112").first).to_have_attribute("href", "tel:112")
    page.goto("/en/terms")
    page.get_by_label("Find a term, in any language").fill("consent")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="informed consent", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("informed consent")
    page.goto("/en/gaps")
    page.get_by_role("heading", name="Choose rows and columns").click()
    page.get_by_label("Columns").select_option("country")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("columnheader", name="Portugal")).to_be_visible()
    page.goto(f"/en/practices/{LAMP}")
    page.locator("main a[data-collect-compare]").click()
    page.locator(f"main button[name=add], main a[href*='ids={LAMP},']").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 practices compared")
