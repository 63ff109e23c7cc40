"""Tightens the text between two page breaks, so that a sheet fits one side and no page is nearly empty.

A sheet that a victim takes home must fit one side. For all other text, only a nearly empty last page is avoided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kb.documents.blocks import Block, Cards, ColumnBreak, PageBreak, Strips
from kb.documents.page_layout import lines_of
from kb.documents.print_sizes import PrintSizes

# As in `paper.css`: slightly tighter; then letters of 12, 11 and 10 points in narrower margins.
A_LITTLE, TWELVE_POINTS, ELEVEN_POINTS, TEN_POINTS = 1, 2, 3, 4
MOST_TIMES = 4  # maximum number of layout passes per document
_NEARLY_EMPTY = 0.25  # of the height of a page, from its upper edge
# The approximate number of lines, as `page_layout` counts them, that fit one side; more lines take the smallest
# letters.
_LINES = {0: 32, TWELVE_POINTS: 52, ELEVEN_POINTS: 62}


@dataclass(frozen=True)
class PageRun:
    """Blocks between two page breaks; with `is_one_side` they must fit one side of paper."""

    blocks: tuple[Block, ...]
    is_one_side: bool = False


def stretches(blocks: Iterable[Block]) -> Sequence[PageRun]:
    """Split blocks at page breaks; an empty part after the last break is dropped.

    Cards are a part of their own. A one-side break at the very start concerns the first part and adds no page.
    """
    found: list[tuple[PageBreak, list[Block]]] = []
    for block in blocks:
        if isinstance(block, PageBreak):
            if not found and not block.is_one_side:
                found.append((PageBreak(), []))
            found.append((block, []))
        else:
            has_page = found and not (found[-1][1] and isinstance(block, Cards)) and not _is_sheet(found[-1][1])
            if not has_page:
                found.append((PageBreak(), []))
            found[-1][1].append(block)
    if len(found) > 1 and not found[-1][1]:
        found.pop()
    return [PageRun(tuple(inside), before.is_one_side) for before, inside in found or [(PageBreak(), [])]]


def _is_sheet(blocks: Sequence[Block]) -> bool:
    return bool(blocks) and isinstance(blocks[-1], Cards)


def panels(blocks: Iterable[Block]) -> Sequence[tuple[Block, ...]]:
    """Split the blocks of one side into the panels of a folded sheet."""
    found: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, ColumnBreak):
            found.append([])
        else:
            found[-1].append(block)
    return [tuple(each) for each in found]


def expected(blocks: Iterable[Block], sizes: PrintSizes) -> dict[int, int]:
    """Estimate the tightness of the parts that must fit one side, by their numbers.

    The estimate holds for letters of 12 points on A4. On other pages, parts are tightened when they do not fit.
    """
    if sizes != PrintSizes():
        return {}
    found = {number: each.blocks for number, each in enumerate(stretches(blocks)) if is_one_side(each, sizes)}
    return {
        number: next((close for close, most in _LINES.items() if lines_of(inside) <= most), TEN_POINTS)
        for number, inside in found.items()
    }


def is_one_side(stretch: PageRun, sizes: PrintSizes) -> bool:
    """Return whether a part must fit one side; a poster with strips and each side of a folded sheet must."""
    return stretch.is_one_side or sizes.page.panels > 1 or has_strips(stretch.blocks)


def has_strips(blocks: Iterable[Block]) -> bool:
    """Return whether a part has strips to tear off at its foot."""
    return any(isinstance(block, Strips) for block in blocks)


def closer(
    blocks: Iterable[Block], pages: Iterable[Any], close: Mapping[int, int], sizes: PrintSizes
) -> dict[int, int]:
    """Return the better tightness of each part, by its number; `close` is its tightness on these pages.

    A part that does not fit one side in letters of 10 points takes two sides, in letters of 12.
    """
    pages, better = list(pages), dict(close)
    for number, stretch in enumerate(stretches(blocks)):
        sides, last = _measured(pages, number)
        now = close.get(number, 0)
        if sides > 1 and is_one_side(stretch, sizes):
            better[number] = TWELVE_POINTS if now in (0, TEN_POINTS) else now + 1
        elif sides > 1 and last < _NEARLY_EMPTY and not now:
            better[number] = A_LITTLE
    return better


def _measured(pages: Iterable[Any], number: int) -> tuple[int, float]:
    """Return the number of pages of a part, and its end on the last one as a share of the height."""
    name, end = f"stretch-{number}", f"stretch-{number}-end"
    sides, last = 0, 1.0
    for page in pages:
        sides += name in page.anchors
        if end in page.anchors:
            last = page.anchors[end][1] / page.height
    return sides, last
