from __future__ import annotations

from kb.kinds.page.model import PAGE
from kb.kinds.page.template import new_page
from kb.records.bundle import read_source
from kb.records.front_matter import splice


def test_nothing_is_wrong_with_a_new_page_but_what_is_missing() -> None:
    _, _, problems = read_source(PAGE, "about", new_page("about", "lt"))
    assert [(problem.code, problem.where) for problem in problems] == [
        ("missing-key", ("title",)),
        ("missing-key", ("summary",)),
    ]


def test_a_filled_in_page_is_a_draft() -> None:
    text = splice(new_page("about", "lt"), {"title": "Apie", "summary": "Trumpai."})
    bundle, _, problems = read_source(PAGE, "about", text)
    assert problems == ()
    assert bundle is not None
    assert (bundle.record.language, bundle.record.status) == ("lt", "draft")
