from __future__ import annotations

import pytest

from kb.search.index.index_document import FACET_NAMES, FACETS, FIELDS
from kb.search.query.search_query import SearchQuery
from tests.search.samples import a_document


def test_a_document_has_a_key_for_each_language() -> None:
    document = a_document("barnahus", "lt")
    assert document.record == "practices/barnahus"
    assert document.key == "practices/barnahus@lt"


def test_an_unknown_facet_is_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        a_document(facets={"colour": ("red",)})


def test_every_facet_is_accepted_and_can_be_asked_for() -> None:
    facets = dict.fromkeys(FACET_NAMES, ("x",))
    assert a_document(facets=facets).facets == facets
    assert SearchQuery(facets=facets).facets == facets


def test_every_field_and_facet_has_a_name_of_its_own_and_fields_a_reason() -> None:
    assert len({field.name for field in FIELDS}) == len(FIELDS)
    assert all(field.reason for field in FIELDS)
    assert len(set(FACET_NAMES)) == len(FACET_NAMES) == 17


def test_only_facts_with_wider_terms_are_counted_under_them() -> None:
    assert {facet.name for facet in FACETS if facet.has_broader} == {
        "area",
        "group",
        "crime",
        "actor",
        "stage",
        "document",
    }
