"""Turns a trainer's text into a sheet to write on.

It adds room below each question, checkboxes for choices, and high rows for empty table cells. A question is an entry of
a numbered list. In a quiz, the entries of a nested list are the answers to choose from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from kb.documents.blocks import (
    Block,
    Cell,
    ContentControl,
    ControlType,
    FormField,
    Heading,
    Listing,
    ListItem,
    Paragraph,
    Run,
    Runs,
    Table,
    plain,
)
from kb.documents.page_layout import column_shares
from kb.documents.print_sizes import PrintSizes

_LINES, _SHORT_LINES, _WHOLE_LINES = 4, 2, 12
_ROW_MM = 16
# Number of letters as wide as a handwritten word.
_HAND, _LARGE_HAND = 12, 8


class WritingRoom:
    """Converts blocks of a text into a worksheet. `room` labels a writing area that belongs to no question."""

    def __init__(self, name: str, room: str, *, is_quiz: bool = False, is_large: bool = False) -> None:
        self._name, self._room, self._is_quiz = name, room, is_quiz
        self._is_large = is_large
        self._factor = 3 / 2 if is_large else 1
        self._numbers = count(1)
        self._has_room = False

    def blocks(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """Yield the blocks of the sheet. A text without questions gets room for notes at its end."""
        asked: Paragraph | None = None  # the text above a list of answers
        for block in blocks:
            is_choice = self._is_quiz and isinstance(block, Listing) and not block.is_numbered
            if asked is not None and not is_choice:
                yield asked
            if is_choice and isinstance(block, Listing):
                yield self._choice(asked.runs if asked is not None else (Run(self._room),), block)
                asked = None
            elif self._is_quiz and isinstance(block, Paragraph):
                asked = block
            else:
                asked = None
                yield from self._block(block)
        if asked is not None:
            yield asked
        if not self._has_room and not self._is_quiz:
            yield self.area(_WHOLE_LINES)

    def area(self, lines: int = _LINES, label: Runs = (), number: str = "") -> FormField:
        """Return a writing area."""
        self._has_room = True
        runs = label or (Run(self._room),)
        name = f"{self._name}-{next(self._numbers)}"
        control = ContentControl(name, ControlType.AREA, plain(runs), lines=round(lines * self._factor))
        return FormField(runs, control, number=number)

    def _block(self, block: Block) -> Iterator[Block]:
        match block:
            case Listing(is_numbered=True):
                for number, item in enumerate(block.items, block.start):
                    yield from self._question(item, f"{number}.")
            case Table() if _has_free_cells(block):
                self._has_room = True
                yield replace(block, row_mm=_ROW_MM, widths=self._widths(block))
            case _:
                yield block

    def _widths(self, table: Table) -> tuple[int, ...]:
        """Return column widths as if each empty cell held two words: as wide as handwriting needs."""
        hand = Cell((Run(" ".join(["x" * (_LARGE_HAND if self._is_large else _HAND)] * 2)),))
        rows = tuple(tuple(cell if plain(cell.runs).strip() else hand for cell in row) for row in table.rows)
        return column_shares(replace(table, rows=rows, widths=()), PrintSizes(is_large=self._is_large).table_letters)

    def _question(self, item: ListItem, number: str) -> Iterator[Block]:
        first, *inner = item.blocks or (Paragraph(()),)
        label = first.runs if isinstance(first, Paragraph | Heading) else ()
        if self._is_quiz and len(inner) == 1 and isinstance(inner[0], Listing):
            yield self._choice(label, inner[0], number)
        elif inner:
            yield Paragraph((Run(f"{number} "), *label))
            yield from inner
            yield self.area(_SHORT_LINES if self._is_quiz else _LINES)
        else:
            yield self.area(_SHORT_LINES if self._is_quiz else _LINES, label, number)

    def _choice(self, label: Runs, listing: Listing, number: str = "") -> FormField:
        self._has_room = True
        options = tuple(" ".join(_texts(item.blocks)) for item in listing.items)
        name = f"{self._name}-{next(self._numbers)}"
        control = ContentControl(name, ControlType.CHOICE, plain(label), options)
        return FormField(label, control, number=number, is_listed=True)


def _has_free_cells(table: Table) -> bool:
    return any(not plain(cell.runs).strip() for row in table.rows for cell in row)


def _texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph | Heading):
            yield plain(block.runs)
        elif isinstance(block, Listing):
            for item in block.items:
                yield from _texts(item.blocks)
