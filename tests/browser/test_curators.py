"""Curators: sign in, change a record, find it in search; two who change the same; back to an earlier version."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import CURATORS, Site, Visitor

ANA, BEN = CURATORS


@pytest.fixture
def ana(browser: Browser, site: Site) -> Iterator[Visitor]:
    made = Visitor(browser, site, viewport={"width": 1280, "height": 900})
    made.sign_in(ANA)
    yield made
    made.context.close()


@pytest.fixture
def ben(browser: Browser, site: Site) -> Iterator[Visitor]:
    made = Visitor(browser, site, java_script_enabled=False)
    made.sign_in(BEN)
    yield made
    made.context.close()


def write_title(page: Page, record: str, title: str) -> None:
    page.goto(f"/en/editor/practices/{record}/source")
    page.locator("#f-title").fill(title)


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publish", exact=True).click()


def test_from_search_to_sign_in_to_a_published_change_that_is_found(visitor: Visitor, ana: Visitor, site: Site) -> None:
    word = "quokkaform"
    visitor.page.goto(f"/en/search?q={word}")
    assert visitor.page.locator("main ol .hit h2", has_text=word).count() == 0
    write_title(ana.page, "portugal-rvd-r", f"RVD-R, the {word} of Portugal")
    publish(ana.page)
    begun = time.monotonic()
    expect(ana.page.get_by_role("heading", level=1)).to_contain_text(word)
    # Both workers show it: each request may be answered by either.
    seen = 0
    while seen < 8 and time.monotonic() - begun < 15:
        visitor.page.goto(f"/en/search?q={word}")
        seen = seen + 1 if visitor.page.locator("main .hit__title", has_text=word).count() else 0
    assert seen == 8
    file = site.content / "practices" / "portugal-rvd-r" / "practice.md"
    assert f"the {word} of Portugal" in file.read_text(encoding="utf-8")
    assert ana.errors == []


def test_of_two_curators_the_second_sees_all_three_texts_and_keeps_hers_as_a_draft(ana: Visitor, ben: Visitor) -> None:
    record = "lt-model-data-exchange-rules-centres"
    write_title(ana.page, record, "Model rules, as Ana has them")
    write_title(ben.page, record, "Model rules, as Ben has them")
    publish(ana.page)
    expect(ana.page.get_by_role("heading", level=1)).to_contain_text("as Ana has them")
    publish(ben.page)
    text = ben.page.locator("main").text_content() or ""
    assert "as Ana has them" in text
    assert "as Ben has them" in text
    assert "Model internal rules for exchanging personal data" in text
    ben.page.goto("/en/desk")
    assert record in ben.page.locator("main").inner_html()


def test_two_changes_come_together_and_are_published_in_a_second_step(ana: Visitor, ben: Visitor) -> None:
    record = "no-altinn-unread-police-messages"
    for visitor, name in ((ana, "Ana"), (ben, "Ben")):
        write_title(visitor.page, record, f"Messages, as {name} has them")
    summary = ana.page.locator("#f-summary")
    summary.fill(f"{summary.input_value()} Ana adds this.")
    ana.page.get_by_role("button", name="Save draft").first.click()
    publish(ben.page)
    expect(ben.page.get_by_role("heading", level=1)).to_contain_text("as Ben has them")
    ana.page.goto("/en/desk")
    line = ana.page.get_by_role("listitem").filter(has_text=record)
    line.get_by_role("link", name="Compare with the present text").first.click()
    ana.page.get_by_role("link", name="Bring both together").click()
    assert ana.complaints() == []
    ana.page.get_by_label("Take mine").check()
    ana.page.get_by_role("button", name="Take this into the editor").click()
    expect(ana.page.locator("#f-title")).to_have_value("Messages, as Ana has them")
    publish(ana.page)
    expect(ana.page.get_by_role("heading", level=1)).to_contain_text("as Ana has them")
    expect(ana.page.locator("main")).to_contain_text("Ana adds this.")


def test_a_wrong_value_is_said_at_its_field_and_nothing_typed_is_lost(ben: Visitor) -> None:
    page = ben.page
    write_title(page, "it-codice-rosa-tuscany", "A title that must not get lost")
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
    record = "ro-hospital-sexual-violence-centres"
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
    record = "no-altinn-unread-police-messages"
    write_title(ben.page, record, "Unread messages, as Ben sends them to review")
    ben.page.get_by_role("button", name="Send to review").click()
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
    expect(ana.page.get_by_role("heading", level=1)).to_contain_text("as Ben sends them to review")


def test_a_person_who_signs_in_gets_one_cookie(ana: Visitor) -> None:
    assert [cookie["name"] for cookie in ana.context.cookies()] == ["praxis"]
