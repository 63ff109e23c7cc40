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
