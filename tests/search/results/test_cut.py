"""Results end where their scores fall: what has the words only in passing is no result."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.search.engine import SearchEngine
from kb.search.query.search_query import SearchQuery
from tests.search.conftest import EngineOf
from tests.search.finding import ids
from tests.search.samples import a_document


@pytest.fixture
def engine(engine_of: EngineOf) -> SearchEngine:
    passing = "bridge " * 400 + "dam"
    return engine_of(
        [
            a_document("named", names=("Dam",), title="A wall across water", facets={"country": ("PT",)}),
            a_document("passing", body=passing, facets={"country": ("IT",)}),
        ]
    )


def cut(text: str, **facets: str) -> SearchQuery:
    return replace(SearchQuery(text, "en", {name: (value,) for name, value in facets.items()}), is_cut=True)


def test_a_record_far_below_the_best_is_only_near(engine: SearchEngine) -> None:
    results = engine.find(cut("dam"))
    assert (ids(results), results.total) == (["named"], 1)
    assert [hit.id for hit in results.nearest] == ["passing"]
    assert [value.id for value in results.facet("country").values] == ["PT"]
    assert sorted(ids(engine.find(replace(cut("dam"), is_cut=False)))) == ["named", "passing"]


def test_filters_that_only_a_weak_record_fits_still_find_it(engine: SearchEngine) -> None:
    assert ids(engine.find(cut("dam", country="IT"))) == ["passing"]


def test_records_that_are_about_the_question_stay(engine_of: EngineOf) -> None:
    engine = engine_of(
        [
            a_document("named", names=("Risk assessment",), terms=("risk-assessment",)),
            a_document("about", terms=("risk-assessment",)),
        ]
    )
    assert ids(engine.find(cut("risk assessment"))) == ["named", "about"]
