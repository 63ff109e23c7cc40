"""Tables of a Word file as XML: columns with their own widths, page breaks inside high rows only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table as WordTable
from docx.table import _Cell

GRID, PLAIN = "TableGrid", "TableNormal"
TWIPS_PER_MM = 56.7
_MANY = 4  # columns; from this number on, cells have less padding so that texts have more room
_BESIDE = '<w:left w:w="55" w:type="dxa"/>', '<w:right w:w="55" w:type="dxa"/>'
_AROUND = '<w:top w:w="40" w:type="dxa"/>', '<w:bottom w:w="40" w:type="dxa"/>'


@dataclass(frozen=True)
class TableForm:
    """The form of a table.

    `style` is the table style, `PLAIN` for no borders. `torn` says for each row whether it may break across pages; by
    default no row does. `borders` are lines that the style does not draw, and `padding` is the space inside each cell
    at its left and right in millimetres, 0 for that of the style.
    """

    has_header: bool = False
    style: str = GRID
    torn: Sequence[bool] = ()
    is_exact: bool = False
    borders: str = ""
    padding: float = 0

    def row(self, place: int, height: float) -> str:
        """Return the properties of a row; its height in millimetres is the least one, or the exact one."""
        rule = "exact" if self.is_exact else "atLeast"
        least = f'<w:trHeight w:val="{round(height * TWIPS_PER_MM)}" w:hRule="{rule}"/>' if height else ""
        is_torn = place < len(self.torn) and self.torn[place]
        is_header = self.has_header and place == 0
        return f"<w:trPr>{'' if is_torn else '<w:cantSplit/>'}{least}{'<w:tblHeader/>' if is_header else ''}</w:trPr>"

    def margins(self, columns: int) -> str:
        """Return the space inside the cells."""
        above, below = _AROUND
        left, right = _BESIDE if columns >= _MANY else ("", "")
        if self.is_exact:
            above = below = ""
        if self.padding:
            left, right = (
                f'<w:{side} w:w="{round(self.padding * TWIPS_PER_MM)}" w:type="dxa"/>' for side in ("left", "right")
            )
        return f"<w:tblCellMar>{above}{left}{below}{right}</w:tblCellMar>"


def new_table(
    into: Any,
    width: float,
    shares: Sequence[float],
    heights: Sequence[float],
    form: TableForm,
    spans: Sequence[Sequence[int]] = (),
) -> WordTable:
    """Append a table of this width in millimetres to the body or a cell and return it.

    `shares` are the parts of the width that the columns take. `heights` are the minimum heights of the rows in
    millimetres, 0 for the height of the text. `spans` has for each row the columns that each cell takes, by default
    one.
    """
    widths = [round(width * TWIPS_PER_MM * share / sum(shares)) for share in shares]
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    rows = "".join(
        f"<w:tr>{form.row(place, height)}{_cells(widths, taken)}</w:tr>"
        for place, (height, taken) in enumerate(zip(heights, spans or repeat([1] * len(shares)), strict=False))
    )
    look = (
        f'<w:tblLook w:firstRow="{form.has_header:d}" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noVBand="1"/>'
    )
    # A centred table as wide as the page is not moved to the left by the padding of its cells.
    centred = '<w:jc w:val="center"/>' if form.padding else ""
    borders = f"<w:tblBorders>{form.borders}</w:tblBorders>" if form.borders else ""
    element = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="{form.style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'{centred}{borders}<w:tblLayout w:type="fixed"/>{form.margins(len(shares))}{look}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )
    into._element._insert_tbl(element)
    return WordTable(element, into)


def _cells(widths: Sequence[int], spans: Sequence[int]) -> str:
    found, place = [], 0
    for span in spans:
        width = sum(widths[place : place + span])
        joined = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        found.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{joined}</w:tcPr><w:p/></w:tc>')
        place += span
    return "".join(found)


def shade_cell(cell: Any, fill: str) -> None:
    """Set the background of a cell."""
    ground = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>')
    cell._tc.get_or_add_tcPr().append(ground)


def row_cells(table: WordTable) -> list[list[Any]]:
    """Return the cells of each row; unlike the library, a cell that spans columns comes once."""
    return [[_Cell(cell, table) for cell in row._tr.tc_lst] for row in table.rows]
