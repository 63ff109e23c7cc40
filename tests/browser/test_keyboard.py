"""Using the site by keyboard only, from a search to a practice, a term, a list and a comparison; focus stays visible.

The list bar, the leave button, sticky headers and sticky columns never cover the focused element completely (WCAG
2.4.11). The focused element has an outline (WCAG 2.4.7).
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import FOUR, LAMP
from tests.browser.visitor import Visitor

SIGHTS = [
    pytest.param({"viewport": {"width": 1280, "height": 900}}, id="desktop", marks=pytest.mark.long),
    pytest.param({"viewport": {"width": 320, "height": 640}}, id="phone"),
]
# Return the fault of the focused element: it is completely hidden, or has no outline.
UNSEEN = """() => {
  const focused = document.activeElement;
  if (focused === document.body || focused.tagName === "MAIN") return "";
  if (!focused.matches(":focus")) return ""; // the button inside a date, which the browser marks itself
  const parts = [0.1, 0.3, 0.5, 0.7, 0.9];
  const points = [...focused.getClientRects()].flatMap(({left, right, top: first, bottom: last}) => {
    const top = Math.max(first, 0), bottom = Math.min(last, innerHeight); // what is in the window
    const heights = [top + 3, (top + bottom) / 2, bottom - 3];
    return parts.flatMap((part) => heights.map((y) => [left + part * (right - left), y]));
  });
  const isSeen = points.some(([x, y]) => {
    const there = document.elementFromPoint(x, y);
    return there && (focused.contains(there) || there.contains(focused) && there.matches("label, svg"));
  });
  const {outlineStyle, outlineWidth} = getComputedStyle(focused);
  const isMarked = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  return isSeen && isMarked ? "" : `${isSeen ? "no outline" : "hidden"}: ${focused.outerHTML.slice(0, 120)}`;
}"""

LOOK = f"selector => [({UNSEEN})(), document.activeElement.matches(selector)]"


class Keys:
    """A keyboard that records focused elements that were not visible."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.unseen: list[str] = []

    def reach(self, selector: str, *, key: str = "Tab", most: int = 400) -> None:
        """Press a key until an element that matches the selector has the focus."""
        for _each in range(most):
            self.page.keyboard.press(key)
            unseen, is_there = self.page.evaluate(LOOK, selector)
            self.unseen += [unseen] if unseen else []
            if is_there:
                return
        pytest.fail(f"{self.page.url}: no way to {selector}")

    def press(self, key: str, address: str = "") -> None:
        """Press a key; with an address, wait until the page has it."""
        self.page.keyboard.press(key)
        if address:
            self.page.wait_for_url(re.compile(address))
            self.page.wait_for_load_state("load")


@pytest.mark.parametrize("visitor", SIGHTS, indirect=True)
def test_somebody_searches_reads_collects_and_compares_by_keyboard(visitor: Visitor) -> None:
    page, keys = visitor.page, Keys(visitor.page)
    page.goto("/en/")
    keys.reach("main [name=q]")
    page.keyboard.type("risk assessment")
    keys.press("Enter", r"/search\?q=risk")
    if page.locator("#search--filters > summary").is_visible():  # a sheet on a phone
        keys.reach("#search--filters > summary")
        keys.press("Enter")
    keys.reach("#facet--country > summary")
    keys.press("Enter")
    keys.reach("input[name=country][value=PT]")
    keys.press("Space", "country=PT")
    keys.reach("form[data-facets] button")
    if page.locator("#search--filters > summary").is_visible():
        keys.press("Enter")
    else:
        with page.expect_navigation():  # to the same address
            keys.press("Enter")
    keys.reach("main ol .hit__title a")
    keys.press("Enter", f"/practices/{LAMP}$")
    if not page.locator("main .term").first.is_visible():  # the parts of a practice are closed on a phone
        keys.reach("main details:has(.term) > summary")
        keys.press("Enter")
    keys.reach("main .term")
    expect(page.locator(".explained:focus-within [role=tooltip]")).to_be_visible()
    keys.press("Enter", "/terms/")
    expect(page.get_by_role("heading", level=1)).to_have_text("risk assessment")
    page.go_back()
    keys.reach(
        "main button[data-collect]",
        key="Shift+Tab" if page.evaluate("document.activeElement.matches('.term')") else "Tab",
    )
    keys.press("Enter")
    expect(page.locator("[data-collected-status]")).to_contain_text("Practices in the list: 1")
    keys.reach("[aria-labelledby='h--related'] a")
    keys.press("Enter", rf"/practices/(?!{LAMP})")
    keys.reach("main button[data-collect]")
    keys.press("Enter")
    keys.reach("[data-collected-open]")
    keys.press("Enter", rf"/list\?ids={LAMP},")
    keys.reach("main a[href*='/compare?ids=']")
    keys.press("Enter", rf"/compare\?ids={LAMP},")
    expect(page.get_by_role("heading", level=1)).to_have_text("2 practices compared")
    page.go_back()
    expect(page).to_have_url(re.compile(rf"/list\?ids={LAMP},"))
    assert keys.unseen == []
    assert visitor.errors == []


@pytest.mark.parametrize("visitor", SIGHTS, indirect=True)
@pytest.mark.parametrize(
    "address",
    [
        f"/en/compare?ids={FOUR}",
        "/en/search?q=assessment",
        *(pytest.param(f"/en/{each}", marks=pytest.mark.long) for each in ("gaps", "countries", "terms", "help/ee")),
    ],
)
def test_the_focus_is_seen_on_the_way_through_a_page_and_back(visitor: Visitor, address: str) -> None:
    page, keys = visitor.page, Keys(visitor.page)
    page.goto("/en/practices")
    page.locator("button[data-collect]").first.click()
    page.goto(address)
    keys.reach("[data-collected-open]")
    keys.reach(".skip", key="Shift+Tab")
    assert keys.unseen == []
