"""Readers: every kind of page by axe, in both colour schemes, at phone width; no cookie, no other host, no script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

PAGES = {
    "home": "/en/",
    "home in Lithuanian": "/lt/",
    "list": "/pt/practices",
    "practice": "/it/practices/it-codice-rosa-tuscany",
    "practice in its own language": "/pt/practices/pt-victim-status-plain-language",
    "search": "/ro/search?q=evaluare",
    "search with filters": "/en/search?q=referral&country=LT",
    "search without a result": "/en/search?q=xylophone+quartet",
    "page": "/en/pages/method",
    "themes": "/ro/themes",
    "theme": "/lt/themes/referral",
    "area without a record": "/pt/themes/multi-agency-working",
    "rights": "/it/rights",
    "instrument": "/en/rights/vrd-revision",
    "article": "/lt/rights/vrd/22",
    "terms": "/lt/terms",
    "term": "/ro/terms/risk-assessment",
    "not found": "/en/practices/nothing-here",
    "sign-in": "/en/sign-in",
}
SIGHTS = [
    pytest.param({"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"}, id="desktop-light"),
    pytest.param({"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"}, id="desktop-dark"),
    pytest.param({"viewport": {"width": 320, "height": 640}, "color_scheme": "light"}, id="phone-light"),
    pytest.param({"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"}, id="phone-dark"),
]


@pytest.mark.parametrize("visitor", SIGHTS, indirect=True)
def test_every_kind_of_page_passes_axe_and_fits(visitor: Visitor) -> None:
    wrong: list[str] = []
    for name, address in PAGES.items():
        visitor.page.goto(address)
        wrong += [f"{name}: {complaint}" for complaint in visitor.complaints()]
        wrong += [f"{name}: scrolls sideways"] if visitor.scrolls_sideways() else []
    assert wrong == []


def test_a_reader_gets_no_cookie_and_nobody_else_is_asked(visitor: Visitor) -> None:
    for address in PAGES.values():
        visitor.page.goto(address)
    assert visitor.context.cookies() == []
    assert {url for url in visitor.asked if not url.startswith((visitor.site.url, "data:"))} == set()
    assert [error for error in visitor.errors if "404" not in error] == []


@pytest.mark.parametrize("visitor", [{"java_script_enabled": False}], indirect=True, ids=["without-script"])
def test_a_reader_searches_filters_and_reads_without_script(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/")
    page.locator("main").get_by_role("searchbox").fill("risk assessment")
    page.locator("main").get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("risk assessment")
    before = page.locator("main ol .hit").count()
    page.get_by_label(re.compile("^Portugal")).check()
    page.get_by_role("button", name="Apply").click()
    assert "country=PT" in page.url
    assert 0 < page.locator("main ol .hit").count() < before
    page.locator("main ol .hit a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("RVD-R")


@pytest.mark.parametrize("visitor", [{"java_script_enabled": False}], indirect=True, ids=["without-script"])
def test_a_reader_goes_on_in_another_language(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/practices/portugal-rvd-r")
    page.locator("header summary").click()
    page.locator("header").get_by_role("link", name="Lietuvių").click()
    assert page.url.endswith("/lt/practices/portugal-rvd-r")
    assert page.locator("html").get_attribute("lang") == "lt"


def test_the_keyboard_reaches_the_text_first_and_the_way_out_second(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/practices/portugal-rvd-r")
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
    # The way out is another host, which this test must not ask: the link is led to a page of our own.
    page.evaluate("document.querySelector('[data-leave]').href = '/en/pages/about'")
    page.locator("[data-leave]").click()
    page.wait_for_url("**/en/pages/about")
    page.go_back()
    assert not page.url.endswith("/en/practices")


@pytest.mark.parametrize("visitor", [{"viewport": {"width": 320, "height": 640}}], indirect=True, ids=["phone"])
def test_a_term_is_explained_to_pointer_and_keyboard_until_escape(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/lt/themes/secure-communication")
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
    visitor.page.goto("/en/themes/secure-communication")
    term = visitor.page.locator(".explained").first
    term.get_by_role("link").focus()
    expect(term.locator("[role=tooltip]")).to_be_visible()
