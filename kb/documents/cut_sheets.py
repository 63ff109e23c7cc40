"""Sizes of cards and strips that are cut out of a sheet, and of the letters that fit on them.

Word processors cannot make letters smaller until a text fits. So the number of its lines is estimated here, and all
writers use the same size. Lengths are in millimetres, letter sizes in points.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kb.documents.blocks import Block, Cards, Document, Strips
from kb.documents.fit_pages import panels, stretches
from kb.documents.print_sizes import PrintSizes
from kb.documents.text_heights import height_of, text_height

INSIDE_MM = 6  # the margin inside a card
# Of the height of a sheet of cards: Word needs a line below a table, and one for the header that other pages have.
_LEFT_OVER_MM, _MORE_LEFT_OVER_MM = 1.5, 6
STRIP_INSIDE_MM = 2
_CERTAIN = 0.95  # of the height of a panel: the estimate may be a little too low
_LARGEST_STRIP, _SMALLEST, _STEP = 14.0, 6.0, 0.5


def card_mm(sizes: PrintSizes, cards: Cards) -> tuple[float, float]:
    """Return width and height of a card."""
    width, height = sizes.sheet
    left_over = _LEFT_OVER_MM if sizes.page.is_bare else _MORE_LEFT_OVER_MM
    return width / cards.across, (height - left_over) / cards.down


def fitted_sizes(document: Document) -> PrintSizes:
    """Return the sizes of a document, with smaller letters if the text of its cards or panels would not fit."""
    sizes = PrintSizes.of(document)
    points = [_card_points(sizes, each) for each in document.blocks if isinstance(each, Cards)]
    if document.page.panels > 1 and not sizes.is_large:
        points += (_panel_points(sizes, panel) for side in stretches(document.blocks) for panel in panels(side.blocks))
    return replace(sizes, page=replace(sizes.page, points=min(points))) if points else sizes


def _panel_points(sizes: PrintSizes, blocks: Sequence[Block]) -> float:
    room = sizes.height * _CERTAIN
    return _fitting(sizes.points, lambda points: height_of(blocks, sizes.width, points, sizes) <= room)


def _card_points(sizes: PrintSizes, cards: Cards) -> float:
    width, height = card_mm(sizes, cards)
    inner, room = width - 2 * INSIDE_MM, height - 2 * INSIDE_MM
    return _fitting(sizes.points, lambda points: height_of(cards.blocks, inner, points, sizes) <= room)


def strip_mm(sizes: PrintSizes, strips: Strips) -> float:
    """Return the width of a strip; its height is `PrintSizes.strip`."""
    return sizes.whole_width / strips.count


def strip_points(sizes: PrintSizes, strips: Strips) -> float:
    """Return the size of letters on strips, whose text is turned: its lines are as long as a strip is high."""
    length, room = sizes.strip - 2 * STRIP_INSIDE_MM, strip_mm(sizes, strips) - STRIP_INSIDE_MM
    most = min(sizes.points, _LARGEST_STRIP)
    return _fitting(most, lambda points: text_height(strips.runs, length, points) <= room)


def _fitting(most: float, fits: Callable[[float], bool]) -> float:
    """Return the largest size up to `most` at which a text fits, or the smallest one that can be read."""
    points = most
    while points - _STEP >= _SMALLEST and not fits(points):
        points -= _STEP
    return points
