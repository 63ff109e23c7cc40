"""Page layout for paper: fields next to their labels, column widths of tables, estimated numbers of lines.

Widths are measured in letters, because only the PDF writer knows the real widths.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby, repeat

from kb.documents.blocks import (
    Block,
    Box,
    Cards,
    Cell,
    ContentControl,
    ControlType,
    FieldRow,
    FormField,
    Heading,
    Listing,
    Mark,
    Paragraph,
    Pictured,
    QrCode,
    Run,
    Runs,
    Strips,
    Table,
)
from kb.documents.print_sizes import LINE

# Letters of 12 points per line: of a label next to its field, and of that field.
LABEL, ENTRY = 36, 42
# Shares of the width that labels and the fields next to them take.
LABEL_SHARE, ENTRY_SHARE = 46, 54
# The width of a line to write on in the middle of a text, and of an underscore by the size of letters in points.
WRITTEN_MM, SIGN_MM = 45, 0.1962
ROW_LINE_MM, SIGNATURE_MM = 7, 16  # a line to write on in a row of fields, and the room of a signature
_LABEL_MM = 0.36  # the height of a label above its entry, by the size of letters in points
_SMALLER = 0.85  # hints, measured in letters of 12 points
_TICK = 6  # letters that a check box takes with the space around it
_NARROW, _WRITTEN = 3, 12
_LINE_LETTERS = 24  # of a line to write on
_SHORT_OPTION = 30
_PADDING, _LONGEST_WORD, _STEP = 3, 22, 3
_HIGH = 7  # lines; a higher row may break across pages
_HALF_PAGE = 22  # lines
_SIGNED_TOGETHER = 15  # fields: of five partners, with name and date; they fill two thirds of a page
_CODE = 7  # height of a QR code, and of a drawing, in lines
_STRIPS, _WHOLE_PAGE = 10, 45  # height of strips to tear off, and of a sheet of cards, in lines
# A drawing takes this share of the width, at most so many millimetres.
_DRAWN, _DRAWN_MM = 0.3, 45


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


@dataclass(frozen=True)
class FieldGrid:
    """Consecutive rows of fields, which are printed as one table."""

    rows: tuple[FieldRow, ...]

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """The widths of its columns in hundredths: a column ends wherever a field of any row ends."""
        ends = sorted({end for row in self.rows for end in _ends(row)})
        return tuple(end - start for start, end in zip((0, *ends), ends, strict=False))

    def spans(self, row: FieldRow) -> tuple[int, ...]:
        """Return for each field of a row the number of columns that it takes."""
        ends = list(accumulate(self.columns))
        places = [ends.index(end) + 1 for end in _ends(row)]
        return tuple(place - before for before, place in zip((0, *places), places, strict=False))


def _ends(row: FieldRow) -> tuple[int, ...]:
    """Return where each field of a row ends, in hundredths of the width."""
    widths = row.widths if len(row.widths) == len(row.fields) else (1,) * len(row.fields)
    return tuple(accumulate(_hundredths(widths)))


def grouped(blocks: Iterable[Block]) -> Iterator[Block | tuple[FormField, ...] | FieldGrid]:
    """Yield blocks; consecutive fields next to their labels come as one tuple, consecutive rows of fields as a grid."""
    for kind, group in groupby(blocks, _group):
        if kind is FormField:
            yield tuple(block for block in group if isinstance(block, FormField))
        elif kind is FieldRow:
            yield FieldGrid(tuple(block for block in group if isinstance(block, FieldRow) and block.fields))
        else:
            yield from group


def _group(block: Block) -> type | None:
    """Return the type of blocks that are printed together with those of the same type beside them."""
    if isinstance(block, FieldRow) or (isinstance(block, FormField) and stands_beside(block)):
        return type(block)
    return None


def are_signed_together(fields: Sequence[FormField]) -> bool:
    """Return whether fields are the signatures of several partners, which stay on one page if it has room for them."""
    signatures = sum(field.control.type is ControlType.SIGNATURE for field in fields)
    return signatures > 1 and len(fields) <= _SIGNED_TOGETHER


def column_shares(table: Table, line: int = LINE) -> tuple[int, ...]:
    """Return the width of each column in hundredths: as the table requests, or as its texts need.

    `line` is the number of letters on a line of the whole table, as `PrintSizes.table_letters` says.

    No column is narrower than its longest word. The rest of a line is distributed in small steps. Each step goes to the
    column that makes the table shortest; among equal ones, to a column whose text still needs it, then to the one with
    most text. Where there are too many columns to write in, these are narrower.
    """
    rows = (table.header, *table.rows)
    count = max((len(row) for row in rows), default=0)
    if len(table.widths) == count:
        return _hundredths(table.widths)
    columns = [[row[place] if place < len(row) else Cell(()) for row in rows] for place in range(count)]
    lengths = [list(map(_letters_of, column)) for column in columns]
    widths = [_least_width(column, _WRITTEN) for column in columns]
    if sum(widths) > line:
        widths = [_least_width(column, _NARROW) for column in columns]
    whole = [max(width, _PADDING + max(column)) for width, column in zip(widths, lengths, strict=True)]
    if sum(whole) <= line:
        return _hundredths(whole)
    while sum(widths) + _STEP <= line:
        heights = [
            [_lines(length, width - _PADDING) for length in column]
            for column, width in zip(lengths, widths, strict=True)
        ]
        needs = [max(length) > width - _PADDING for length, width in zip(lengths, widths, strict=True)]
        best = min(
            range(count),
            key=lambda place: (_height(heights, place, lengths, widths), not needs[place], -sum(lengths[place])),
        )
        widths[best] += _STEP
    return _hundredths(widths)


def _least_width(column: Sequence[Cell], written: int) -> int:
    """Return the least width of a column: its longest word, or `written` letters for a place to write in."""
    return _PADDING + min(_LONGEST_WORD, max(_longest_word(cell, written) for cell in column))


def _height(heights: list[list[int]], place: int, lengths: list[list[int]], widths: list[int]) -> int:
    """Return the height of a table in lines after one column is widened by a step; `heights` are those of its cells
    now.
    """
    wider = [_lines(length, widths[place] + _STEP - _PADDING) for length in lengths[place]]
    return sum(map(max, *(wider if each == place else column for each, column in enumerate(heights)), repeat(1)))


def may_break(row: Sequence[Cell], shares: Sequence[int], letters: int = LINE) -> bool:
    """Return whether a row may break across pages: it is so high that it would otherwise leave a page empty.

    `shares` are the hundredths of the width that its columns take. `letters` is the number of letters on a line.
    """
    widths = (max(1, letters * share // 100 - _PADDING) for share in shares)
    return any(_lines(_count_letters(cell.runs), width) > _HIGH for cell, width in zip(row, widths, strict=False))


def is_written(row: Iterable[Cell]) -> bool:
    """Return whether users write into a row, also by hand, so that it needs the height of a line."""
    return any(cell.control is not None and cell.control.type is ControlType.LINE for cell in row)


def lines_of(blocks: Iterable[Block]) -> int:
    """Estimate the number of lines of blocks: at least one per cell, option and list entry."""
    return sum(map(_lines_of, blocks))


def is_long(blocks: Iterable[Block], room: float = 1) -> bool:
    """Return whether a group takes more than half a page, so that keeping it together might leave as much empty.

    `room` is how much text a page holds, as `PrintSizes.room` says.
    """
    return lines_of(blocks) > _HALF_PAGE * room


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
        case FieldRow():
            return max((1 + _entry_lines(field, share) for field, share in _shared(block)), default=0)
        case Pictured():
            return max(_CODE, lines_of(block.blocks))
        case Cards():
            return _WHOLE_PAGE
        case Strips():
            return _STRIPS
        case _:
            return 1


def _shared(row: FieldRow) -> Iterator[tuple[FormField, int]]:
    """Yield the fields of a row, each with the letters on its line."""
    ends = _ends(row)
    for field, start, end in zip(row.fields, (0, *ends), ends, strict=False):
        yield field, max(1, LINE * (end - start) // 100)


def _entry_lines(field: FormField, letters: int) -> int:
    options = field.control.options
    if field.is_listed:
        return len(options)
    return _lines(sum(len(option) + _TICK for option in options), letters) if options else field.control.lines


def leads(block: object, following: object) -> bool:
    """Return whether a paragraph stays on the page of what follows: it ends with a colon, or a table comes next."""
    if not isinstance(block, Paragraph) or following is None:
        return False
    words = "".join(run.text for run in block.runs if Mark.LINE not in run.marks).rstrip()
    ends = block.runs[-1] if block.runs else None
    has_line_last = ends is not None and Mark.LINE in ends.marks
    return isinstance(following, Table) or (words.endswith(":") and not has_line_last)


def written_line(runs: Runs) -> Run | None:
    """Return the line to write on that stands alone in a paragraph, and so takes its whole width, if there is one."""
    said = [run for run in runs if run.text.strip()]
    return said[0] if len(said) == 1 and Mark.LINE in said[0].marks else None


def drawing_mm(width: float) -> int:
    """Return the width of a drawing beside blocks; `width` is that of both. All in millimetres."""
    return round(min(_DRAWN * width, _DRAWN_MM))


def option_lines(options: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield the options of each line: short ones share a line and do not break, a long one is alone."""
    for is_short, group in groupby(options, lambda option: len(option) <= _SHORT_OPTION):
        if is_short:
            yield tuple(map(unbroken, group))
        else:
            yield from ((option,) for option in group)


