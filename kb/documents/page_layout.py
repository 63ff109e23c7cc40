"""Page layout for paper: fields next to their labels, column widths of tables, estimated numbers of lines.

Widths are measured in letters, because only the PDF writer knows the real widths.
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

# Letters of 12 points per line: of an A4 page, of a label next to its field, and of that field.
LINE, LABEL, ENTRY = 80, 36, 42
# Shares of the width that labels and the fields next to them take.
LABEL_SHARE, ENTRY_SHARE = 46, 54
_SMALLER = 0.85  # hints, measured in letters of 12 points
_TICK = 6  # letters that a check box takes with the space around it
_NARROW = 3
_SHORT_OPTION = 30
_PADDING, _LONGEST_WORD, _STEP = 3, 22, 3
_TABLE = 0.92  # letters in tables, relative to the surrounding text
_HIGH = 7  # lines; a higher row may break across pages
_HALF_PAGE = 22  # lines
_SIGNED_TOGETHER = 15  # fields: of five partners, with name and date; they fill two thirds of a page
_CODE = 7  # height of a QR code in lines


def stands_beside(field: FormField) -> bool:
    """Return whether a field is next to its label: single lines are; options only if that takes no more space."""
    control = field.control
    if field.is_listed:
        return False
    if not control.options:
        return control.type is not ControlType.AREA
    label = len(field.number) + _count_letters(field.label) + _SMALLER * _count_letters(field.hint)
    entry = sum(len(option) + _TICK for option in control.options)
    return max(_lines(label, LABEL), _lines(entry, ENTRY)) <= _lines(label, LINE) + _lines(entry, LINE)


def grouped(blocks: Iterable[Block]) -> Iterator[Block | tuple[FormField, ...]]:
    """Yield blocks; consecutive fields next to their labels come as one tuple."""
    for is_row, group in groupby(blocks, lambda block: isinstance(block, FormField) and stands_beside(block)):
        if is_row:
            yield tuple(block for block in group if isinstance(block, FormField))
        else:
            yield from group


def are_signed_together(fields: Sequence[FormField]) -> bool:
    """Return whether fields are the signatures of several partners, which stay on one page if it has room for them."""
    signatures = sum(field.control.type is ControlType.SIGNATURE for field in fields)
    return signatures > 1 and len(fields) <= _SIGNED_TOGETHER


def column_shares(table: Table, *, is_large: bool = False) -> tuple[int, ...]:
    """Return the width of each column in hundredths: as the table requests, or as its texts need.

    No column is narrower than its longest word. The rest of a line is distributed in small steps. Each step goes to the
    column that makes the table shortest; among equal ones, to the column with most text.
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
    """Return the height of a table in lines after one column is widened by a step; `heights` are those of its cells
    now.
    """
    wider = [_lines(length, widths[place] + _STEP - _PADDING) for length in lengths[place]]
    return sum(map(max, *(wider if each == place else column for each, column in enumerate(heights)), repeat(1)))


def may_break(row: Sequence[Cell], shares: Sequence[int], *, is_large: bool) -> bool:
    """Return whether a row may break across pages: it is so high that it would otherwise leave a page empty.

    `shares` are the hundredths of the width that its columns take.
    """
    widths = (max(1, _line(is_large=is_large) * share // 100 - _PADDING) for share in shares)
    return any(_lines(_count_letters(cell.runs), width) > _HIGH for cell, width in zip(row, widths, strict=False))


def _line(*, is_large: bool) -> int:
    """Return the number of letters on a line of A4."""
    return int(LINE * body(is_large=False) / body(is_large=is_large))


def is_written(row: Iterable[Cell]) -> bool:
    """Return whether users write into a row, also by hand, so that it needs the height of a line."""
    return any(cell.control is not None and cell.control.type is ControlType.LINE for cell in row)


def lines_of(blocks: Iterable[Block]) -> int:
    """Estimate the number of lines of blocks: at least one per cell, option and list entry."""
    return sum(map(_lines_of, blocks))


def is_long(blocks: Iterable[Block]) -> bool:
    """Return whether a group takes more than half a page, so that keeping it together might leave as much empty."""
    return lines_of(blocks) > _HALF_PAGE


def _lines_of(block: Block) -> int:
    match block:
        case Heading() | Paragraph():
            return _lines(_count_letters(block.runs), LINE)
        case Listing():
            return sum(lines_of(item.blocks) for item in block.items)
        case Box():
            return lines_of(block.blocks)
        case Table():
            return sum(_lines(_count_letters(cell.runs), LINE) for row in (block.header, *block.rows) for cell in row)
        case QrCode():
            return max(_CODE, _lines(_count_letters(block.runs), ENTRY))
        case FormField():
            return 1 + block.control.lines + len(block.control.options)
        case _:
            return 1


def option_lines(options: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield the options of each line: short ones share a line and do not break, a long one is alone."""
    for is_short, group in groupby(options, lambda option: len(option) <= _SHORT_OPTION):
        if is_short:
            yield tuple(option.replace(" ", "\N{NO-BREAK SPACE}") for option in group)
        else:
            yield from ((option,) for option in group)


def _count_letters(runs: Runs) -> int:
    """Return the number of letters of a text."""
    return sum(len(run.text) for run in runs)


def _lines(length: float, width: int) -> int:
    """Return the number of lines of a text; at least one."""
    return max(1, -int(-length // width))


def _letters_of(cell: Cell) -> int:
    return _count_letters(cell.runs) or (_TICK if cell.control is not None else 0)


def _longest_word(cell: Cell) -> int:
    """Return the minimum width of a cell; a field needs little where there are many."""
    return max((len(word) for run in cell.runs for word in run.text.split()), default=_NARROW if cell.control else 0)


def _hundredths(widths: Sequence[float]) -> tuple[int, ...]:
    """Return shares that add up to 100: the remainder of rounding down goes to those that lost most."""
    whole = [100 * width / sum(widths) for width in widths]
    shares = [max(1, int(share)) for share in whole]
    for place in sorted(range(len(whole)), key=lambda place: shares[place] - whole[place])[: max(0, 100 - sum(shares))]:
        shares[place] += 1
    return tuple(shares)
