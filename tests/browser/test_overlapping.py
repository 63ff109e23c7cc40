"""No text is printed over other text, and the row with the way out covers no field and no number.

In the gate, `test_templates.py` checks every page for readers in windows of every width. It uses the language with the
longest words. `test_curator_pages.py` checks the pages for signed-in users in two widths. This module checks the pages
with wide tables in the other languages. There, tables and the text next to them have the least room. All other tests
are marked as long.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kb.i18n import LANGUAGES
from tests.browser.looking import in_language
from tests.browser.overlapping import OVERLAPS, overlapping
from tests.browser.pages import LONGEST, MORE, PAGES
from tests.browser.visitor import Visitor

# A small phone, and a laptop at 200 % zoom.
SMALL = [{"viewport": {"width": 320, "height": 640}}, {"viewport": {"width": 640, "height": 360}}]
WIDE_TABLES = ("profile of a country", "countries side by side", "countries")
TIGHT = (768, 1280)


def test_no_table_runs_over_what_stands_beside_it_in_any_language(visitor: Visitor) -> None:
    tables, codes = {name: PAGES[name] for name in WIDE_TABLES}, LANGUAGES.keys() - {LONGEST}
    pages = {name: address for code in sorted(codes) for name, address in in_language(code, tables).items()}
    assert overlapping(visitor, pages, TIGHT) == []


@pytest.mark.parametrize("visitor", SMALL, indirect=True, ids=["telephone", "enlarged"])
def test_the_way_out_stays_in_view_and_covers_nothing(visitor: Visitor) -> None:
    visitor.page.goto("/lt/ee/help")
    assert visitor.page.evaluate(OVERLAPS) == []
    before = visitor.page.locator("[data-leave]").bounding_box()
    visitor.page.mouse.wheel(0, 500)
    expect(visitor.page.get_by_role("heading", level=1)).not_to_be_in_viewport()
    after = visitor.page.locator("[data-leave]").bounding_box()
    assert before is not None
    assert after == before if visitor.page.evaluate("window.innerHeight > 416") else after != before


@pytest.mark.long
@pytest.mark.parametrize("code", LANGUAGES)
def test_no_text_lies_over_other_text_in_any_language_and_state(visitor: Visitor, code: str) -> None:
    assert overlapping(visitor, in_language(code, {**PAGES, **MORE})) == []
