"""Checks pages with axe, for overlapping text, and for content that does not fit a window of 320 pixels.

Each page is loaded once. Two tabs of one browser take turns: axe works in one tab while the other loads the next page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from playwright.sync_api import Browser

from tests.browser.overlapping import OVERLAPS, overlaps
from tests.browser.serving import Site
from tests.browser.visitor import AXE, COLOURS, LOOK, RULES, Visitor, give_axe

WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}
OWN_WIDTHS = (WIDE["viewport"]["width"], NARROW["viewport"]["width"])
# Axe runs in the background while Python requests the next page.
BEGIN = f"asked => {{ window.looking = ({LOOK})(asked); }}"
# Apply the text spacing of WCAG 1.4.12 to lines, letters and words; then return what is cut off or outside the window.
CUT_OFF = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-block-end: 2em !important }
  `);
  document.adoptedStyleSheets = [sheet];
  const unseen = ".visually-hidden, .found [data-collect-words], .skip, .sprite, .scroll, thead, input, textarea,"
    + "option";
  const isLeftOut = (each) => each.closest(`${unseen}, details:not([open]) > :not(summary)`);
  const isCut = (each) => {
    const {overflowX, overflowY} = getComputedStyle(each);
    const isTight = each.matches(".button, .chip, summary");
    const isTooWide = each.scrollWidth > each.clientWidth + 1 && (isTight || overflowX !== "visible");
    const isTooHigh = each.scrollHeight > each.clientHeight + 1 && (isTight || overflowY === "hidden");
    return each.clientWidth && (isTooWide || isTooHigh);
  };
  const isOutside = (each) => [...each.childNodes].some((node) => {
    if (node.nodeType !== Node.TEXT_NODE || !node.data.trim()) return false;
    const range = document.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].some(({left, right}) => left < -1 || right > innerWidth + 1);
  });
  return [...document.querySelectorAll("body *")]
    .filter((each) => !isLeftOut(each) && (isCut(each) || isOutside(each)))
    .map((each) => `cut off: ${each.outerHTML.slice(0, 120)}`);
}"""


class Tab(Visitor):
    """A tab in which axe may still be running."""

    def __init__(self, browser: Browser, site: Site, **options: Any) -> None:
        super().__init__(browser, site, **options)
        if self.is_new:
            self.context.add_init_script(AXE)  # half a megabyte, sent once
        self.name, self.viewport = "", options["viewport"]
        self.status = 0

    def begin(self, name: str, address: str, schemes: Sequence[str]) -> None:
        """Load a page and start axe."""
        self.page.set_viewport_size(self.viewport)
        answer = self.page.goto(address)
        self.status = answer.status if answer is not None else 0
        self._begin(name, schemes)

    def look_at_it(self, name: str, *schemes: str) -> list[str]:
        """Return the faults of the page in its current state."""
        self._begin(name, schemes)
        wrong = self.end()
        self.name = ""
        self.page.set_viewport_size(self.viewport)
        return wrong

    def _begin(self, name: str, schemes: Sequence[str]) -> None:
        self.name = name
        give_axe(self.page)
        self.page.evaluate(BEGIN, [list(schemes), RULES, COLOURS])

    def end(self, status: int | None = None, widths: Sequence[int] = ()) -> list[str]:
        """Return what axe found, and what does not fit a phone, with and without wider text spacing.

        Look for overlapping text in both windows, and in windows of these widths. If `status` is given, the page must
        have it.
        """
        if not self.name:
            return []
        wrong: list[str] = self.page.evaluate("window.looking")
        wrong += [f"answers {self.status}"] if status not in (None, self.status) else []
        wrong += [f"lies over: {each}" for each in self.page.evaluate(OVERLAPS)]
        wrong += overlaps(self.page, [each for each in widths if each not in OWN_WIDTHS])
        self.page.set_viewport_size(NARROW["viewport"])
        wrong += [f"lies over on a phone: {each}" for each in self.page.evaluate(OVERLAPS)]
        wrong += ["scrolls sideways"] if self.scrolls_sideways() else []
        wrong += self.page.evaluate(CUT_OFF)
        wrong += ["scrolls sideways where letters stand apart"] if self.scrolls_sideways() else []
        return [f"{self.name}: {each}" for each in wrong]


def what_is_wrong(
    tabs: Sequence[Tab],
    addresses: Mapping[str, str],
    *schemes: str,
    status: int | None = None,
    widths: Sequence[int] = (),
) -> list[str]:
    """Check pages: all rules of axe in the first scheme, only the colour rules in the others."""
    wrong: list[str] = []
    for place, (name, address) in enumerate(addresses.items()):
        tab = tabs[place % 2]
        wrong += tab.end(status, widths)
        tab.begin(name, address, schemes)
    return wrong + [each for tab in tabs for each in tab.end(status, widths)]


def part_of(pages: Mapping[str, str], number: int, of: int) -> dict[str, str]:
    """Return one of several parts of the pages, so that the processes of a run can share them."""
    return dict(list(pages.items())[number::of])


def in_language(code: str, pages: Mapping[str, str]) -> dict[str, str]:
    """Return the URLs of pages in a language."""
    return {f"{name} ({code})": f"/{code}{address}" for name, address in pages.items()}
