"""Tables as XLSX, with all cells as text and without formulas; the only module that uses openpyxl.

The unpacked size of an uploaded file is checked before it is opened. Its XML is parsed with defusedxml, which openpyxl
uses if it is installed, so that entities are not expanded. Formulas are never calculated.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.xml import DEFUSEDXML

from kb.documents.csv_text import guard_formulas
from kb.errors import Rejected
from kb.exchange.table import MAX_COLUMNS, MAX_ROWS, SheetTable, refused, table_of
from kb.i18n import N_
from kb.problems import Problem

MAX_UNPACKED = 6 * 1024 * 1024
# Of all parts: a cell has three or four, and each takes some microseconds. 60,000 took up to 0.69 s of a processor.
MAX_ELEMENTS = 40_000
_MAX_PARTS = 500
_NOT_UTF_8 = "a part is written in UTF-16, in which its elements cannot be counted"
_LONGEST = 32_767  # of a cell, in units of UTF-16
_TEXT = "@"
# Characters that XML forbids are written as `_x0000_`, and text that looks like that is escaped (ECMA-376, 22.4.2.4).
_TO_ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")

if not DEFUSEDXML:
    message = "openpyxl does not find defusedxml, without which files from outside are not read"
    raise ImportError(message)


def to_xlsx(name: str, lines: Iterable[Sequence[str]]) -> bytes:
    """Return a table as a workbook with one sheet. Raises `Rejected` if a text is too long for a cell."""
    texts = [[_written(text) for text in line] for line in lines]  # refuse before the workbook is begun
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", "-", name)[:31])
    sheet.freeze_panes = "B2"
    top = Alignment(vertical="top")
    for number, line in enumerate(texts):
        cells = [_cell(sheet, text) for text in line]
        for cell in cells:
            cell.alignment = top
            if number == 0:
                cell.font = Font(bold=True)
        sheet.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _written(text: str) -> str:
    written = _TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", guard_formulas(text))
    if len(written.encode("utf-16-le")) // 2 > _LONGEST:
        raise refused(
            "cell-too-long", N_("A text in this table is too long for an XLSX cell. Download the table as CSV.")
        )
    return written


def _cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"  # a text, even if it looks like a formula
    cell.number_format = _TEXT  # so that a typed year stays unchanged
    return cell


def read_xlsx(data: bytes) -> SheetTable:
    """Read the first sheet of a workbook. Raises `Rejected` if it is damaged, or too large after unpacking."""
    try:
        _look_at(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        try:
            problems: list[Problem] = []
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            return table_of(list(_lines(sheet, problems)), problems)
        finally:
            book.close()
    except Rejected:
        raise
    except Exception as error:  # a damaged file breaks openpyxl in any of its parts
        raise refused(
            "no-workbook", N_("The workbook cannot be read. Save it again as XLSX, or as CSV UTF-8.")
        ) from error


def _look_at(data: bytes) -> None:
    """Refuse a file that would fill the memory or take long; zipfile never unpacks more than a part's stated size."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        infos = parts.infolist()
        if len(infos) > _MAX_PARTS or sum(info.file_size for info in infos) > MAX_UNPACKED:
            raise refused(
                "too-large-unpacked", N_("The workbook contains too much data. Split it and upload it in parts.")
            )
        written = [parts.read(info) for info in infos if info.filename.endswith((".xml", ".rels"))]
    if any(b"\0" in part for part in written):
        raise ValueError(_NOT_UTF_8)
    if sum(part.count(b"<") - part.count(b"</") for part in written) > MAX_ELEMENTS:
        message = N_(
            "The workbook has too many cells (the limit is about 10,000). Save it as CSV UTF-8, or upload it in parts."
        )
        raise refused("too-many-cells", message)


def _lines(sheet: Any, problems: list[Problem]) -> Iterator[list[str]]:
    rows = sheet.iter_rows(max_row=MAX_ROWS + 2, max_col=MAX_COLUMNS + 1)
    for number, row in enumerate(islice(rows, MAX_ROWS + 2), 1):
        yield [_read(cell, number, column, problems) for column, cell in enumerate(row)]


def _read(cell: Any, row: int, column: int, problems: list[Problem]) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f" or not isinstance(value, str | int | float | date | time):
        message = N_("This cell contains a formula. Enter its result instead.")
        problems.append(Problem("formula", message, (row, column)))
        return ""
    if cell.data_type == "e":
        problems.append(Problem("error-cell", N_("This cell contains an error. Enter a value."), (row, column)))
        return ""
    return _text(value)


def _text(value: str | float | date | time) -> str:
    if isinstance(value, str):
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
        # Join surrogate pairs, and replace lone surrogates.
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)
