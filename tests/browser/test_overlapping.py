"""No text is printed over other text, and the leave button covers no field and no number.

In the gate, `test_templates.py` checks every page for readers in windows of every width. It uses the language with the
longest words. `test_curator_pages.py` checks the pages for signed-in users in two widths. This module checks the pages
with wide tables in the other languages. There, tables and the text next to them have the least room. All other tests
are marked as long.
"""

from __future__ import annotations

import pytest

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
def test_the_way_out_has_nothing_beside_it_and_covers_nothing_at_the_end(visitor: Visitor) -> None:
    visitor.page.goto("/lt/ee/help")
    out = visitor.page.locator("[data-leave]").bounding_box()
    size = visitor.page.viewport_size
    assert out is not None
    assert size is not None
    assert (out["x"], out["width"], out["y"] + out["height"]) == (0, size["width"], size["height"])
    assert visitor.page.evaluate(OVERLAPS) == []


@pytest.mark.long
@pytest.mark.parametrize("code", LANGUAGES)
def test_no_text_lies_over_other_text_in_any_language_and_state(visitor: Visitor, code: str) -> None:
    assert overlapping(visitor, in_language(code, {**PAGES, **MORE})) == []
