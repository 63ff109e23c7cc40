"""Counts of what practices cover and what they lack."""

from __future__ import annotations

from typing import Any

import pytest

from kb.kinds.practice.coverage import Coverage, is_mostly_press
from tests.builders import a_bundle, a_practice, a_source, a_translation_text
from tests.house import knowledge

LAW_ROW = {"id": "l1", "celex": "32012L0029", "articles": ["8"]}


def cover(*bundles: Any) -> Coverage:
    return Coverage.of(bundles, knowledge().vocabularies)


def test_values_are_counted_with_the_most_frequent_first() -> None:
    found = cover(a_bundle(countries=["LT"]), a_bundle(countries=["LT", "IT"]))
    assert found.practices == 2
    assert list(found.countries.items()) == [("LT", 2), ("IT", 1)]


def test_two_areas_of_one_kind_are_one_practice() -> None:
    assert cover(a_bundle(areas=["referral", "opt-in-referral"])).areas == {"referral": 1}


def test_a_practice_can_be_read_in_the_languages_of_its_translations() -> None:
    found = cover(a_bundle({"it": a_translation_text()}), a_bundle())
    assert (found.written, found.readable) == ({"en": 2}, {"en": 2, "it": 1})


def test_a_line_without_sources_states_no_cost() -> None:
    line: dict[str, Any] = {"text": "Not known. We looked at the budget."}
    known = {"text": "5,000 euros a year", "year": "2024", "sources": ["s1"]}
    assert cover(a_bundle(cost_line=line), a_bundle(cost_line=known)).facts["cost"] == 1


def test_law_is_read_only_where_a_row_says_so() -> None:
    read = {**LAW_ROW, "checked": "yes", "checked_on": "2026-11-20", "address": "https://example.org/law"}
    found = cover(a_bundle(legal_basis=[read, {**LAW_ROW, "id": "l2", "checked": "no"}]))
    assert (found.law_read, found.law) == (1, 2)


@pytest.mark.parametrize(("press", "others", "is_mostly"), [(1, 3, False), (2, 5, True), (0, 1, False)])
def test_more_than_a_quarter_of_press_is_too_much(press: int, others: int, is_mostly: bool) -> None:
    kinds = ["press"] * press + ["official"] * others
    practice = a_practice(sources=[a_source(f"s{number}", kind=kind) for number, kind in enumerate(kinds, 1)])
    assert is_mostly_press(practice) is is_mostly
