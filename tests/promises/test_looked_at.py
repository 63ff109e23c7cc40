"""The browser tests cover every page, with axe and at the size of a phone.

`tests/browser/test_templates.py` covers pages for readers, `tests/browser/test_curator_pages.py` those for signed-in
users. Every run of the gate tests both in one language and one colour scheme. Other schemes and languages are marked
as long.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask

from tests.browser.pages import CURATORS, PAGES, PARTS, TURNS
from tests.promises.test_permissions import EVERYONE, audience
from tests.promises.test_routes import readable

# Public pages that exist only after an action, with the test that checks them.
ELSEWHERE = {
    "gallery.index": "nobody: it is absent from a site in use, and shows what other pages are made of",
    "second_step.code": "tests/browser/test_curator_pages.py",
    "suggest.track": "tests/browser/test_curator_pages.py",
    "confirming.show": "tests/browser/test_curator_pages.py",
    "workshops.show": "tests/browser/test_curator_pages.py",
    "workshops.item": "tests/browser/test_curator_pages.py",
    "workshop_papers.index": "tests/browser/test_curator_pages.py",
    "workshop_feedback.show": "tests/browser/test_curator_pages.py",
    "workshop_feedback.thanks": "tests/browser/test_curator_pages.py",
    "embedding.workshop": "tests/browser/test_frames.py",
    "workshop_slides.show": "tests/browser/test_workshop_slides.py",
}

# The tests that visit all of `tests/browser/pages.py`.
WALKS = {
    "tests/browser/test_templates.py": "test_every_page_passes_axe_and_fits_a_phone",
    "tests/browser/test_curator_pages.py": "test_every_page_of_curators_passes_axe_and_fits_a_phone",
}
ROOT = Path(__file__).parents[2]


def looked_at(app: Flask, addresses: Iterable[str]) -> set[str]:
    """Return the endpoints of addresses without a language; a number replaces each placeholder in braces."""
    known = app.url_map.bind("localhost")
    number: Mapping[str, str] = defaultdict(lambda: "1")
    return {known.match(urlsplit(f"/en{each.format_map(number)}").path)[0] for each in addresses}


def test_every_page_of_readers_is_looked_at(app: Flask) -> None:
    public = {endpoint for endpoint, _values in readable(app) if audience(endpoint) == EVERYONE}
    assert public - ELSEWHERE.keys() - looked_at(app, PAGES.values()) == set()
    assert ELSEWHERE.keys() <= public


def test_every_page_of_people_who_sign_in_is_looked_at(app: Flask) -> None:
    theirs = {endpoint for endpoint, _values in readable(app) if audience(endpoint) != EVERYONE}
    assert theirs == looked_at(app, CURATORS.values())


def test_the_walks_through_all_pages_are_in_the_gate() -> None:
    assert {each.values[0] for each in TURNS if not each.marks} == {*range(PARTS)}
    for path, name in WALKS.items():
        module = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        (walk,) = [each for each in module.body if isinstance(each, ast.FunctionDef) and each.name == name]
        assert "pytest.mark.long" not in [ast.unparse(each) for each in walk.decorator_list]
