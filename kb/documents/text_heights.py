"""Estimates of how high blocks are on paper, for sheets whose text must not go on elsewhere: cards, strips, panels.

Word processors cannot make letters smaller until a text fits. So the height is estimated before, for all writers alike.
Lengths are in millimetres, letter sizes in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kb.documents.blocks import (
    Block,
    Box,
    Cell,
    FieldRow,
    Heading,
    Listing,
    Look,
    Paragraph,
    Pictured,
    QrCode,
    Runs,
    Table,
    plain,
)
from kb.documents.page_layout import column_shares, drawing_mm, lines_of, row_mm
from kb.documents.print_sizes import LINE, NORMAL, NUMBER_SCALE, PrintSizes

_LETTER_MM = 2.05  # the average width of a letter of 12 points, in the wider of our typefaces
_WASTE = 3  # letters that a line leaves empty, because words are not broken
_LINE_HEIGHT, _SPACE = 1.3, 0.5  # of a line, and below a paragraph, relative to the letters
_MM_PER_POINT = 0.3528
_LARGER = {Look.LARGE: 1.16, Look.NUMBER: NUMBER_SCALE, Look.SMALL: 0.85}
_HEADING = 1.4
_BOX_MM, _ITEM_MM, _BESIDE_MM, _PADDING_MM = 3, 6, 5, 2


def height_of(blocks: Iterable[Block], width: float, points: float, sizes: PrintSizes) -> float:
    """Estimate the height of blocks; `width` is that of their lines, `points` the size of plain text in them."""
    return sum(_block_height(block, width, points, sizes) for block in blocks)


def _block_height(block: Block, width: float, points: float, sizes: PrintSizes) -> float:
    space = _SPACE * points * _MM_PER_POINT
    match block:
        case Heading():
            return text_height(block.runs, width, points * _HEADING) + 2 * space
        case Paragraph():
            return text_height(block.runs, width, points * _LARGER.get(block.look, 1)) + space
        case Listing():
            inner = sum(height_of(item.blocks, width - _ITEM_MM, points, sizes) for item in block.items)
            return inner - len(block.items) * space / 2
        case Table():
            shares = column_shares(block, _letters(width, points))
            return sum(_row_height(row, shares, width, points) for row in (block.header, *block.rows)) + 2 * space
        case FieldRow():
            least = max((row_mm(field.control, points) for field in block.fields), default=0)
            return max(least, _lines_height(block, width, points)) + _PADDING_MM
        case Box():
            inner = points * _LARGER.get(block.look, 1)
            return height_of(block.blocks, width - 2 * _BOX_MM, inner, sizes) + 2 * _BOX_MM
        case QrCode():
            beside = width - sizes.code - _BESIDE_MM
            return max(sizes.code, text_height(block.runs, beside, points)) + 2 * space
        case Pictured():
            drawn = drawing_mm(width)
            return max(drawn, height_of(block.blocks, width - drawn - _BESIDE_MM, points, sizes)) + 2 * space
        case _:
            return _lines_height(block, width, points) + space


def _row_height(row: Sequence[Cell], shares: Sequence[int], width: float, points: float) -> float:
    cells = zip(row, shares, strict=False)
    inner = (text_height(cell.runs, width * share / 100 - _PADDING_MM, points) for cell, share in cells)
    return max(inner, default=0) + _PADDING_MM


def _lines_height(block: Block, width: float, points: float) -> float:
    """Return the height of a block by its number of lines on A4."""
    return lines_of((block,)) * max(1, LINE / _letters(width, points)) * _LINE_HEIGHT * points * _MM_PER_POINT


def text_height(runs: Runs, width: float, points: float) -> float:
    """Estimate the height of a text."""
    letters = max(1, _letters(width, points) - _WASTE)
    lines = sum(max(1, -(-len(line) // letters)) for line in plain(runs).split("\n"))
    return lines * _LINE_HEIGHT * points * _MM_PER_POINT


def _letters(width: float, points: float) -> int:
    return max(1, int(width / (_LETTER_MM * points / NORMAL)))
