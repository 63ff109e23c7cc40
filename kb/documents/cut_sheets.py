"""Sizes of cards and strips that are cut out of a sheet, and of the letters that fit on them.

Word processors cannot make letters smaller until a text fits. So the number of its lines is estimated here, and all
writers use the same size. Lengths are in millimetres, letter sizes in points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from kb.documents.blocks import (
    Block,
    Box,
    Cards,
    Document,
    Heading,
    Listing,
    Look,
    Paragraph,
    Pictured,
    QrCode,
    Runs,
    Strips,
)
from kb.documents.page_layout import drawing_mm
from kb.documents.print_sizes import NORMAL, PrintSizes

INSIDE_MM = 6  # the margin inside a card
_LEFT_OVER_MM = 1.5  # of the height of a sheet of cards: Word needs a line below a table
STRIP_INSIDE_MM = 2
_LARGEST_STRIP, _SMALLEST, _STEP = 14.0, 6.0, 0.5
_LETTER_MM = 2.2  # the average width of a letter of 12 points
_WASTE = 4  # letters that a line leaves empty, because words are not broken
_LINE_HEIGHT, _SPACE = 1.3, 0.5  # of a line, and below a paragraph, relative to the letters
_MM_PER_POINT = 0.3528
_LARGER = {Look.LARGE: 1.16, Look.SMALL: 0.85}
_HEADING, _BOX_MM, _ITEM_MM = 1.4, 3, 6


def card_mm(sizes: PrintSizes, cards: Cards) -> tuple[float, float]:
    """Return width and height of a card."""
    width, height = sizes.sheet
    return width / cards.across, (height - _LEFT_OVER_MM) / cards.down


def fitted_sizes(document: Document) -> PrintSizes:
    """Return the sizes of a document, with smaller letters if the text of its cards would not fit otherwise."""
    sizes = PrintSizes.of(document)
    points = min((_card_points(sizes, each) for each in document.blocks if isinstance(each, Cards)), default=None)
    return sizes if points is None else replace(sizes, page=replace(sizes.page, points=points))


def _card_points(sizes: PrintSizes, cards: Cards) -> float:
    width, height = card_mm(sizes, cards)
    inner, room = width - 2 * INSIDE_MM, height - 2 * INSIDE_MM
    return _fitting(sizes.points, lambda points: _height(cards.blocks, inner, points, sizes) <= room)


def strip_mm(sizes: PrintSizes, strips: Strips) -> float:
    """Return the width of a strip; its height is `PrintSizes.strip`."""
    return sizes.whole_width / strips.count


def strip_points(sizes: PrintSizes, strips: Strips) -> float:
    """Return the size of letters on strips, whose text is turned: its lines are as long as a strip is high."""
    length, room = sizes.strip - 2 * STRIP_INSIDE_MM, strip_mm(sizes, strips) - STRIP_INSIDE_MM
    most = min(sizes.points, _LARGEST_STRIP)
    return _fitting(most, lambda points: _lines(strips.runs, length, points) * _line_mm(points) <= room)


def _fitting(most: float, fits: Callable[[float], bool]) -> float:
    """Return the largest size up to `most` at which a text fits, or the smallest one that can be read."""
    points = most
    while points - _STEP >= _SMALLEST and not fits(points):
        points -= _STEP
    return points


def _height(blocks: Iterable[Block], width: float, points: float, sizes: PrintSizes) -> float:
    return sum(_block_height(block, width, points, sizes) for block in blocks)


def _block_height(block: Block, width: float, points: float, sizes: PrintSizes) -> float:
    space = _SPACE * points * _MM_PER_POINT
    match block:
        case Heading():
            return _lines(block.runs, width, points * _HEADING) * _line_mm(points * _HEADING) + space
        case Paragraph():
            size = points * _LARGER.get(block.look, 1)
            return _lines(block.runs, width, size) * _line_mm(size) + space
        case Listing():
            return sum(_height(item.blocks, width - _ITEM_MM, points, sizes) for item in block.items)
        case Box():
            size = points * _LARGER.get(block.look, 1)
            return _height(block.blocks, width - 2 * _BOX_MM, size, sizes) + 2 * _BOX_MM
        case QrCode():
            beside = width - sizes.code - _BOX_MM
            return max(sizes.code, _lines(block.runs, beside, points) * _line_mm(points)) + space
        case Pictured():
            drawn = drawing_mm(width)
            return max(drawn, _height(block.blocks, width - drawn - _BOX_MM, points, sizes)) + space
        case _:
            return _line_mm(points) + space


def _lines(runs: Runs, width: float, points: float) -> int:
    """Return the approximate number of lines of a text."""
    letters = max(1, int(width / (_LETTER_MM * points / NORMAL)) - _WASTE)
    return sum(max(1, -(-len(line) // letters)) for line in "".join(run.text for run in runs).split("\n"))


def _line_mm(points: float) -> float:
    return points * _LINE_HEIGHT * _MM_PER_POINT
