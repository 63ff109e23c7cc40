"""Curators sign in, change a record, find it in search, edit concurrently, and restore an earlier version."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.pages import BRIDGE
from tests.browser.serving import ANA, BEN, Site
from tests.browser.visitor import Visitor


@pytest.fixture
def ana(browser: Browser, site: Site) -> Iterator[Visitor]:
    made = Visitor(browser, site, viewport={"width": 1280, "height": 900})
    made.sign_in(ANA)
    yield made
    made.leave()


@pytest.fixture
def ben(browser: Browser, site: Site) -> Iterator[Visitor]:
    made = Visitor(browser, site, java_script_enabled=False)
    made.sign_in(BEN)
    yield made
    made.leave()


def write_title(page: Page, record: str, title: str) -> None:
    page.goto(f"/en/editor/practices/{record}/source")
    page.locator("#f-title").fill(title)


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publish", exact=True).click()


def test_from_search_to_sign_in_to_a_published_change_that_is_found(visitor: Visitor, ana: Visitor, site: Site) -> None:
    word = "quokkaform"
    visitor.page.goto(f"/en/search?q={word}")
    assert visitor.page.locator("main ol .hit h2", has_text=word).count() == 0
    write_title(ana.page, "letters-home", f"Letters, the {word} of Romania")
    publish(ana.page)
    begun = time.monotonic()
    expect(ana.page.get_by_role("heading", level=1)).to_contain_text(word)
    # Both workers show it, because either may answer a request.
    seen = 0
    while seen < 8 and time.monotonic() - begun < 15:
        visitor.page.goto(f"/en/search?q={word}")
        seen = seen + 1 if visitor.page.locator("main .hit__title", has_text=word).count() else 0
    assert seen == 8
    file = site.content / "practices" / "letters-home" / "practice.md"
    assert f"the {word} of Romania" in file.read_text(encoding="utf-8")
    assert ana.errors == []


def test_of_two_curators_the_second_sees_all_three_texts_and_keeps_hers_as_a_draft(ana: Visitor, ben: Visitor) -> None:
    record = "dry-wall"
    write_title(ana.page, record, "A wall, as Ana has it")
    write_title(ben.page, record, "A wall, as Ben has it")
    publish(ana.page)
    expect(ana.page.get_by_role("heading", level=1)).to_contain_text("as Ana has it")
    publish(ben.page)
    text = ben.page.locator("main").text_content() or ""
    assert "as Ana has it" in text
    assert "as Ben has it" in text
    assert "A dry wall between two gardens" in text
    ben.page.goto("/en/desk")
    assert record in ben.page.locator("main").inner_html()


def test_two_changes_come_together_and_are_published_in_a_second_step(ana: Visitor, ben: Visitor) -> None:
    record = "night-bell"
    for visitor, name in ((ana, "Ana"), (ben, "Ben")):
        write_title(visitor.page, record, f"A bell, as {name} has it")
    summary = ana.page.locator("#f-summary")
    summary.fill(f"{summary.input_value()} Ana adds this.")
    ana.page.get_by_role("button", name="Save draft").first.click()
    publish(ben.page)
    expect(ben.page.get_by_role("heading", level=1)).to_contain_text("as Ben has it")
    ana.page.goto("/en/desk")
    line = ana.page.get_by_role("listitem").filter(has_text=record)
    line.get_by_role("link", name="Compare with the current text").first.click()
    ana.page.get_by_role("link", name="Merge the two texts").click()
    assert ana.complaints() == []
    ana.page.get_by_label("Use my version").check()
    ana.page.get_by_role("button", name="Open the merged text in the editor").click()
    expect(ana.page.locator("#f-title")).to_have_value("A bell, as Ana has it")
    publish(ana.page)
    expect(ana.page.get_by_role("heading", level=1)).to_contain_text("as Ana has it")
    expect(ana.page.locator("main")).to_contain_text("Ana adds this.")


def test_a_wrong_value_is_said_at_its_field_and_nothing_typed_is_lost(ben: Visitor) -> None:
    page = ben.page
    write_title(page, BRIDGE, "A title that must not get lost")
    page.get_by_label("Start year", exact=True).fill("about 2010")
    publish(page)
    expect(page.locator("#f-title")).to_have_value("A title that must not get lost")
    expect(page.get_by_label("Start year", exact=True)).to_have_value("about 2010")
    assert page.get_by_label("Start year", exact=True).get_attribute("aria-invalid") == "true"
    link = page.locator(".notice--error a").first
    target = link.get_attribute("href")
    assert target is not None
    assert page.locator(target).count() == 1


def test_an_earlier_version_comes_back(ana: Visitor) -> None:
    page = ana.page
    record = "old-well"
    page.goto(f"/en/practices/{record}")
    before = page.get_by_role("heading", level=1).inner_text()
    write_title(page, record, "A title for a moment")
    publish(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("A title for a moment")
    page.goto(f"/en/history/practices/{record}")
    page.locator("main a[href$='/source/2']").first.click()
    assert page.locator("main ins, main del").count() > 0
    page.goto(f"/en/history/practices/{record}/source/1")
    page.get_by_role("button", name="Restore").click()
    page.goto(f"/en/practices/{record}")
    expect(page.get_by_role("heading", level=1)).to_have_text(before)


def test_a_draft_goes_to_a_colleague_who_approves_it_and_to_readers(ana: Visitor, ben: Visitor) -> None:
    record = "night-bell"
    write_title(ben.page, record, "A bell, as Ben sends it to review")
    ben.page.get_by_role("button", name="Send for review").click()
    address = ben.page.url
    assert "/en/review/" in address
    ana.page.goto("/en/desk")
    expect(ana.page.get_by_role("heading", name="Waiting for your review")).to_be_visible()
    ana.page.goto(address)
    assert ana.page.locator("main ins").count() > 0
    assert ana.complaints() == []
    ana.page.set_viewport_size({"width": 320, "height": 640})
    assert not ana.scrolls_sideways()
    ana.page.get_by_label("Comment or reason").fill("It reads well.")
    ana.page.get_by_role("button", name="Approve", exact=True).click()
    assert ana.complaints() == []
    ana.page.get_by_role("button", name="Publish now").click()
    expect(ana.page.get_by_role("heading", level=1)).to_contain_text("as Ben sends it to review")


def test_a_person_who_signs_in_gets_one_cookie(visitor: Visitor) -> None:
    visitor.sign_in_by_form(ANA)
    assert [cookie["name"] for cookie in visitor.context.cookies()] == ["praxis"]