def row_lines(field: FormField) -> Iterator[tuple[str, ...]]:
    """Yield the options of each line of a field in a row: one after another, or below each other if they are listed."""
    options = tuple(option if len(option) > _SHORT_OPTION else unbroken(option) for option in field.control.options)
    if field.is_listed:
        yield from ((option,) for option in options)
    elif options:
        yield options


def row_mm(control: ContentControl, points: float) -> float:
    """Return the least height of a field in a row in millimetres; options and ticks are as high as their text."""
    if control.options or control.type is ControlType.CHECK:
        return 0
    entry = SIGNATURE_MM if control.type is ControlType.SIGNATURE else ROW_LINE_MM * control.lines
    return round(points * _LABEL_MM + entry, 1)


def unbroken(option: str) -> str:
    """Return a short option that is never broken across lines."""
    return option.replace(" ", "\N{NO-BREAK SPACE}")


def _count_letters(runs: Runs) -> int:
    """Return the number of letters of a text. The label of a line to write on is not printed."""
    return sum(_LINE_LETTERS if Mark.LINE in run.marks else len(run.text) for run in runs)


def _lines(length: float, width: int) -> int:
    """Return the number of lines of a text; at least one."""
    return max(1, -int(-length // width))


def _letters_of(cell: Cell) -> int:
    return _count_letters(cell.runs) or _entry_letters(cell, _TICK, _LINE_LETTERS)


def _entry_letters(cell: Cell, ticked: int, written: int) -> int:
    """Return the letters that the entry of a cell takes: a box to tick, or a place to write in."""
    if cell.control is None:
        return 0
    return written if cell.control.type is ControlType.LINE else ticked


def _longest_word(cell: Cell, written: int) -> int:
    """Return the minimum width of a cell; a field needs little where there are many."""
    printed = (run.text for run in cell.runs if Mark.LINE not in run.marks)
    return max((len(word) for text in printed for word in text.split()), default=_entry_letters(cell, _NARROW, written))


def _hundredths(widths: Sequence[float]) -> tuple[int, ...]:
    """Return shares that add up to 100: the remainder of rounding down goes to those that lost most."""
    whole = [100 * width / sum(widths) for width in widths]
    shares = [max(1, int(share)) for share in whole]
    for place in sorted(range(len(whole)), key=lambda place: shares[place] - whole[place])[: max(0, 100 - sum(shares))]:
        shares[place] += 1
    return tuple(shares)
