"""Tables of a Word file: columns with their own widths, page breaks inside high rows only, a repeated header row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table

STYLE, PLAIN = "TableGrid", "TableNormal"
TWIPS_PER_MM = 56.7
_MANY = 4  # columns; from this number on, cells have less padding so that texts have more room
_BESIDE = '<w:left w:w="55" w:type="dxa"/>', '<w:right w:w="55" w:type="dxa"/>'
_AROUND = '<w:top w:w="40" w:type="dxa"/>', '<w:bottom w:w="40" w:type="dxa"/>'


def new_table(
    file: Any,
    width_mm: int,
    shares: Sequence[int],
    heights: Sequence[int],
    *,
    has_header: bool,
    style: str = STYLE,
    torn: Sequence[bool] = (),
) -> Table:
    """Append a table of this width to a file and return it.

    `shares` are the hundredths of the width that each column takes. `heights` are the minimum heights of the rows in
    millimetres, 0 for the height of the text. `style` is the table style, `PLAIN` for no borders. `torn` says for each
    row whether it may break across pages; by default no row does.
    """
    widths = [round(width_mm * TWIPS_PER_MM * share / sum(shares)) for share in shares]
    (above, below), (left, right) = _AROUND, _BESIDE if len(shares) >= _MANY else ("", "")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    cells = "".join(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p/></w:tc>' for width in widths)
    rows = "".join(
        f"<w:tr>{_row(height, is_header=has_header and not place, is_torn=is_torn)}{cells}</w:tr>"
        for place, (height, is_torn) in enumerate(zip(heights, torn or repeat(False), strict=False))
    )
    look = f'<w:tblLook w:firstRow="{has_header:d}" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noVBand="1"/>'
    element = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{above}{left}{below}{right}</w:tblCellMar>{look}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )
    file.element.body._insert_tbl(element)
    return Table(element, file._body)


def _row(height: int, *, is_header: bool, is_torn: bool) -> str:
    least = f'<w:trHeight w:val="{round(height * TWIPS_PER_MM)}" w:hRule="atLeast"/>' if height else ""
    return f"<w:trPr>{'' if is_torn else '<w:cantSplit/>'}{least}{'<w:tblHeader/>' if is_header else ''}</w:trPr>"


def shade_cell(cell: Any, fill: str) -> None:
    """Set the background of a cell."""
    ground = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>')
    cell._tc.get_or_add_tcPr().append(ground)
