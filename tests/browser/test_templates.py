"""Open to everyone: every page in every language, by axe in both colour schemes, and in a window of 320 pixels.

Each page is loaded once. Two tabs of one browser take turns: axe works in one while the next page
comes into the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import AXE, RULES, Site, Visitor
from tests.browser.pages import MORE, PAGES, RETIRED, TRANSLATED

WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}
# What differs between the schemes. A device asks for one, which the attribute overrides.
COLOURS = ["color-contrast", "link-in-text-block"]
BEGIN = """([schemes, rules, colours]) => {
  const look = async (scheme, chosen) => {
    document.documentElement.dataset.scheme = scheme;
    const found = await axe.run(document, {...chosen, resultTypes: ["violations"]});
    return found.violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${scheme}: ${id}: ${html.slice(0, 200)}`));
  };
  const areOwn = matchMedia("(forced-colors: active)").matches; // there is nothing for axe to measure then
  const rest = Object.fromEntries(colours.map((id) => [id, {enabled: !areOwn}]));
  window.looking = (async () => {
    const found = await look(schemes[0], {runOnly: rules, rules: rest});
    const others = {runOnly: {type: "rule", values: colours}};
    for (const scheme of schemes.slice(1)) found.push(...await look(scheme, others));
    return found;
  })();
}"""
# Lines, letters and words as far apart as WCAG 1.4.12 asks; then what is cut off or stands outside the window.
CUT_OFF = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-block-end: 2em !important }
  `);
  document.adoptedStyleSheets = [sheet];
  const unseen = ".visually-hidden, .skip, .sprite, .scroll, thead, input, textarea, option";
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
    """A tab in which axe may still be at work."""

    def __init__(self, browser: Browser, site: Site, **options: Any) -> None:
        super().__init__(browser, site, **options)
        self.name, self.viewport = "", options["viewport"]
        self.status = 0

    def begin(self, name: str, address: str, schemes: tuple[str, ...]) -> None:
        """Load a page and let axe begin."""
        self.page.set_viewport_size(self.viewport)
        answer = self.page.goto(address)
        self.status = answer.status if answer is not None else 0
        self._begin(name, schemes)

    def look_at_it(self, name: str, *schemes: str) -> list[str]:
        """Return what is wrong with the page as it stands."""
        self._begin(name, schemes)
        wrong = self.end()
        self.name = ""
        self.page.set_viewport_size(self.viewport)
        return wrong

    def _begin(self, name: str, schemes: tuple[str, ...]) -> None:
        self.name = name
        self.page.evaluate(AXE)
        self.page.evaluate(BEGIN, [schemes, RULES, COLOURS])

    def end(self, status: int | None = None) -> list[str]:
        """Return what axe found, and what does not fit a phone, where text stands further apart too.

        With a status every page has to have it.
        """
        if not self.name:
            return []
        wrong: list[str] = self.page.evaluate("window.looking")
        wrong += [f"answers {self.status}"] if status not in (None, self.status) else []
        self.page.set_viewport_size(NARROW["viewport"])
        wrong += ["scrolls sideways"] if self.scrolls_sideways() else []
        wrong += self.page.evaluate(CUT_OFF)
        wrong += ["scrolls sideways where letters stand apart"] if self.scrolls_sideways() else []
        return [f"{self.name}: {each}" for each in wrong]


@pytest.fixture
def tabs(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[list[Tab]]:
    """Two, as there are two processors."""
    made = [Tab(browser, site, **request.param), Tab(browser, site, **request.param)]
    yield made
    for tab in made:
        tab.context.close()


def what_is_wrong(tabs: list[Tab], addresses: dict[str, str], *schemes: str, status: int | None = None) -> list[str]:
    """Walk through pages; what axe finds in the first scheme, and of colours in the others."""
    wrong: list[str] = []
    for place, (name, address) in enumerate(addresses.items()):
        tab = tabs[place % 2]
        wrong += tab.end(status)
        tab.begin(name, address, schemes)
    return wrong + [each for tab in tabs for each in tab.end(status)]


def in_language(code: str, pages: dict[str, str]) -> dict[str, str]:
    """Return where pages are in a language."""
    return {f"{name} ({code})": f"/{code}{address}" for name, address in pages.items()}


def nobody_else_is_asked(tabs: list[Tab]) -> None:
    """No cookie, no other host, and nothing that the policy of the site forbids."""
    own = (tabs[0].site.url, "data:")
    assert [tab.context.cookies() for tab in tabs] == [[], []]
    assert [url for tab in tabs for url in tab.asked if not url.startswith(own)] == []
    assert [error for tab in tabs for error in tab.errors if "responded with a status of 4" not in error] == []


@pytest.mark.parametrize("tabs", [WIDE], indirect=True, ids=["wide"])
def test_every_page_passes_axe_in_both_schemes_and_fits_a_phone(tabs: list[Tab]) -> None:
    assert what_is_wrong(tabs, in_language("en", {**PAGES, **MORE}), "light", "dark") == []
    nobody_else_is_asked(tabs)


# A colour is the same in every language, and each scheme would cost half as much again: they take turns.
@pytest.mark.parametrize(("code", "scheme"), list(zip(TRANSLATED, cycle(["dark", "light"]))))
@pytest.mark.parametrize("tabs", [WIDE], indirect=True, ids=["wide"])
def test_every_page_passes_axe_and_fits_a_phone_in_every_language(tabs: list[Tab], code: str, scheme: str) -> None:
    assert what_is_wrong(tabs, in_language(code, PAGES), scheme) == []
    nobody_else_is_asked(tabs)


@pytest.mark.parametrize("tabs", [{**NARROW, "forced_colors": "active"}], indirect=True, ids=["phone"])
def test_every_page_passes_axe_on_a_phone_in_colours_of_the_readers_own(tabs: list[Tab]) -> None:
    assert what_is_wrong(tabs, in_language("lt", {**PAGES, **MORE}), "light") == []


def test_the_retired_record_is_met_as_one_that_is_gone(visitor: Visitor) -> None:
    answer = visitor.page.goto(f"/lt/practices/{RETIRED}")
    assert answer is not None
    assert answer.status == 410
    assert visitor.page.locator("main [lang=en]").inner_text() == "A practice that was retired"
