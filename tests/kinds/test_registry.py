"""What the object of every kind promises to the pages that read it."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields

import pytest

from kb.kinds.kind import Kind
from kb.kinds.registry import KINDS, KINDS_BY_NAME

BY_NAME = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


def test_names_and_files_are_unique() -> None:
    assert len(KINDS_BY_NAME) == len({kind.shape.stem for kind in KINDS}) == len(KINDS)


@BY_NAME
def test_a_kind_with_pages_is_searched_and_has_names_for_lists_and_filters(kind: Kind) -> None:
    assert (kind.page is not None) == (kind.documents is not None) == bool(kind.labels.filter)
    assert bool(kind.labels.singular) == kind.has_pages
    assert kind.labels.plural


@BY_NAME
def test_a_line_of_the_menu_leads_to_a_list(kind: Kind) -> None:
    if kind.page is not None and kind.page.menu_place:
        assert kind.page.has_index
    if kind.page is not None and kind.page.menu_parent:
        parent = KINDS_BY_NAME[kind.page.menu_parent]
        assert parent.page is not None
        assert parent.page.menu_place


def test_no_two_kinds_have_the_same_place_in_the_menu() -> None:
    places = Counter(kind.page.menu_place for kind in KINDS if kind.page is not None and kind.page.menu_place)
    assert set(places.values()) == {1}


@BY_NAME
def test_what_a_complete_record_has_is_a_fact_or_a_section_of_the_kind(kind: Kind) -> None:
    facts = {name for name in (*kind.needed, *kind.expected) if not name.startswith("#")}
    sections = {name.removeprefix("#") for name in (*kind.needed, *kind.expected) if name.startswith("#")}
    assert facts <= set(kind.shape.model.model_fields)
    assert sections <= set(kind.shape.sections or ())


@BY_NAME
def test_the_facts_of_a_card_are_facts_of_the_record(kind: Kind) -> None:
    # The lines of a rating are generated: a record has them as properties.
    for each in fields(kind.card) if kind.card is not None else ():
        assert hasattr(kind.shape.model, each.name) or each.name in kind.shape.model.model_fields
