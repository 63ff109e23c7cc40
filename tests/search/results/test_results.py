from __future__ import annotations

from kb.search.results.results import Facet, FacetValue, SearchResults


def test_a_facet_tells_the_count_of_a_value() -> None:
    facet = Facet("country", (FacetValue("PT", 3), FacetValue("RO", 1, selected=True)))
    assert (facet.count("PT"), facet.count("RO"), facet.count("IT")) == (3, 1, 0)


def test_results_without_counts_have_empty_facets() -> None:
    assert SearchResults().facet("country") == Facet("country", ())
