from __future__ import annotations

import pytest
from flask import Flask

from kb.search.query.parsed_query import RecognisedTerm
from kb.search.query.search_query import SearchQuery
from kb.search.results.results import Loosening, SearchResults
from kb.web.search.query_notes import (
    active_terms,
    disabled_terms,
    loosened_searches,
    nearby_searches,
    searched_text,
    suggested_search,
    suggestion_words,
)

QUERY = SearchQuery(text='Dutch risk "warm referral"', facets={"country": ("IT",)}, page=3)


def test_what_was_recognised_can_be_switched_off_and_on_again(app: Flask) -> None:
    query = SearchQuery(text="Dutch risk assessment", off=("risk-assessment",), page=2)
    results = SearchResults(
        recognised=(
            RecognisedTerm("NL", "Dutch", "country"),
            RecognisedTerm("risk-assessment", "risk assessment", "term", is_off=True),
        )
    )
    with app.test_request_context("/en/search"):
        (on,) = active_terms(query, results)
        (off,) = disabled_terms(query, results)
    assert on.label.words == "Netherlands"
    assert on.address == "/en/search?q=Dutch+risk+assessment&off=risk-assessment&off=NL"
    assert off.address == "/en/search?q=Dutch+risk+assessment"


@pytest.mark.parametrize(
    ("loosening", "words", "address"),
    [
        (
            Loosening(kind="facet", text="IT", count=4, facet="country", value="IT"),
            "Search without the filter “Italy”: 4 records",
            "/en/search?q=Dutch+risk+%22warm+referral%22",
        ),
        (
            Loosening(kind="word", text="risk", count=1, facet="", value=""),
            "Search without the word “risk”: 1 record",
            "/en/search?q=Dutch+%22warm+referral%22&country=IT",
        ),
        (
            Loosening(kind="phrase", text="warm referral", count=2, facet="", value=""),
            "Search for the words in “warm referral” separately: 2 records",
            "/en/search?q=Dutch+risk+warm+referral&country=IT",
        ),
    ],
)
def test_what_to_take_away_is_a_sentence_and_a_link(app: Flask, loosening: Loosening, words: str, address: str) -> None:
    with app.test_request_context("/en/search"):
        (way,) = loosened_searches(QUERY, SearchResults(loosenings=(loosening,)))
    assert (way.words, way.address) == (words, address)


def test_a_way_that_leads_nowhere_is_not_shown(app: Flask) -> None:
    results = SearchResults(loosenings=(Loosening(kind="word", text="elsewhere", count=9, facet="", value=""),))
    with app.test_request_context("/en/search"):
        assert loosened_searches(QUERY, results) == ()


def test_the_nearest_terms_lead_to_searches_for_their_names(app: Flask) -> None:
    with app.test_request_context("/it/search"):
        (way,) = nearby_searches(QUERY, SearchResults(near=("risk-assessment",)))
    assert way.words == "valutazione del rischio"
    assert way.address == "/it/search?q=valutazione+del+rischio"


def test_what_was_meant_is_asked_or_told(app: Flask) -> None:
    query = SearchQuery(text="stone terases")
    with app.test_request_context("/en/search"):
        asked = SearchResults(suggestion="stone terraces")
        told = SearchResults(suggestion="stone terraces", is_mended=True, unknown=("terases",))
        assert suggested_search(query, SearchResults()) is None
        way = suggested_search(query, asked)
        assert way is not None
        assert (way.words, way.address) == ("stone terraces", "/en/search?q=stone+terraces")
        assert suggestion_words(asked) == "Did you mean:"
        assert suggestion_words(told) == "No record contains “terases”. Showing results for:"
    assert searched_text(query, asked) == "stone terases"
    assert searched_text(query, told) == "stone terraces"
