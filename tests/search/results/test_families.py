"""Of the versions of one text for several countries, a search can show one: results and facets count families."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from kb.search.engine import SearchEngine
from kb.search.index.index_document import IndexDocument
from kb.search.query.search_query import SearchQuery
from kb.search.results.results import SearchResults
from tests.search.collection import a_collection
from tests.search.conftest import EngineOf
from tests.search.finding import ids
from tests.search.samples import a_document

Filters = Mapping[str, tuple[str, ...]]


def family(document: IndexDocument) -> str:
    """Return the family of a record of the collection: of every third record."""
    number = int(document.id[1:])
    return f"f{number % 4}" if number % 3 == 0 else ""


def every(engine: SearchEngine, text: str, filters: Filters) -> SearchResults:
    return engine.find(SearchQuery(text, facets=filters, per_page=100))


@pytest.mark.parametrize(
    ("text", "filters"),
    [
        ("", {}),
        ("alpha", {}),
        ("", {"country": ("PT",)}),
        ("beta", {"country": ("PT", "IT"), "kind": ("tools",)}),
        ("", {"area": ("referral",), "evidence": ("ev-1", "ev-2")}),
    ],
)
def test_totals_and_facets_count_each_family_once(engine_of: EngineOf, text: str, filters: Filters) -> None:
    documents = [replace(each, family=family(each)) for each in a_collection()]
    name_of = {each.id: each.family or each.id for each in documents}
    engine = engine_of(documents)
    grouped = engine.find(SearchQuery(text, facets=filters, per_page=100, is_grouped=True))
    alone = every(engine, text, filters)
    assert [name_of[each] for each in ids(grouped)] == list(dict.fromkeys(name_of[each] for each in ids(alone)))
    assert grouped.total == len(grouped.hits) < alone.total
    for facet in grouped.facets:
        others = {name: values for name, values in filters.items() if name != facet.name}
        expected = {
            value.id: len({name_of[each] for each in ids(every(engine, text, {**others, facet.name: (value.id,)}))})
            for value in facet.values
        }
        assert {value.id: value.count for value in facet.values} == expected
        counts = [value.count for value in facet.values]
        assert counts == sorted(counts, reverse=True)


def test_pages_hold_each_family_once(engine_of: EngineOf) -> None:
    engine = engine_of([replace(each, family=family(each)) for each in a_collection()])
    query = SearchQuery(per_page=7, is_grouped=True)
    pages = [engine.find(query.on_page(number)) for number in range(1, engine.find(query).pages + 1)]
    shown = [each for page in pages for each in ids(page)]
    assert shown == ids(engine.find(replace(query, per_page=100)))


def versions() -> list[IndexDocument]:
    """Return a text with versions for two countries, and a record beside them."""
    return [
        a_document("form", title="form form", family="form"),
        a_document("form-pt", title="form", family="form", facets={"country": ("PT",)}),
        a_document("form-ro", title="form", family="form", facets={"country": ("RO",)}),
        a_document("other", title="form and much more", facets={"country": ("RO",)}),
    ]


def test_the_version_for_the_readers_country_is_the_one_shown(engine_of: EngineOf) -> None:
    engine = engine_of(versions())
    query = SearchQuery("form", is_grouped=True)
    assert ids(engine.find(query)) == ["form", "other"]
    assert ids(engine.find(replace(query, home="PT"))) == ["form-pt", "other"]
    assert ids(engine.find(replace(query, home="LT"))) == ["form", "other"]
    assert ids(engine.find(replace(query, home="PT", facets={"country": ("RO",)})))[0] == "form-ro"


def test_records_of_the_readers_country_rank_higher_unless_another_is_named(engine_of: EngineOf) -> None:
    engine = engine_of(
        [
            a_document("a", title="wall", facets={"country": ("PT",)}),
            a_document("b", title="wall", facets={"country": ("RO",)}),
        ]
    )
    assert ids(engine.find(SearchQuery("wall", home="RO"))) == ["b", "a"]
    assert ids(engine.find(SearchQuery("wall", home="PT"))) == ["a", "b"]
    assert ids(engine.find(SearchQuery("wall Portuguese", home="RO"))) == ["a"]


def test_weaker_matches_hold_no_relatives_of_the_results(engine_of: EngineOf) -> None:
    engine = engine_of(
        [
            a_document("tool", title="", summary="", body="stone wall", family="tool"),
            a_document("tool-pt", title="", summary="", body="stone", family="tool"),
            a_document("other", title="", summary="", body="wall"),
        ]
    )
    results = engine.find(SearchQuery("stone wall", is_grouped=True))
    assert ids(results) == ["tool"]
    assert [each.id for each in results.nearest] == ["other"]
    assert {each.id for each in engine.find(SearchQuery("stone wall")).nearest} == {"tool-pt", "other"}
