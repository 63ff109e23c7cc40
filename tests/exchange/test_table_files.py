"""Tables as files: every text comes back as it was, nothing is calculated, and what is none is refused."""

from __future__ import annotations

import csv
import gc
import io
import json
import re
import zipfile
from contextlib import suppress
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kb.documents.csv_text import to_csv
from kb.errors import Rejected
from kb.exchange.csv_files import MAX_CELLS
from kb.exchange.table import MAX_BYTES, MAX_ROWS, SheetTable, from_json, to_json
from kb.exchange.table_files import TableFormat, read, write
from kb.exchange.xlsx_files import MAX_ELEMENTS, MAX_UNPACKED, to_xlsx
from tests.draws import draws

HEADER = ("id", "title")
FORMULAS = (
    "=1+1",
    "+370 5",
    "-5",
    "@SUM(A1)",
    "'=quoted",
    "''-twice",
    "\tx",
    "＝１",
    "'",
    "it's",
    "=cmd|' /C calc'!A0",
    "a;=1+1",
    "a;'=1",
    "a\n=cmd|' /C calc'!A0\nb",
    "a\t-1",
)


def code_of(data: bytes) -> str:
    with pytest.raises(Rejected) as caught:
        read(data)
    return caught.value.problems[0].code


def titles(table: SheetTable) -> list[str]:
    return [row.cell("title") for row in table.rows]


