from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from kb.documents.csv_text import guard_formulas, to_csv, unguard_formulas


def cells(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_table_comes_back_as_it_was() -> None:
    text = to_csv([["pagalba, „vėl“", 'naïve "x"'], ["a\nb", 3]])
    assert text.startswith("\ufeff")
    assert cells(text) == [["pagalba, „vėl“", 'naïve "x"'], ["a\nb", "3"]]
    assert text.endswith("\r\n")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝x"])
def test_no_cell_is_taken_for_a_formula(cell: str) -> None:
    assert cells(to_csv([[cell]]))[0][0].startswith("'")


@pytest.mark.parametrize("cell", ["a;=1+1", "a\n=cmd|' /C calc'!A0\nb", "a\r\n@x", "a;＝x", "a\t+1"])
def test_nor_is_any_part_of_it_where_semicolons_stand_between_cells(cell: str) -> None:
    text = to_csv([["id", cell, "more"]]).removeprefix("\ufeff")
    # As a spreadsheet reads it that takes a quotation mark for what it is in the middle of a cell.
    found = [part for line in re.split("[\r\n]+", text) for part in re.split("[;\t]", line)]
    assert not [part for part in found if part.startswith(("=", "+", "-", "@", "＝"))]


def test_numbers_stay_numbers() -> None:
    assert to_csv([[-3, 0]]) == "\ufeff-3,0\r\n"


@pytest.mark.parametrize("cell", ["=1+1", "'=1+1", "''=1", "a;'+1", "a\n=1;-2", "'", "it's; 'fine'", "'\t", ";=1"])
def test_a_guarded_cell_comes_back_as_it_was(cell: str) -> None:
    assert unguard_formulas(guard_formulas(cell)) == cell


@pytest.mark.parametrize("pattern", [r'"\\ufeff"', "[=][+].{0,4}-@"])
def test_the_mark_and_the_guard_are_written_in_one_module(pattern: str) -> None:
    root = Path(__file__).parents[2] / "kb"
    found = {str(each.relative_to(root)) for each in root.rglob("*.py") if re.search(pattern, each.read_text("utf-8"))}
    assert found == {"documents/csv_text.py"}
