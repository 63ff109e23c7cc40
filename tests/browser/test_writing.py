"""The editor with script: autosave and preview while the user types, without breaking the plain form."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.serving import ANA, BEN, PASSWORD, Site
from tests.browser.visitor import Visitor

RECORD = "open-ledger"
ADDRESS = f"/en/editor/practices/{RECORD}/source"
SAVES = re.compile(r"/autosave$")
# Seconds: after the last change, after the first unsaved change, and the longest time between two attempts.
PAUSE, LONGEST, RETRY = 5, 10, 30


@pytest.fixture
def ana(browser: Browser, site: Site) -> Iterator[Visitor]:
    made = Visitor(browser, site, viewport={"width": 1280, "height": 900})
    made.sign_in(ANA)
    yield made
    made.leave()


@pytest.fixture
def timed(browser: Browser, site: Site) -> Iterator[Visitor]:
    """Ana with a clock that tests can advance. It cannot go back, so no other test may reuse her profile."""
    made = Visitor(browser, site, viewport={"width": 1280, "height": 900})
    made.sign_in(ANA)
    made.context.clock.install()
    yield made
    made.context.close()


def pass_by(page: Page, seconds: float) -> None:
    """Advance the clock of the page."""
    page.clock.fast_forward(int(seconds * 1000))


def save(page: Page) -> dict[str, object]:
    """Advance the clock by the pause before an autosave; return the response."""
    with page.expect_response(SAVES) as saved:
        pass_by(page, PAUSE)
    answer: dict[str, object] = saved.value.json()
    return answer


def what(page: Page) -> str:
    """Return the text of the section "what"."""
    return page.locator("#s-what").input_value()


def begin(visitor: Visitor, address: str = ADDRESS) -> Page:
    visitor.page.goto(address)
    expect(visitor.page.get_by_role("toolbar").first).to_be_visible()
    return visitor.page


def add(page: Page, text: str) -> None:
    page.locator("#s-what").focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def test_a_crash_costs_at_most_ten_seconds_of_typing(timed: Visitor, ana: Visitor) -> None:
    page = begin(timed)
    began = page.evaluate("Date.now()")
    with page.expect_response(SAVES):
        while not any(SAVES.search(address) for address in timed.asked):
            assert page.evaluate("Date.now()") - began < (LONGEST + 1) * 1000
            add(page, " kangaroo")
            pass_by(page, 0.7)  # never a pause of five seconds
    add(page, " and this is lost")
    timed.context.close()  # the page gets no event that it is closed
    ana.page.goto(ADDRESS)
    ana.page.get_by_role("link", name="Open the draft").first.click()
    assert "kangaroo" in what(ana.page)


def test_after_a_pause_it_is_saved_once_and_said_so_in_the_line_below_the_heading(timed: Visitor) -> None:
    page = begin(timed)
    add(page, " wallaby")
    expect(page.locator("[data-status]")).to_have_text("Unsaved changes")
    assert save(page)["state"] == "saved"
    expect(page.locator("[data-status]")).to_contain_text("Saved")
    assert "draft=" in page.url
    pass_by(page, PAUSE + 1)
    page.reload()
    assert sum(bool(SAVES.search(address)) for address in timed.asked) == 1
    assert what(page).endswith("wallaby")
    # The buttons continue with the same draft, without a warning about another window.
    add(page, " twice")
    save(page)
    page.get_by_role("button", name="Save draft").first.click()
    expect(page.locator("[data-announce]")).to_contain_text("Draft saved. Only you can see it.")
    assert timed.errors == []


def test_a_page_that_is_left_is_saved(ana: Visitor) -> None:
    page = begin(ana)
    add(page, " bandicoot")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/en/desk")
    page.wait_for_timeout(500)
    page.goto(ADDRESS)
    page.get_by_role("link", name="Open the draft").first.click()
    assert "bandicoot" in what(page)


def test_without_an_answer_it_says_so_and_goes_on_trying(timed: Visitor) -> None:
    page = begin(timed)
    is_down = [True]

    def answer(route: Route) -> None:
        route.abort() if is_down[0] else route.continue_()

    page.route(SAVES, answer)
    add(page, " numbat")
    pass_by(page, PAUSE)
    trouble = page.locator("[data-trouble]")
    expect(trouble).to_be_visible()
    expect(trouble).to_contain_text("Not saved since")
    expect(trouble).to_contain_text("Your text is not stored on this computer.")
    assert timed.complaints() == []
    # The button does not replace the text by the browser's error page.
    page.get_by_role("button", name="Save draft").first.click()
    assert "numbat" in what(page)
    is_down[0] = False
    pass_by(page, RETRY)
    expect(trouble).to_be_hidden()
    expect(page.locator("[data-announce]")).to_have_text("Saving works again. All changes are saved.")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_after_the_sign_in_has_ended_it_goes_on_with_the_new_one(timed: Visitor) -> None:
    page = begin(timed)
    timed.context.clear_cookies()
    add(page, " quoll")
    pass_by(page, PAUSE)
    trouble = page.locator("[data-trouble]")
    expect(trouble).to_contain_text("You have been signed out.")
    with page.context.expect_page() as opened:
        trouble.get_by_role("link", name="Sign in (opens in a new tab)").click()
    tab = opened.value
    sign_in(tab, ANA)
    expect(tab).not_to_have_url(re.compile(r"/sign-in"))
    tab.close()
    pass_by(page, RETRY)
    expect(trouble).to_be_hidden()
    page.get_by_role("button", name="Save draft").first.click()
    expect(page.locator("[data-announce]")).to_contain_text("Draft saved. Only you can see it.")
    assert "quoll" in what(page)


def sign_in(tab: Page, email: str) -> None:
    """Sign in with the form that is open in a tab."""
    tab.get_by_label("Email").fill(email)
    tab.get_by_label("Password").fill(PASSWORD)
    with tab.expect_navigation():
        tab.locator("main").get_by_role("button", name="Sign in").click()


def test_somebody_elses_sign_in_gets_nothing_of_it(timed: Visitor) -> None:
    page = begin(timed)
    timed.context.clear_cookies()
    tab = timed.context.new_page()
    tab.goto("/en/sign-in")
    sign_in(tab, BEN)
    add(page, " dunnart")
    pass_by(page, PAUSE)
    expect(page.locator("[data-trouble]")).to_contain_text("Someone else has signed in with this browser, so your text")
    tab.goto("/en/desk")
    assert RECORD not in tab.locator("main").inner_text()


def test_two_windows_never_write_over_each_other(timed: Visitor) -> None:
    first = begin(timed)
    add(first, " possum")
    save(first)
    expect(first.locator("[data-status]")).to_contain_text("Saved")
    second = timed.context.new_page()
    second.goto(first.url)
    add(second, " glider")
    save(second)
    expect(second.locator("[data-status]")).to_contain_text("Saved")
    add(first, " cuscus")
    assert save(first)["parted"]
    expect(first.locator("[data-trouble]")).to_contain_text("This draft was saved in another window.")
    assert "cuscus" in what(first)


def test_who_else_is_here_is_said(ana: Visitor, browser: Browser, site: Site) -> None:
    begin(ana, f"/en/editor/practices/{RECORD}/it")
    ben = Visitor(browser, site)
    ben.sign_in(BEN)
    ben.page.goto(f"/en/editor/practices/{RECORD}/it")
    expect(ben.page.get_by_text("Someone else is also editing this text")).to_be_visible()
    ben.leave()


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
    expect(page.locator("[role=menuitem]:focus")).to_have_text("Add a source")
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
    symbols = "[...document.querySelectorAll('use')].every((each) => document.querySelector(each.getAttribute('href')))"
    assert page.evaluate(symbols)
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
    expect(page.get_by_role("menuitem").first).to_be_visible()
    expect(page.locator("#s-what--preview p").first).to_be_visible()
    assert not visitor.scrolls_sideways()
    assert visitor.complaints() == []


def test_readers_load_nothing_of_the_editor(visitor: Visitor) -> None:
    visitor.page.goto(f"/en/practices/{RECORD}")
    scripts = {address.rpartition("/")[2] for address in visitor.asked if address.endswith(".js")}
    names = ("site", "collect", "copy", "filters", "folded", "leave", "making", "suggest", "tab_store", "values")
    assert scripts == {f"{name}.js" for name in names}


def test_a_long_name_stays_in_the_line_of_the_head(ana: Visitor) -> None:
    ana.page.set_viewport_size({"width": 1366, "height": 900})
    ana.page.goto("/en/desk")
    ana.page.locator(".menu__name").evaluate("name => { name.textContent = 'Tomas Vertėjas Ilgapavardis' }")
    menu, nav = (ana.page.locator(each).bounding_box() for each in (".menu--person", ".head .nav"))
    assert menu is not None
    assert nav is not None
    assert nav["y"] <= menu["y"] + menu["height"] / 2 <= nav["y"] + nav["height"]


def test_a_list_grows_and_saving_keeps_the_place(ana: Visitor) -> None:
    page = begin(ana)
    lines = page.locator("#f-victim_groups input")
    before = lines.count()
    for name in ("children", "older"):
        lines.last.fill(name)
    expect(lines).to_have_count(before + 2)
    page.locator("#f-keeper").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".actions")).to_contain_text("Saved now")
    expect(page.locator("#f-keeper")).to_be_focused()
    expect(page.locator("#f-keeper")).to_be_in_viewport()
    expect(page.locator("#f-victim_groups")).to_contain_text("children")
    assert ana.complaints() == []


def test_a_source_is_written_and_cited_without_leaving_the_text(ana: Visitor) -> None:
    page = begin(ana)
    field = page.locator("#s-what")
    toolbar = page.locator("[role=toolbar][aria-controls=s-what]")
    toolbar.get_by_role("button", name="Insert a source").click()
    page.get_by_role("menuitem", name="Add a source").click()
    dialog = page.locator("[data-source-dialog]")
    dialog.get_by_label("Address, DOI").fill("10.1000/stones")
    page.keyboard.press("Enter")
    expect(dialog.get_by_label("Address", exact=True)).to_have_value("https://doi.org/10.1000/stones")
    dialog.get_by_role("button", name="Add and cite").click()
    expect(dialog.locator("[data-told]")).to_have_text("Enter the title of the source.")
    dialog.get_by_label("Title", exact=True).fill("A study of stones")
    assert ana.complaints() == []
    dialog.get_by_role("button", name="Add and cite").click()
    expect(dialog).to_be_hidden()
    expect(field).to_have_value(re.compile(r"\[\^s\d\]"))
    expect(page.locator("#f-sources")).to_contain_text("A study of stones")
