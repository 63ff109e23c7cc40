from __future__ import annotations

from kb.search.results.results import CountedValues, Facet, FacetValue, SearchResults


def test_a_facet_tells_the_count_of_a_value() -> None:
    facet = Facet("country", (FacetValue("PT", 3), FacetValue("RO", 1, selected=True)))
    assert (facet.count("PT"), facet.count("RO"), facet.count("IT")) == (3, 1, 0)


def test_results_without_counts_have_empty_facets() -> None:
    assert SearchResults().facet("country") == Facet("country", ())


def test_values_are_sorted_by_number_and_then_by_id() -> None:
    values = CountedValues({"b": 1, "a": 1, "c": 2}, ("a",))
    assert values == (FacetValue("c", 2), FacetValue("a", 1, True), FacetValue("b", 1))
    assert (len(values), values[0].id, values != ("c",)) == (3, "c", True)
