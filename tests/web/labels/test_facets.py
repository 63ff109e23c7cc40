from __future__ import annotations

import pytest
from flask import Flask

from kb.search.query.search_query import SearchQuery
from kb.web.labels.facets import Label, feed_title, filters_in_words, label_of, recognised_label


@pytest.mark.parametrize(
    ("language", "facet", "value", "expected"),
    [
        ("lt", "country", "PT", Label("Portugalija")),
        ("it", "area", "warm-referral", Label("accompagnamento al servizio")),
        ("en", "evidence", "ev-3-evaluated", Label("evaluated")),
        ("en", "law", "vrd:8", Label("Victims' Rights Directive (VRD), Article 8")),
        ("en", "law", "no-such-law:8", Label("no-such-law:8")),
        ("en", "language", "pt", Label("Portuguese")),
        ("en", "translation", "pt:stale", Label("Portuguese: out of date")),
        ("en", "translation", "pt", Label("pt")),
        ("en", "translation", "pt:odd", Label("pt:odd")),
        ("en", "period", "before-2000", Label("before 2000")),
        ("en", "period", "x-y", Label("x-y")),
        ("en", "kind", "pages", Label("Pages of this site")),
        ("en", "kind", "odd", Label("odd")),
        ("en", "stage", "no-such-term", Label("no-such-term")),
    ],
)
def test_every_value_has_a_name(app: Flask, language: str, facet: str, value: str, expected: Label) -> None:
    with app.test_request_context(f"/{language}/search"):
        assert label_of(facet, value) == expected


def test_the_name_of_a_law_says_its_language_where_it_is_not_the_readers(app: Flask) -> None:
    with app.test_request_context("/lt/search"):
        assert label_of("law", "vrd").language == ""
        untranslated = label_of("law", "standing-framework-decision")
        assert untranslated.language in ("", "en")


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [("country", "NL", "Netherlands"), ("term", "risk-assessment", "risk assessment"), ("law", "vrd:22", "Article 22")],
)
def test_what_was_recognised_has_a_name(app: Flask, kind: str, value: str, expected: str) -> None:
    with app.test_request_context("/en/search"):
        assert recognised_label(kind, value).words.endswith(expected)


def test_a_feed_is_called_by_words_and_filters(app: Flask) -> None:
    with app.test_request_context("/en/search"):
        assert feed_title(SearchQuery()) == "Praxis"
        query = SearchQuery(text="bus", facets={"country": ("LT",), "evidence": ("ev-3-evaluated",)})
        assert feed_title(query) == "Praxis: bus · evaluated · Lithuania"
        assert [facet for facet, _value, _label in filters_in_words(query)] == ["evidence", "country"]