def a_workbook(*rows: tuple[Any, ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def repacked(data: bytes, name: str, change: bytes | None = None, *, old: bytes = b"", new: bytes = b"") -> bytes:
    """Return a workbook with one of its parts replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            content = source.read(info)
            if info.filename == name:
                content = change if change is not None else content.replace(old, new, 1)
            target.writestr(info.filename, content)
    return out.getvalue()


@pytest.mark.parametrize("table_format", TableFormat)
def test_what_looks_like_a_formula_is_guarded_and_comes_back_as_it_was(table_format: TableFormat) -> None:
    lines = [HEADER, *((str(number), text) for number, text in enumerate(FORMULAS))]
    data = write(table_format, "practices", lines)
    assert titles(read(data)) == list(FORMULAS)
    if table_format is TableFormat.CSV:
        cells = [row[1] for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))][1:]
    else:
        sheet = load_workbook(io.BytesIO(data)).active
        assert isinstance(sheet, Worksheet)
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
        assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
        cells = [str(row[1].value) for row in sheet.iter_rows(min_row=2)]
    assert not [cell for cell in cells if re.search("(?:^|[;\t\r\n])[=+@＝＋－＠-]|^[\t\r]", cell)]


# All that a text of a record may hold.
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


@pytest.mark.parametrize("table_format", TableFormat)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text(LETTERS, max_size=40), min_size=1, max_size=5),
)
def test_any_text_comes_back_as_it_was(table_format: TableFormat, texts: list[str]) -> None:
    lines = [HEADER, *((f"r{number}", text) for number, text in enumerate(texts))]
    assert titles(read(write(table_format, "practices", lines))) == texts


@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(max_examples=draws(60), deadline=None)
@given(
    data=st.binary(max_size=400) | st.text(max_size=200).map(str.encode) | st.binary(max_size=200).map(b"PK".__add__)
)
def test_whatever_is_brought_is_read_or_refused(data: bytes) -> None:
    with suppress(Rejected):
        read(data)


@cache
def _sound() -> bytes:
    """A workbook holds the moment at which it was made: the same one is damaged again and again."""
    return a_workbook(HEADER, ("a", "=1"), ("b", 2))


@pytest.mark.filterwarnings("ignore::UserWarning")
@settings(max_examples=draws(50), deadline=None)
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(_sound())
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Rejected):
        read(bytes(whole))


@settings(max_examples=draws(50), deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    )
)
def test_what_a_form_sends_back_is_read_or_refused(value: object) -> None:
    for written in (json.dumps(value), str(value)):
        try:
            table = from_json(written)
        except Rejected:
            continue
        assert from_json(to_json(table.rows)) == table


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_what_stands_between_cells_is_found_out(between: str) -> None:
    text = f'title{between}id\r\n"a, b; c{between}d"{between}x\r\n'
    assert titles(read(text.encode())) == [f"a, b; c{between}d"]
    assert titles(read(b"\xef\xbb\xbf" + text.encode())) == [f"a, b; c{between}d"]
    assert titles(read(f"sep={between}\r\n{text}".encode())) == [f"a, b; c{between}d"]


def test_utf_16_is_read_and_other_encodings_are_refused() -> None:
    text = "id;title\r\nx;Žalias ș\r\n"
    assert titles(read(text.encode("utf-16"))) == ["Žalias ș"]
    assert code_of("id;title\r\nx;caf\xe9\r\n".encode("cp1252")) == "not-utf-8"
    assert code_of("id;title\r\nx;Žalias\r\n".encode("cp1257")) == "not-utf-8"
    assert code_of("id;title\r\n".encode("utf-16-le")) == "no-table"


def test_a_torn_table_is_refused_with_its_line() -> None:
    assert code_of(b'id,title\r\nx,"open\r\n') == "torn-table"
    assert code_of(b"id,title\r\nx," + b"y" * 200_000) == "torn-table"


def test_tables_have_a_largest_size() -> None:
    assert code_of(b"x" * (MAX_BYTES + 1)) == "too-large"
    assert code_of(b"id,title\n" + b"x,y\n" * (MAX_ROWS + 1)) == "too-many-rows"
    assert code_of(to_csv([[f"c{number}" for number in range(300)]]).encode()) == "too-many-columns"
    assert code_of(b"") == "no-file"
    assert code_of(b"\r\n\r\n") == "empty-table"
    assert len(read(b"id,title\n" + b"x,y\n" * MAX_ROWS).rows) == MAX_ROWS


def test_old_workbooks_are_refused_with_what_to_do() -> None:
    assert code_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100) == "old-excel"


def test_a_text_too_long_for_a_cell_of_xlsx_is_refused_and_never_cut() -> None:
    gc.freeze()  # of all garbage, only that of this test is looked for
    lines = [HEADER, ("x", "y" * 32_767)]
    assert titles(read(to_xlsx("practices", lines))) == ["y" * 32_767]
    with pytest.raises(Rejected):
        to_xlsx("practices", [HEADER, ("x", "y" * 32_768)])
    gc.collect()  # a workbook that was begun and left would be found here, not in some other test


def test_formulas_and_errors_in_a_workbook_are_problems_at_their_cell() -> None:
    table = read(a_workbook(HEADER, ("a", "=1+1"), ("b", "#N/A"), ("c", "fine")))
    assert [(problem.code, problem.where) for problem in table.problems] == [
        ("formula", (2, "title")),
        ("error-cell", (3, "title")),
    ]
    assert titles(table)[2] == "fine"


def test_what_a_spreadsheet_makes_of_years_dates_and_answers_is_read_as_text() -> None:
    table = read(a_workbook(HEADER, (2010, 2010.0), (1.5, date(2026, 11, 25)), (True, None)))
    assert [(row.cell("id"), row.cell("title")) for row in table.rows] == [
        ("2010", "2010"),
        ("1.5", "2026-11-25"),
        ("yes", ""),
    ]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = repacked(a_workbook(HEADER), "xl/worksheets/sheet1.xml", b" " * (MAX_UNPACKED + 1))
    assert len(bomb) < 200_000
    assert code_of(bomb) == "too-large-unpacked"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parts:
        for number in range(2000):
            parts.writestr(f"{number}.xml", b"")
    assert code_of(out.getvalue()) == "too-large-unpacked"


@pytest.mark.parametrize(("shape", "elements"), [(b"<c/>", 1), (b"<row/>", 1), (b"<c><v>1</v></c>", 2), (b"<a/>", 1)])
def test_more_elements_than_a_workbook_may_have_are_refused_before_they_are_read(shape: bytes, elements: int) -> None:
    sheet = b"<worksheet><sheetData>" + shape * (MAX_ELEMENTS // elements) + b"</sheetData></worksheet>"
    assert code_of(repacked(a_workbook(HEADER), "xl/worksheets/sheet1.xml", sheet)) == "too-many-cells"
    wide = sheet.decode().encode("utf-16")
    assert code_of(repacked(a_workbook(HEADER), "xl/worksheets/sheet1.xml", wide)) == "no-workbook"


def test_a_workbook_of_ten_thousand_cells_is_read_and_one_of_fifteen_thousand_is_refused() -> None:
    rows = [("x", *("text" for _column in range(19)))] * 500
    names = ("id", *(f"c{number}" for number in range(19)))
    assert len(read(to_xlsx("practices", [names, *rows])).rows) == 500
    assert code_of(to_xlsx("practices", [names, *rows * 3][:751])) == "too-many-cells"


@pytest.mark.parametrize("between", [b",", b";"])
def test_commas_without_end_are_refused(between: bytes) -> None:
    assert code_of(b"id" + between * (MAX_CELLS + 1)) == "too-many-columns"
    assert code_of(b"id" + between + b"\n" + (between * 1000 + b"\n") * (MAX_CELLS // 1000 + 1)) == "too-many-columns"
    assert read(b"id" + between * MAX_CELLS + b"\nx\n").columns == ("id",)


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    bomb = bytearray(repacked(a_workbook(HEADER), "xl/worksheets/sheet1.xml", b" " * 50_000_000))
    size = (50_000_000).to_bytes(4, "little")
    assert size in bomb
    assert code_of(bytes(bomb).replace(size, (1000).to_bytes(4, "little"))) == "no-workbook"


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY e "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_no_entity_is_followed(declared: bytes) -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
        b'<c r="A1" t="inlineStr"><is><t>id</t></is></c><c r="B1" t="inlineStr"><is><t>x&e;</t></is></c></row>'
        b"</sheetData></worksheet>"
    )
    data = repacked(a_workbook(HEADER), "xl/worksheets/sheet1.xml", declared + sheet)
    assert code_of(data) == "no-workbook"


def test_a_sheet_that_says_it_is_endless_is_read_to_the_limit() -> None:
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/>'
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>id</t></is></c></row>'
        b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c></row></sheetData></worksheet>'
    )
    data = repacked(a_workbook(HEADER), "xl/worksheets/sheet1.xml", sheet)
    assert code_of(data) == "too-many-rows"


def test_columns_in_another_order_left_out_and_doubled() -> None:
    table = read(b"title,id,,title\n1,x,,2\n,,,\n3,y\n")
    assert [dict(row.cells) for row in table.rows] == [{"title": "2", "id": "x"}, {"title": "3", "id": "y"}]
    assert [row.number for row in table.rows] == [2, 4]
    assert [problem.code for problem in table.problems] == ["column-twice"]
    assert [problem.code for problem in read(b"id\nx,lost\n").problems] == ["cells-without-column"]
