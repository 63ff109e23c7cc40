"""Writing with script: saved while somebody types, shown while she writes, and never in the way of the plain form."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import CURATORS, Site, Visitor

ANA, BEN = CURATORS
RECORD = "lt-electronic-notification-assistance-centres"
ADDRESS = f"/en/editor/practices/{RECORD}/source"
SAVES = re.compile(r"/autosave$")


@pytest.fixture
def ana(browser: Browser, site: Site) -> Iterator[Visitor]:
    made = Visitor(browser, site, viewport={"width": 1280, "height": 900})
    made.sign_in(ANA)
    yield made
    made.context.close()


def what(page: Page) -> str:
    """Return the text of the section that says what it is."""
    return page.locator("#s-what").input_value()


def begin(visitor: Visitor, address: str = ADDRESS) -> Page:
    visitor.page.goto(address)
    expect(visitor.page.get_by_role("toolbar").first).to_be_visible()
    return visitor.page


def add(page: Page, text: str) -> None:
    page.locator("#s-what").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def test_a_crash_costs_at_most_ten_seconds_of_typing(browser: Browser, site: Site) -> None:
    crashing = Visitor(browser, site)
    crashing.sign_in(ANA)
    page = begin(crashing)
    began = time.monotonic()
    with page.expect_response(SAVES):
        while time.monotonic() - began < 12:  # without a pause of five seconds
            add(page, " kangaroo")
            page.wait_for_timeout(700)
            if page.evaluate("new URLSearchParams(location.search).has('draft')"):
                break
    assert time.monotonic() - began < 11
    add(page, " and this is lost")
    crashing.page.context.close()  # no event of leaving is told of
    again = Visitor(browser, site)
    again.sign_in(ANA)
    again.page.goto(ADDRESS)
    again.page.get_by_role("link", name="Open the draft").first.click()
    assert "kangaroo" in what(again.page)
    again.context.close()


def test_after_a_pause_it_is_saved_once_and_said_so_in_the_line_below_the_heading(ana: Visitor) -> None:
    page = begin(ana)
    add(page, " wallaby")
    expect(page.locator("[data-status]")).to_have_text("Unsaved changes")
    with page.expect_response(SAVES) as saved:
        pass
    assert saved.value.json()["state"] == "saved"
    expect(page.locator("[data-status]")).to_contain_text("Saved")
    assert "draft=" in page.url
    page.wait_for_timeout(6000)
    assert sum(bool(SAVES.search(address)) for address in ana.asked) == 1
    page.reload()
    assert what(page).endswith("wallaby")
    # The buttons go on from the same draft, without a word of another window.
    add(page, " twice")
    page.wait_for_timeout(5200)
    page.get_by_role("button", name="Save draft").first.click()
    expect(page.locator(".notice--good")).to_contain_text("The draft is saved")
    assert ana.errors == []


def test_a_page_that_is_left_is_saved(ana: Visitor) -> None:
    page = begin(ana)
    add(page, " bandicoot")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/en/desk")
    page.wait_for_timeout(500)
    page.goto(ADDRESS)
    page.get_by_role("link", name="Open the draft").first.click()
    assert "bandicoot" in what(page)


def test_without_an_answer_it_says_so_and_goes_on_trying(ana: Visitor) -> None:
    page = begin(ana)
    is_down = [True]

    def answer(route: Route) -> None:
        route.abort() if is_down[0] else route.continue_()

    page.route(SAVES, answer)
    add(page, " numbat")
    trouble = page.locator("[data-trouble]")
    expect(trouble).to_be_visible(timeout=8000)
    expect(trouble).to_contain_text("Not saved since")
    expect(trouble).to_contain_text("Nothing that you type is kept on this computer")
    assert ana.complaints() == []
    # The button does not put the browser's own page in the place of the text.
    page.get_by_role("button", name="Save draft").first.click()
    assert "numbat" in what(page)
    is_down[0] = False
    expect(trouble).to_be_hidden(timeout=45_000)
    expect(page.locator("[data-announce]")).to_have_text("Everything is saved again.")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_after_the_sign_in_has_ended_it_goes_on_with_the_new_one(ana: Visitor) -> None:
    page = begin(ana)
    ana.context.clear_cookies()
    add(page, " quoll")
    trouble = page.locator("[data-trouble]")
    expect(trouble).to_contain_text("Your sign-in has ended", timeout=8000)
    with page.context.expect_page() as opened:
        trouble.get_by_role("link", name="Sign in in a new tab").click()
    tab = opened.value
    tab.get_by_label("E-mail").fill(ANA)
    tab.get_by_label("Password").fill("correct horse battery staple")
    tab.locator("main").get_by_role("button", name="Sign in").click()
    expect(tab).not_to_have_url(re.compile(r"/sign-in"))
    tab.close()
    expect(trouble).to_be_hidden(timeout=45_000)
    page.get_by_role("button", name="Save draft").first.click()
    expect(page.locator(".notice--good")).to_contain_text("The draft is saved")
    assert "quoll" in what(page)


def test_somebody_elses_sign_in_gets_nothing_of_it(ana: Visitor) -> None:
    page = begin(ana)
    ana.context.clear_cookies()
    tab = ana.context.new_page()
    tab.goto("/en/sign-in")
    tab.get_by_label("E-mail").fill(BEN)
    tab.get_by_label("Password").fill("correct horse battery staple")
    tab.locator("main").get_by_role("button", name="Sign in").click()
    add(page, " dunnart")
    expect(page.locator("[data-trouble]")).to_contain_text("Somebody else has signed in", timeout=8000)
    tab.goto("/en/desk")
    assert RECORD not in tab.locator("main").inner_text()


def test_two_windows_never_write_over_each_other(ana: Visitor) -> None:
    first = begin(ana)
    with first.expect_response(SAVES):
        add(first, " possum")
    expect(first.locator("[data-status]")).to_contain_text("Saved")
    second = ana.context.new_page()
    second.goto(first.url)
    with second.expect_response(SAVES):
        add(second, " glider")
    expect(second.locator("[data-status]")).to_contain_text("Saved")
    with first.expect_response(SAVES) as answer:
        add(first, " cuscus")
    assert answer.value.json()["parted"]
    expect(first.locator("[data-trouble]")).to_contain_text("Another window has saved this draft")
    assert "cuscus" in what(first)


def test_who_else_is_here_is_said(ana: Visitor, browser: Browser, site: Site) -> None:
    begin(ana, f"/en/editor/practices/{RECORD}/it")
    ben = Visitor(browser, site)
    ben.sign_in(BEN)
    ben.page.goto(f"/en/editor/practices/{RECORD}/it")
    expect(ben.page.get_by_text("Someone else is editing this too")).to_be_visible()
    ben.context.close()


def test_the_toolbar_is_one_stop_of_the_keyboard_and_what_it_writes_can_be_taken_back(ana: Visitor) -> None:
    page = begin(ana)
    field = page.locator("#s-what")
    before = what(page)
    field.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("\n\nword")
    page.keyboard.press("Control+Shift+ArrowLeft")
    page.keyboard.press("Control+b")
    assert what(page).endswith("\n\n**word**")
    page.keyboard.press("Control+b")
    assert what(page).endswith("\n\nword")
    page.keyboard.press("Control+i")
    page.keyboard.press("Shift+Tab")
    expect(page.locator("[role=toolbar] :focus")).to_have_text("Bold")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[role=toolbar] :focus")).to_have_text("Italic")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[role=toolbar] :focus")).to_have_text("Insert a source")
    page.keyboard.press("Enter")
    expect(page.locator("[role=menuitem]:focus")).to_be_visible()
    assert ana.complaints() == []
    page.keyboard.press("Escape")
    expect(page.locator("[role=toolbar] :focus")).to_have_text("Insert a source")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert re.search(r"\*word\[\^[a-z0-9-]+\]\*$", what(page))
    for _ in range(12):
        page.keyboard.press("Control+z")
    assert what(page) == before


def test_the_preview_follows_what_is_typed(ana: Visitor) -> None:
    page = begin(ana)
    button = page.locator('button[value="preview:what"]')
    button.click()
    assert button.get_attribute("aria-expanded") == "true"
    region = page.locator("#s-what--preview")
    expect(region).to_be_visible()
    add(page, "\n\nSome **strong** words <script>alert(1)</script>")
    expect(region.locator("strong", has_text="strong")).to_be_visible()
    assert region.locator("script").count() == 0
    assert page.url.partition("?")[0].endswith("/source")
    assert ana.complaints() == []
    button.click()
    expect(region).to_be_hidden()
    assert ana.errors == []


def test_a_row_is_added_and_taken_out_without_leaving_the_page(ana: Visitor) -> None:
    page = begin(ana)
    add(page, " potoroo")
    page.evaluate("window.isStillHere = true")
    count = page.locator('[name^="f.sources."][name$=".id"]').count()
    page.locator('button[value="add:sources"]').click()
    expect(page.locator('[name^="f.sources."][name$=".id"]')).to_have_count(count + 1)
    expect(page.locator(f"#f-sources-{count} summary")).to_be_focused()
    assert page.evaluate("window.isStillHere")
    assert "potoroo" in what(page)
    expect(page.get_by_role("toolbar").first).to_be_visible()
    page.locator(f'button[value="remove:sources:{count}"]').click()
    expect(page.locator('[name^="f.sources."][name$=".id"]')).to_have_count(count)
    assert page.evaluate("window.isStillHere")
    assert ana.errors == []


@pytest.mark.parametrize("visitor", [{"viewport": {"width": 320, "height": 640}}], indirect=True, ids=["phone"])
def test_the_editor_with_script_fits_a_phone(visitor: Visitor) -> None:
    visitor.sign_in(ANA)
    page = begin(visitor)
    page.locator('button[value="preview:what"]').click()
    page.locator("[role=toolbar]").first.get_by_role("button", name="Insert a source").click()
    page.wait_for_timeout(300)
    assert not visitor.scrolls_sideways()
    assert visitor.complaints() == []


def test_readers_load_nothing_of_the_editor(visitor: Visitor) -> None:
    visitor.page.goto(f"/en/practices/{RECORD}")
    scripts = {address.rpartition("/")[2] for address in visitor.asked if address.endswith(".js")}
    assert scripts == {"site.js", "collect.js", "copy.js", "suggest.js", "values.js"}
