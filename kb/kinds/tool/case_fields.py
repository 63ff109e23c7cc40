"""Renders case fields as form fields for officers, workers and victims, on paper or in downloaded files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.documents.blocks import (
    Block,
    Cell,
    ContentControl,
    ControlType,
    FieldRow,
    FormField,
    Look,
    Paragraph,
    Run,
    Runs,
    Table,
    plain,
)
from kb.i18n import N_
from kb.kinds.country.crime_groups import CRIME_GROUPS
from kb.kinds.tool.model import CaseField, FieldType, Need, Tool
from kb.records.record import Reading
from kb.speech import Speech

SEPARATOR = "|"
# Suffix of grid columns that take text; all other columns are ticked.
WRITTEN = "…"
LETTERS_PER_LINE, MOST_LINES = 80, 12
_DEFAULT_LINES = 3
# Maximum lengths of values that are always short.
_SHORT = {FieldType.TIME: 10, FieldType.NUMBER: 10, FieldType.PHONE: 20}
_FIXED: dict[FieldType, tuple[str, ...]] = {
    FieldType.YES_NO: (N_("Yes"), N_("No"), N_("Not known")),
    FieldType.YES_NO_DECLINE: (N_("Yes"), N_("No"), N_("Prefers not to say")),
    FieldType.NEED: (N_("No need"), N_("Some need"), N_("High need"), N_("Urgent")),
}
_TYPES: dict[FieldType, ControlType] = {
    FieldType.LONG: ControlType.AREA,
    FieldType.DATE: ControlType.DATE,
    FieldType.DATE_TIME: ControlType.DATE,
    FieldType.ONE: ControlType.CHOICE,
    FieldType.MANY: ControlType.CHOICES,
    FieldType.YES_NO: ControlType.CHOICE,
    FieldType.YES_NO_DECLINE: ControlType.CHOICE,
    FieldType.NEED: ControlType.CHOICE,
    FieldType.SIGNATURE: ControlType.SIGNATURE,
    FieldType.CRIME: ControlType.CHOICE,
}
_WHOLE_ROW = 100  # hundredths of the width of a form


def options_of(text: str) -> tuple[str, ...]:
    """Split a text of options into its entries."""
    return tuple(part.strip() for part in text.split(SEPARATOR) if part.strip())


def in_rows(blocks: Iterable[tuple[CaseField, Block]]) -> Iterator[Block]:
    """Yield blocks with the fields that have a width side by side, in rows that are full or end before other blocks."""
    row: list[FormField] = []
    widths: list[int] = []
    for field, block in blocks:
        width = int(field.width or 0)
        is_beside = bool(width) and isinstance(block, FormField)
        if row and (not is_beside or sum(widths) + width > _WHOLE_ROW):
            yield FieldRow(tuple(row), tuple(widths))
            row, widths = [], []
        if is_beside and isinstance(block, FormField):
            row.append(block)
            widths.append(width)
        else:
            yield block
    if row:
        yield FieldRow(tuple(row), tuple(widths))


def field_blocks(
    field: CaseField, tool: Reading[Tool], speech: Speech, filled: Runs, crimes: Iterable[str] = CRIME_GROUPS
) -> Iterator[Block]:
    """Yield the blocks that are printed for a case field.

    `filled` is its label with blanks filled in. `crimes` are the groups of crimes that the file is about.
    """
    label = plain(filled)
    # Papers are short: nothing in them refers to a field by its number.
    number = "" if tool.record.papers else _number(field)
    hint = tool.text(f"fields.{field.id}.hint")
    if field.type is FieldType.SHOW:
        yield Paragraph(filled)
        return
    if field.type is FieldType.GRID:
        yield _grid(field, tool, f"{number} {label}".strip())
        if hint:
            yield Paragraph((Run(hint),), Look.SMALL)
        return
    length = int(field.length or 0)
    lines = min(MOST_LINES, -(-length // LETTERS_PER_LINE) or _DEFAULT_LINES) if field.type is FieldType.LONG else 1
    control = ContentControl(
        name=field.id,
        type=_TYPES.get(field.type, ControlType.LINE),
        label=label,
        options=_options(field, tool, speech, crimes),
        lines=lines,
        limit=length or _SHORT.get(field.type, 0),
        is_required=field.need is Need.REQUIRED,
    )
    yield FormField(filled, control, (Run(hint),) if hint else (), number)


def _options(field: CaseField, tool: Reading, speech: Speech, crimes: Iterable[str]) -> tuple[str, ...]:
    if field.type is FieldType.CRIME:
        return tuple(speech.say(CRIME_GROUPS[each]) for each in crimes)
    fixed = tuple(map(speech.say, _FIXED.get(field.type, ())))
    return fixed or options_of(tool.text(f"fields.{field.id}.options"))


def _number(field: CaseField) -> str:
    """Return the printed number of a field; a suffix after a hyphen marks variants, and only one variant is printed."""
    return field.id.split("-")[0].upper()


def _grid(field: CaseField, tool: Reading, label: str) -> Table:
    """Return a table of rows and columns with the label in the first cell.

    The accessible name of each cell consists of this label, its row and its column.
    """
    columns = options_of(tool.text(f"fields.{field.id}.options"))
    rows = options_of(tool.text(f"fields.{field.id}.rows"))
    header = (Cell((Run(label),), is_header=True), *(Cell((Run(_name(column)),), is_header=True) for column in columns))
    body = tuple(
        (
            Cell((Run(row),), is_header=True),
            *(_cell(field, f"{label}. {row}", line, column, place) for place, column in enumerate(columns)),
        )
        for line, row in enumerate(rows)
    )
    return Table(header, body)


def _cell(field: CaseField, row: str, line: int, column: str, place: int) -> Cell:
    kind = ControlType.LINE if column.endswith(WRITTEN) else ControlType.CHECK
    return Cell((), control=ContentControl(f"{field.id}-{line + 1}-{place + 1}", kind, f"{row}: {_name(column)}"))


def _name(column: str) -> str:
    return column.removesuffix(WRITTEN).strip()
