"""A reader's own list: collected from page to page in one tab, never in the way, deleted when it should be."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from kb.i18n import LANGUAGES
from tests.browser.pages import BRIDGE, LAMP
from tests.browser.visitor import Visitor

COMPARED = f"/en/compare?ids={LAMP},{BRIDGE}"
SIGHTS = [
    pytest.param(
        {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
        id="desktop-light",
        marks=pytest.mark.long,
    ),
    pytest.param({"viewport": {"width": 320, "height": 640}, "color_scheme": "dark"}, id="phone-dark"),
]


@pytest.mark.parametrize("visitor", SIGHTS, indirect=True)
def test_a_page_with_the_bar_passes_axe_and_fits(visitor: Visitor) -> None:
    visitor.page.goto("/en/practices")
    visitor.page.locator("button[data-collect]").first.click()
    assert visitor.complaints() == []
    assert not visitor.scrolls_sideways()


@pytest.mark.parametrize("visitor", [{"viewport": {"width": 320, "height": 640}}], indirect=True)
def test_the_bar_covers_nothing_that_has_the_focus_and_nothing_covers_its_words(visitor: Visitor) -> None:
    page = visitor.page
    for code in LANGUAGES:
        page.goto(f"/{code}/practices")
        if code == next(iter(LANGUAGES)):
            page.locator("button[data-collect]").first.click()
        last = page.locator(".collected__row > :last-child").bounding_box()
        height = page.evaluate("document.querySelector('[data-collected]').offsetHeight")
        assert last is not None
        assert last["y"] + last["height"] <= page.evaluate("window.innerHeight")
        assert has_room_below(page, height)
    page.goto("/lt/suggest/practice")  # a page where users write
    assert page.locator("[data-collected]").is_visible()
    assert page.locator("[data-collected]").evaluate("bar => getComputedStyle(bar).position") == "static"


def has_room_below(page: Page, height: int) -> bool:
    """Wait until focused elements scroll to above a bar; the site's policy forbids Playwright's own way of waiting."""
    for _each in range(100):
        if page.evaluate("parseFloat(getComputedStyle(document.documentElement).scrollPaddingBottom)") > height:
            return True
        page.wait_for_timeout(50)
    return False


def test_a_list_goes_from_page_to_page_and_from_language_to_language(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/practices")
    expect(page.locator("[data-collected]")).to_be_hidden()
    page.locator(f"button[data-collect={LAMP}]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-collected-status]")).to_contain_text("Practices in the list: 1")
    page.goto(f"/it/practices/{BRIDGE}")
    page.locator(f"button[data-collect={BRIDGE}]").click()
    page.locator("[data-collected-open]").click()
    assert page.url.endswith(f"/it/list?ids={LAMP},{BRIDGE}")
    page.go_back()
    page.locator("[data-collected-compare]").click()
    assert page.url.endswith(f"/it/compare?ids={LAMP},{BRIDGE}")
    assert visitor.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 1]


def test_your_list_leads_to_what_was_collected(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/list")
    expect(page.get_by_text("This list is empty.")).to_be_visible()
    expect(page.locator("[data-collected-here]")).to_be_hidden()
    page.goto(f"/en/practices/{LAMP}")
    page.locator("button[data-collect]").first.click()
    page.get_by_role("link", name="Your list", exact=True).click()
    assert page.url.endswith(f"/en/list?ids={LAMP}")
    page.goto("/en/list")  # by its URL without parameters
    expect(page.get_by_text("This list is empty.")).to_be_hidden()
    expect(page.locator("[data-collected-here]")).to_contain_text("In your list: 1")
    assert visitor.complaints() == []
    page.locator("[data-collected-here]").get_by_role("link", name="Open list").click()
    assert page.url.endswith(f"/en/list?ids={LAMP}")


def test_notes_that_were_written_stay_with_what_is_collected_later(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(f"/en/practices/{LAMP}")
    page.locator("button[data-collect]").first.click()
    page.locator("[data-collected-open]").click()
    page.get_by_role("link", name="Edit this list").click()
    page.get_by_role("textbox", name="Note").fill("Ask the police, first")
    page.get_by_role("button", name="Show the list").first.click()
    expect(page.get_by_text("Ask the police, first")).to_be_visible()
    page.goto(f"/en/practices/{BRIDGE}")
    page.locator("button[data-collect]").first.click()
    page.locator("[data-collected-open]").click()
    expect(page.get_by_text("Ask the police, first")).to_be_visible()
    assert f"ids={LAMP},{BRIDGE}" in page.url


def test_somebody_elses_list_does_not_replace_what_was_collected(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(f"/en/practices/{LAMP}")
    page.locator("button[data-collect]").first.click()
    page.goto(f"/en/list/edit?ids={BRIDGE}")
    page.get_by_role("button", name="Show the list").first.click()
    expect(page.locator("[data-collected-count]")).to_have_text("In your list: 1")
    assert page.locator("[data-collected-open]").get_attribute("href") == f"{visitor.site.url}/en/list?ids={LAMP}"


def test_a_list_can_be_emptied_and_is_gone_when_the_site_is_left(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(f"/en/practices/{LAMP}")
    page.locator("button[data-collect]").first.click()
    page.locator("[data-collected-empty]").click()
    expect(page.locator("[data-collected]")).to_be_hidden()
    expect(page.locator("#site--main")).to_be_focused()
    expect(page.locator("button[data-collect]").first).to_contain_text("Add to list")
    page.locator("button[data-collect]").first.click()
    page.route("**/*", lambda route: route.continue_() if visitor.site.url in route.request.url else route.abort())
    with page.expect_event("requestfailed", lambda request: request.is_navigation_request()):
        page.locator("[data-leave]").click(no_wait_after=True)
    page.wait_for_url("chrome-error://**")  # the request is aborted, so the browser shows its own error page
    page.goto("/en/")
    assert page.evaluate("sessionStorage.length") == 0


def test_nothing_moves_for_whoever_collects_nothing(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/practices")
    shift = page.evaluate(
        "() => new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().length))"
        '.observe({type: "layout-shift", buffered: true}) ?? setTimeout(() => done(0), 500))'
    )
    assert shift == 0


@pytest.mark.parametrize("visitor", [{"java_script_enabled": False}], indirect=True, ids=["without-script"])
def test_without_script_a_list_is_made_by_links_and_a_form(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/en/practices")
    page.locator(f"a[data-collect={LAMP}]").click()
    page.get_by_role("link", name="Edit this list").click()
    page.get_by_label("Keywords, title or ID").fill(BRIDGE)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("button", name="Move up").click()
    page.get_by_role("textbox", name="Title", exact=True).fill("Two pathways")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Two pathways")
    assert f"ids={BRIDGE},{LAMP}" in page.url
    expect(page.locator("[data-collected]")).to_be_hidden()


def test_a_comparison_is_printed_on_paper_that_lies_on_its_side(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(COMPARED)
    wide = page.pdf(prefer_css_page_size=True)
    page.goto("/en/practices")
    upright = page.pdf(prefer_css_page_size=True)
    assert b"/MediaBox [0 0 841" in wide
    assert b"/MediaBox [0 0 841" not in upright
