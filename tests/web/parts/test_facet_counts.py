from __future__ import annotations

import pytest
from flask import Flask

from kb.search.query.search_query import SearchQuery
from kb.web.http.rendering import generation, store
from kb.web.parts.facet_counts import strength, tally

FACETS = ("area", "law", "group", "crime", "actor", "stage", "document", "evidence", "direction", "transferability")


@pytest.mark.parametrize("facet", FACETS)
def test_the_numbers_are_those_of_the_search(app: Flask, facet: str) -> None:
    with app.test_request_context("/en/"):
        view = generation().search
        assert view is not None
        practices = SearchQuery(per_page=1, facets={"kind": ("practices",)})
        counted = {value.id: value.count for value in view.find(practices).facet(facet).values}
        assert counted == {value: tally().count(facet, value) for value in counted}
        assert all(
            tally().count(facet, term.id) == 0 for term in store().vocabularies.terms() if term.id not in counted
        )


def test_what_is_known_of_several_is_the_strongest_and_the_best_finding(app: Flask) -> None:
    with app.test_request_context("/en/"):
        found = strength("area", "referral")
        assert (found.count, found.address) == (2, "/en/search?kind=practices&area=referral")
        assert found.strongest is not None
        nothing = strength("area", "secure-email")
        assert (nothing.count, nothing.strongest, nothing.best, nothing.harmful) == (0, None, None, 0)


def test_harm_is_counted_and_is_no_best_effect(app: Flask) -> None:
    with app.test_request_context("/en/"):
        found = strength("area", "letter-of-rights")
        assert (found.count, found.best, found.harmful) == (1, None, 1)


def test_a_new_generation_is_counted_anew(app: Flask) -> None:
    with app.test_request_context("/en/"):
        assert tally() is tally()
        app.extensions["tally"] = ("another", tally())
        first = app.extensions["tally"][1]
        assert tally() is not first
