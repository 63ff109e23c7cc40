"""Checks every page for readers with axe, in a window of 320 pixels, and for overlapping text.

The gate uses one scheme for each page, and the language with the longest words. Long words break lines and tables
first.

`tests/promises/test_looked_at.py` checks that no page is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import pytest
from playwright.sync_api import Browser

from tests.browser.looking import NARROW, WIDE, Tab, in_language, part_of, what_is_wrong
from tests.browser.overlapping import WIDTHS
from tests.browser.pages import LONGEST, MORE, OTHERS, PAGES, PARTS, RETIRED, TURNS
from tests.browser.serving import Site
from tests.browser.visitor import Visitor


@pytest.fixture
def tabs(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[list[Tab]]:
    """Two tabs, for two processors."""
    made = [Tab(browser, site, **request.param), Tab(browser, site, **request.param)]
    yield made
    for tab in made:
        tab.leave()


def nobody_else_is_asked(tabs: list[Tab]) -> None:
    """Assert that there were no cookies, no requests to other hosts, and no violations of the site's policy."""
    own = (tabs[0].site.url, "data:")
    assert [tab.context.cookies() for tab in tabs] == [[], []]
    assert [url for tab in tabs for url in tab.asked if not url.startswith(own)] == []
    assert [error for tab in tabs for error in tab.errors if "responded with a status of 4" not in error] == []


@pytest.mark.parametrize(("part", "scheme"), TURNS)
@pytest.mark.parametrize("tabs", [WIDE], indirect=True, ids=["wide"])
def test_every_page_passes_axe_and_fits_a_phone(tabs: list[Tab], part: int, scheme: str) -> None:
    pages = in_language(LONGEST, part_of(PAGES, part, PARTS))
    assert what_is_wrong(tabs, pages, scheme, widths=WIDTHS) == []
    nobody_else_is_asked(tabs)


@pytest.mark.long
@pytest.mark.parametrize("tabs", [WIDE], indirect=True, ids=["wide"])
def test_pages_in_other_states_pass_axe_in_both_schemes_and_fit_a_phone(tabs: list[Tab]) -> None:
    assert what_is_wrong(tabs, in_language(LONGEST, MORE), "light", "dark") == []
    nobody_else_is_asked(tabs)


# Colours are the same in every language, and each scheme costs half as much again, so languages alternate schemes.
@pytest.mark.long
@pytest.mark.parametrize(("code", "scheme"), list(zip(OTHERS, cycle(["dark", "light"]))))
@pytest.mark.parametrize("tabs", [WIDE], indirect=True, ids=["wide"])
def test_every_page_passes_axe_and_fits_a_phone_in_the_other_languages(tabs: list[Tab], code: str, scheme: str) -> None:
    assert what_is_wrong(tabs, in_language(code, {**PAGES, **MORE}), scheme) == []
    nobody_else_is_asked(tabs)


@pytest.mark.long
@pytest.mark.parametrize("tabs", [{**NARROW, "forced_colors": "active"}], indirect=True, ids=["phone"])
def test_every_page_passes_axe_on_a_phone_in_colours_of_the_readers_own(tabs: list[Tab]) -> None:
    assert what_is_wrong(tabs, in_language("lt", {**PAGES, **MORE}), "light") == []


def test_the_retired_record_is_met_as_one_that_is_gone(visitor: Visitor) -> None:
    answer = visitor.page.goto(f"/lt/practices/{RETIRED}")
    assert answer is not None
    assert answer.status == 410
    assert visitor.page.locator("main [lang=en]").inner_text() == "The old night bus"
