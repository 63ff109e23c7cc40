"""Open to everyone: every page in every language, by axe in both colour schemes, and on a window of 320 pixels.

Each page is loaded once. Two tabs of one browser take turns: while axe works in one, the next page comes into the
other.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.browser.conftest import AXE, RULES, Site, Visitor
from tests.browser.pages import CODES, PAGES

WIDE: ViewportSize = {"width": 1280, "height": 900}
NARROW: ViewportSize = {"width": 320, "height": 640}
# In the dark only colours differ. The scheme is what somebody's device asks for; the attribute overrides it.
BEGIN = """([rules, colours]) => {
  const look = async (scheme, runOnly) => {
    document.documentElement.dataset.scheme = scheme;
    const found = await axe.run(document, {runOnly, resultTypes: ["violations"]});
    return found.violations.flatMap(({id, nodes}) => nodes.map(({html}) => `${scheme}: ${id}: ${html.slice(0, 200)}`));
  };
  const dark = {type: "rule", values: colours};
  window.looking = (async () => [...await look("light", rules), ...await look("dark", dark)])();
}"""
COLOURS = ["color-contrast", "link-in-text-block"]


class Tab(Visitor):
    """A tab in which axe may still be at work."""

    def __init__(self, browser: Browser, site: Site) -> None:
        super().__init__(browser, site, viewport=WIDE, color_scheme="light")
        self.name = ""

    def begin(self, name: str, address: str) -> None:
        """Load a page and let axe begin."""
        self.name = name
        self.page.set_viewport_size(WIDE)
        self.page.goto(address)
        self.page.evaluate(AXE)
        self.page.evaluate(BEGIN, [RULES, COLOURS])

    def end(self) -> list[str]:
        """Return what axe found, and whether the page is too wide for a phone."""
        if not self.name:
            return []
        wrong: list[str] = self.page.evaluate("window.looking")
        self.page.set_viewport_size(NARROW)
        wrong += ["scrolls sideways"] if self.scrolls_sideways() else []
        wrong, self.name = [f"{self.name}: {each}" for each in wrong], ""
        return wrong


@pytest.fixture
def tabs(browser: Browser, site: Site) -> Iterator[list[Tab]]:
    """Two, as there are two processors."""
    made = [Tab(browser, site), Tab(browser, site)]
    yield made
    for tab in made:
        tab.context.close()


@pytest.mark.parametrize("code", CODES)
def test_every_page_passes_axe_in_both_schemes_and_fits_a_phone(tabs: list[Tab], code: str) -> None:
    wrong: list[str] = []
    for place, (name, address) in enumerate(PAGES.items()):
        tab = tabs[place % 2]
        wrong += tab.end()
        tab.begin(name, f"/{code}{address}")
    wrong += [each for tab in tabs for each in tab.end()]
    assert wrong == []
    _nobody_else_is_asked(tabs)


def _nobody_else_is_asked(tabs: list[Tab]) -> None:
    """No cookie, no other host, and the policy of the site forbids nothing that the site itself does."""
    own = (tabs[0].site.url, "data:")
    assert [tab.context.cookies() for tab in tabs] == [[], []]
    assert [url for tab in tabs for url in tab.asked if not url.startswith(own)] == []
    assert [error for tab in tabs for error in tab.errors if "server responded with a status of 4" not in error] == []


@pytest.mark.parametrize("visitor", [{"viewport": NARROW, "forced_colors": "active"}], indirect=True, ids=["forced"])
def test_every_page_passes_axe_and_fits_in_colours_of_the_readers_own(visitor: Visitor) -> None:
    wrong: list[str] = []
    for name, address in PAGES.items():
        visitor.page.goto(f"/en{address}")
        wrong += [f"{name}: {each}" for each in visitor.complaints() if not each.startswith("color-contrast")]
        wrong += [f"{name}: scrolls sideways"] if visitor.scrolls_sideways() else []
    assert wrong == []
