"""Lays out the file of a paper: its sheet, its letters, and what is printed around its text.

Apart because `render.py` makes the blocks, and here it is decided which sheet they stand on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from kb.documents.blocks import Block, Cards, PageBreak, PageSetup, Sheet
from kb.kinds.tool.model import PaperFormat, ToolPaper

PAGES: Mapping[PaperFormat, PageSetup] = {
    PaperFormat.A4: PageSetup(),
    PaperFormat.FORM: PageSetup(points=9.5, is_compact=True),
    PaperFormat.WIDE: PageSetup(points=9.5, is_landscape=True, is_compact=True),
    PaperFormat.BARE: PageSetup(is_bare=True),
    PaperFormat.A5: PageSetup(Sheet.A5, points=10, is_compact=True),
    PaperFormat.LEAFLET: PageSetup(is_landscape=True, panels=3, points=11, is_bare=True),
    PaperFormat.CARDS: PageSetup(points=10, is_bare=True),
    PaperFormat.POSTER: PageSetup(Sheet.A3, points=30, is_bare=True),
    PaperFormat.PICTURES: PageSetup(points=15),
}


def page_setup(paper: ToolPaper | None) -> PageSetup:
    """Return the pages of a paper, and A4 for a tool that makes one document."""
    if paper is None:
        return PageSetup()
    setup = PAGES[paper.format]
    return replace(setup, points=float(paper.points)) if paper.points else setup


def arranged(blocks: Iterable[Block], paper: ToolPaper | None) -> Iterator[Block]:
    """Yield the blocks of a paper as its sheet needs them: each side of a sheet of cards holds the same card."""
    if paper is None or paper.format is not PaperFormat.CARDS:
        yield from blocks
        return
    sides = [
        tuple(side) for is_break, side in groupby(blocks, lambda block: isinstance(block, PageBreak)) if not is_break
    ]
    for number, side in enumerate(sides):
        if number:
            yield PageBreak()
        yield Cards(side)
