from __future__ import annotations

import pytest

from kb.web.compare.cell_differences import (
    ComparisonCell,
    ComparisonValue,
    RowAgreement,
    RowGroup,
    row_of,
    without_same,
)


def cell(*keys: str) -> ComparisonCell:
    return ComparisonCell(tuple(ComparisonValue(key, key.upper()) for key in keys))


@pytest.mark.parametrize(
    ("cells", "standing"),
    [
        ((cell("a"), cell("a")), RowAgreement.SAME),
        ((cell("a", "b"), cell("b", "a")), RowAgreement.SAME),
        ((cell(), cell()), RowAgreement.SAME),
        ((cell("a"), cell("b")), RowAgreement.DIFFERS),
        ((cell("a"), cell("a", "b")), RowAgreement.DIFFERS),
        ((cell("a"), cell("b"), cell()), RowAgreement.DIFFERS),
        ((cell("a"), cell()), RowAgreement.OPEN),
        ((cell("a"), cell("a"), cell()), RowAgreement.OPEN),
        ((ComparisonCell((ComparisonValue("", "some words"),)), cell()), RowAgreement.TEXT),
    ],
)
def test_cells_are_compared_by_what_they_mean(cells: tuple[ComparisonCell, ...], standing: RowAgreement) -> None:
    assert row_of("row", cells).agreement is standing


def test_a_missing_translation_is_no_difference() -> None:
    cells = (
        ComparisonCell((ComparisonValue("police", "policija", "lt"),)),
        ComparisonCell((ComparisonValue("police", "police", "en"),)),
    )
    assert row_of("row", cells).agreement is RowAgreement.SAME


def test_what_only_one_says_is_marked_where_others_say_the_same() -> None:
    row = row_of("row", (cell("a", "b"), cell("a", "c"), cell("c")))
    assert [[said.is_apart for said in each.said] for each in row.cells] == [[False, True], [False, False], [False]]


def test_where_nothing_is_shared_nothing_is_marked() -> None:
    row = row_of("row", (cell("a"), cell("b")))
    assert not any(said.is_apart for each in row.cells for said in each.said)


def test_a_row_with_long_words_has_none_in_bold() -> None:
    row = row_of("row", (cell("a", "b" * 101), cell("a", "c")))
    assert row.agreement is RowAgreement.DIFFERS
    assert not any(said.is_apart for each in row.cells for said in each.said)


def test_only_rows_in_which_all_say_the_same_are_left_out() -> None:
    same, differs, unknown = (row_of("row", each) for each in ((cell("a"),) * 2, (cell("a"), cell("b")), (cell(),) * 2))
    groups = (RowGroup("first", (same, differs)), RowGroup("second", (unknown,)))
    assert without_same(groups) == (RowGroup("first", (differs,)),)
