"""The cross table of two facets counts the results of searches for both values."""

from __future__ import annotations

from itertools import product

from kb.search.index.index_document import IndexDocument
from kb.search.query.search_query import SearchQuery
from tests.search.conftest import EngineOf
from tests.search.samples import a_document


def _documents() -> list[IndexDocument]:
    facets: list[dict[str, tuple[str, ...]]] = [
        {"area": ("opt-in-referral",), "country": ("PT",), "evidence": ("ev-3-evaluated",)},
        {"area": ("opt-in-referral", "automatic-referral"), "country": ("PT", "IT")},
        {"area": ("automatic-referral",), "country": ("IT",), "evidence": ("ev-1-described",)},
        {"country": ("LT",)},
    ]
    return [a_document(f"r{number}", facets={"kind": ("practices",), **each}) for number, each in enumerate(facets)]


def test_every_number_is_that_of_the_search(engine_of: EngineOf) -> None:
    view = engine_of(_documents()).view()
    crossing = view.cross("area", "country", {"kind": ("practices",)})
    areas = {row for row, _column in crossing.cells} | {"information"}
    for area, country in product(areas, ("PT", "IT", "LT", "RO")):
        query = SearchQuery(facets={"kind": ("practices",), "area": (area,), "country": (country,)})
        assert crossing.cell(area, country) == view.find(query).total, (area, country)
    assert crossing.rows["opt-in-referral"] == 2
    assert crossing.columns == {"PT": 2, "IT": 2, "LT": 1}
    assert crossing.total == 4


def test_wider_terms_count_their_narrower_ones_once(engine_of: EngineOf) -> None:
    crossing = engine_of(_documents()).view().cross("area", "country", {})
    assert crossing.cell("referral", "PT") == crossing.rows["opt-in-referral"] == 2
    assert crossing.rows["referral"] == 2


def test_filters_hold_for_every_number(engine_of: EngineOf) -> None:
    view = engine_of(_documents()).view()
    crossing = view.cross("area", "country", {"evidence": ("ev-3-evaluated",)})
    assert (crossing.total, crossing.cell("opt-in-referral", "PT"), crossing.cell("automatic-referral", "IT")) == (
        1,
        1,
        0,
    )


def test_nothing_crosses_to_nothing(engine_of: EngineOf) -> None:
    crossing = engine_of([]).view().cross("area", "country", {})
    assert (crossing.total, crossing.cells, crossing.cell("referral", "PT")) == (0, {}, 0)
