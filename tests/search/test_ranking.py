"""Every count is the number of results after the click."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from kb.search.document import FACET_NAMES, IndexDocument
from kb.search.engine import SearchEngine
from kb.search.query import SearchQuery
from tests.search.conftest import EngineOf
from tests.search.finding import ids
from tests.search.samples import a_record


@pytest.fixture
def engine(engine_of: EngineOf) -> SearchEngine:
    kinds, countries = ("practices", "tools"), ((), ("PT",), ("RO",), ("PT", "RO"), ("EU",))
    areas = ((), ("referral",), ("opt-in-referral",), ("risk-assessment", "opt-in-referral"))
    evidence = ("ev-1-described", "ev-2-monitored")
    documents: list[IndexDocument] = []
    for number, (kind, country, area) in enumerate(product(kinds, countries, areas)):
        facets = {"kind": (kind,), "country": country, "area": area, "evidence": (evidence[number % 3 % 2],)}
        titles = {"en": "stone" if number % 2 else "wall", "it": "pietra" if number % 5 else "stone"}
        documents += a_record(f"r{number}", titles, kind=kind, facets=facets)
    return engine_of(documents)


TEXTS = ("", "stone", "pietra", "referral", "Portugal", "stone pietra", "stone wall referral")


@pytest.mark.parametrize("text", TEXTS)
def test_of_every_single_value(engine: SearchEngine, text: str) -> None:
    results = engine.find(SearchQuery(text))
    assert all(facet.values for facet in results.facets)
    for facet in results.facets:
        for value in facet.values:
            clicked = engine.find(SearchQuery(text, facets={facet.name: (value.id,)}))
            assert clicked.total == value.count > 0


@pytest.mark.parametrize("text", TEXTS)
def test_of_every_value_under_every_other(engine: SearchEngine, text: str) -> None:
    for facet in engine.find(SearchQuery(text)).facets:
        for value in facet.values:
            check(engine, SearchQuery(text, facets={facet.name: (value.id,)}))


def test_of_every_value_under_pairs(engine: SearchEngine) -> None:
    values = [(facet.name, value.id) for facet in engine.find(SearchQuery()).facets for value in facet.values]
    for one, other in combinations(values, 2):
        check(engine, SearchQuery().with_(*one).with_(*other))


def check(engine: SearchEngine, query: SearchQuery) -> None:
    results = engine.find(query)
    for facet in results.facets:
        others = {name: values for name, values in query.facets.items() if name != facet.name}
        for value in facet.values:
            clicked = engine.find(SearchQuery(query.text, facets={**others, facet.name: (value.id,)}))
            assert clicked.total == value.count, (query, facet.name, value)
            assert value.selected == query.is_selected(facet.name, value.id)


def test_values_of_one_facet_are_alternatives(engine: SearchEngine) -> None:
    def total(*countries: str) -> int:
        return engine.find(SearchQuery(facets={"country": countries})).total

    assert total("PT", "EU") == total("PT") + total("EU")
    assert max(total("PT"), total("RO")) < total("PT", "RO") < total("PT") + total("RO")


def test_a_wider_area_holds_the_narrower(engine: SearchEngine) -> None:
    wide, narrow = (
        engine.find(SearchQuery(facets={"area": (area,)}, per_page=100)) for area in ("referral", "opt-in-referral")
    )
    assert set(ids(narrow)) < set(ids(wide))
    assert wide.total == 30


def test_a_selected_value_is_shown_even_with_nothing_in_it(engine: SearchEngine) -> None:
    results = engine.find(SearchQuery("stone", facets={"country": ("LT",)}))
    assert results.total == 0
    assert not results.partial
    assert [(value.id, value.count) for value in results.facet("country").values if value.selected] == [("LT", 0)]


def test_facets_come_in_one_order_with_most_first(engine: SearchEngine) -> None:
    facets = engine.find(SearchQuery()).facets
    assert tuple(facet.name for facet in facets) == FACET_NAMES
    for facet in facets:
        counts = [value.count for value in facet.values]
        assert counts == sorted(counts, reverse=True)
