"""No text is printed over other text, and no way out over a field or a number.

In the gate: every page of readers in English, and of those who sign in, by `looking.py` at two widths; here every page
in the language with the longest words, and the pages with wide tables in all languages. Everything else is long.
"""

from __future__ import annotations

import pytest

from kb.i18n import LANGUAGES
from tests.browser.looking import in_language
from tests.browser.overlapping import OVERLAPS, overlapping
from tests.browser.pages import MORE, PAGES
from tests.browser.visitor import Visitor

LONGEST = "lt"
# A small telephone, and a laptop at 200 %.
SMALL = [{"viewport": {"width": 320, "height": 640}}, {"viewport": {"width": 640, "height": 360}}]
WIDE_TABLES = ("profile of a country", "countries side by side", "countries")


def test_no_text_lies_over_other_text(visitor: Visitor) -> None:
    assert overlapping(visitor, in_language(LONGEST, PAGES)) == []


def test_no_table_runs_over_what_stands_beside_it_in_any_language(visitor: Visitor) -> None:
    tables = {name: PAGES[name] for name in WIDE_TABLES}
    assert overlapping(visitor, {name: a for code in LANGUAGES for name, a in in_language(code, tables).items()}) == []


@pytest.mark.parametrize("visitor", SMALL, indirect=True, ids=["telephone", "enlarged"])
def test_the_way_out_has_nothing_beside_it_and_covers_nothing_at_the_end(visitor: Visitor) -> None:
    visitor.page.goto("/lt/help/ee")
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
