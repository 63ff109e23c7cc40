from __future__ import annotations

import pytest

from kb.search.document import FACETS, FIELDS, FieldKind, fields_of
from tests.search.samples import a_document


def test_a_document_has_a_key_for_each_language() -> None:
    document = a_document("barnahus", "lt")
    assert document.record == "practices/barnahus"
    assert document.key == "practices/barnahus@lt"


def test_an_unknown_facet_is_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        a_document(facets={"colour": ("red",)})


def test_every_field_has_a_name_of_its_own_and_a_reason() -> None:
    assert len({field.name for field in FIELDS}) == len(FIELDS)
    assert all(field.reason and field.boost > 0 for field in FIELDS)
    assert len({facet.name for facet in FACETS}) == len(FACETS)


def test_stemmed_fields_are_those_of_a_document() -> None:
    document = a_document()
    assert all(isinstance(getattr(document, field.name), str) for field in fields_of(FieldKind.STEMS))
