"""Names of kinds of records on pages."""

from __future__ import annotations

from flask import Flask

from kb.kinds.registry import KINDS
from kb.web.labels.kinds import filter_name, kind_name, singular_name, suggestions_name


def test_every_kind_has_a_name_and_an_unknown_one_keeps_its_own(app: Flask) -> None:
    with app.test_request_context("/en/"):
        assert all(kind_name(kind.name) != kind.name for kind in KINDS)
        assert (kind_name("unheard"), filter_name("unheard"), singular_name("unheard")) == ("unheard", "unheard", "")


def test_a_kind_has_its_own_words_in_lists_filters_and_suggestions(app: Flask) -> None:
    with app.test_request_context("/en/"):
        assert singular_name("adaptations") == "Tool adapted to a country"
        assert filter_name("exercises") == "Workshop exercises"
        assert suggestions_name("adaptations") == "Tools adapted to a country"
        assert suggestions_name("themes") == kind_name("themes") == "Themes"


def test_what_is_no_record_has_names_too(app: Flask) -> None:
    with app.test_request_context("/en/"):
        assert (filter_name("workshops"), singular_name("help")) == ("Workshops", "Numbers to call")


def test_every_kind_with_pages_has_its_endpoints(app: Flask) -> None:
    for kind in KINDS:
        assert (f"{kind.name}.show" in app.view_functions) == kind.has_pages
        if kind.page is not None and kind.page.has_index:
            assert f"{kind.name}.index" in app.view_functions
