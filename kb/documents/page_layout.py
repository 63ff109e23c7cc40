"""Where things stand on a page of paper: places to write beside their labels, and how wide the columns of a table are.

Widths are told in letters: no writer but that of PDFs knows how wide letters are in the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, repeat

from kb.documents.blocks import (
    Block,
    Box,
    Cell,
    ControlType,
    FormField,
    Heading,
    Listing,
    Paragraph,
    QrCode,
    Runs,
    Table,
)
from kb.documents.print_sizes import body

# Letters of 12 points on a line of A4, of the labels beside places to write, and of these places.
LINE, LABEL, ENTRY = 80, 36, 42
# Shares of the width that labels and places beside them take.
LABEL_SHARE, ENTRY_SHARE = 46, 54
_SMALLER = 0.85  # hints, measured in letters of 12 points
_TICK = 6  # letters that a box to tick takes with what is around it
_NARROW = 3
_SHORT_OPTION = 30
_PADDING, _LONGEST_WORD, _STEP = 3, 22, 3
_TABLE = 0.92  # letters in tables, measured in those around them
_HIGH = 7  # lines of a row that may be torn apart
_HALF_PAGE = 22  # lines
_CODE = 7  # lines that a square code is high


def stands_beside(field: FormField) -> bool:
    """Whether the place to write stands beside its label: a single line does, options where that takes no more room."""
    control = field.control
    if field.is_listed:
        return False
    if not control.options:
        return control.type is not ControlType.AREA
    label = len(field.number) + letters(field.label) + _SMALLER * letters(field.hint)
    entry = sum(len(option) + _TICK for option in control.options)
    return max(_lines(label, LABEL), _lines(entry, ENTRY)) <= _lines(label, LINE) + _lines(entry, LINE)


def grouped(blocks: Iterable[Block]) -> Iterator[Block | tuple[FormField, ...]]:
    """Yield blocks; fields one after another that stand beside their labels come together."""
    for is_row, group in groupby(blocks, lambda block: isinstance(block, FormField) and stands_beside(block)):
        if is_row:
            yield tuple(block for block in group if isinstance(block, FormField))
        else:
            yield from group


def column_shares(table: Table, *, is_large: bool = False) -> tuple[int, ...]:
    """Return how many hundredths of the width each column takes: those that the table asks for, or as its texts need.

    No column is narrower than its longest word. What is left of a line goes, a little at a time, to the column that
    makes the table shortest, and of equal ones to the one with the most to say.
    """
    rows = (table.header, *table.rows)
    count = max((len(row) for row in rows), default=0)
    if len(table.widths) == count:
        return _hundredths(table.widths)
    columns = [[row[place] if place < len(row) else Cell(()) for row in rows] for place in range(count)]
    lengths = [list(map(_letters_of, column)) for column in columns]
    widths = [_PADDING + min(_LONGEST_WORD, max(map(_longest_word, column))) for column in columns]
    whole = [max(width, _PADDING + max(column)) for width, column in zip(widths, lengths, strict=True)]
    line = round(_line(is_large=is_large) / _TABLE) if is_large else LINE
    if sum(whole) <= line:
        return _hundredths(whole)
    while sum(widths) + _STEP <= line:
        heights = [
            [_lines(length, width - _PADDING) for length in column]
            for column, width in zip(lengths, widths, strict=True)
        ]
        best = min(range(count), key=lambda place: (_height(heights, place, lengths, widths), -sum(lengths[place])))
        widths[best] += _STEP
    return _hundredths(widths)


def _height(heights: list[list[int]], place: int, lengths: list[list[int]], widths: list[int]) -> int:
    """Return how many lines a table takes once a column is a little wider; `heights` are those of its cells now."""
    wider = [_lines(length, widths[place] + _STEP - _PADDING) for length in lengths[place]]
    return sum(map(max, *(wider if each == place else column for each, column in enumerate(heights)), repeat(1)))


def may_break(row: Sequence[Cell], shares: Sequence[int], *, is_large: bool) -> bool:
    """Whether a row of a table goes on on the next page: it is so high that a page would stay empty where it does not.

    `shares` are the hundredths of the width that its columns take.
    """
    widths = (max(1, _line(is_large=is_large) * share // 100 - _PADDING) for share in shares)
    return any(_lines(letters(cell.runs), width) > _HIGH for cell, width in zip(row, widths, strict=False))


def _line(*, is_large: bool) -> int:
    """Return how many letters a line of A4 has."""
    return int(LINE * body(is_large=False) / body(is_large=is_large))


def is_written(row: Iterable[Cell]) -> bool:
    """Whether somebody writes into a row, by hand too, so that it needs the height of a line."""
    return any(cell.control is not None and cell.control.type is ControlType.LINE for cell in row)


def lines_of(blocks: Iterable[Block]) -> int:
    """Return about how many lines blocks take: a cell, an option and an entry of a list one at least."""
    return sum(map(_lines_of, blocks))


def is_long(blocks: Iterable[Block]) -> bool:
    """Whether blocks that belong together take more than half a page: kept together they might leave as much empty."""
    return lines_of(blocks) > _HALF_PAGE


def _lines_of(block: Block) -> int:
    match block:
        case Heading() | Paragraph():
            return _lines(letters(block.runs), LINE)
        case Listing():
            return sum(lines_of(item.blocks) for item in block.items)
        case Box():
            return lines_of(block.blocks)
        case Table():
            return sum(_lines(letters(cell.runs), LINE) for row in (block.header, *block.rows) for cell in row)
        case QrCode():
            return max(_CODE, _lines(letters(block.runs), ENTRY))
        case FormField():
            return 1 + block.control.lines + len(block.control.options)
        case _:
            return 1


def option_lines(options: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield options as they stand on lines: short ones beside each other and never torn apart, a long one alone."""
    for is_short, group in groupby(options, lambda option: len(option) <= _SHORT_OPTION):
        if is_short:
            yield tuple(option.replace(" ", "\N{NO-BREAK SPACE}") for option in group)
        else:
            yield from ((option,) for option in group)


def letters(runs: Runs) -> int:
    """Return how long a text is."""
    return sum(len(run.text) for run in runs)


def _lines(length: float, width: int) -> int:
    """Return how many lines a text takes; one at least."""
    return max(1, -int(-length // width))


def _letters_of(cell: Cell) -> int:
    return letters(cell.runs) or (_TICK if cell.control is not None else 0)


def _longest_word(cell: Cell) -> int:
    """Return how wide a cell is at least; a place to write or to tick makes do with little where there are many."""
    return max((len(word) for run in cell.runs for word in run.text.split()), default=_NARROW if cell.control else 0)


def _hundredths(widths: Sequence[float]) -> tuple[int, ...]:
    """Return shares that are a hundred together: what rounding down leaves over goes to those that lost most by it."""
    whole = [100 * width / sum(widths) for width in widths]
    shares = [max(1, int(share)) for share in whole]
    for place in sorted(range(len(whole)), key=lambda place: shares[place] - whole[place])[: max(0, 100 - sum(shares))]:
        shares[place] += 1
    return tuple(shares)
