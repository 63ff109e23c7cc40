"""The attendance list: an empty table, to be filled in by hand. Names of participants are never stored anywhere."""

from __future__ import annotations

from collections.abc import Iterator

from kb.documents.blocks import Block, Cell, Document, PageBreak, Run, Table
from kb.i18n import N_
from kb.workshops.handouts.page_setup import Setting
from kb.workshops.plan.dates import day_words

ATTENDANCE = N_("Attendance list")
_COLUMNS = (N_("First and last name"), N_("Organisation"), N_("Signature"))
_CARE = N_(
    "This list is for paper alone: Praxis never stores it. Under data protection law the trainer is responsible for "
    "the paper: say what it is for, keep it locked away, and destroy it when it is no longer needed."
)
# As many as stand on two pages; below what is said first the first page has room for fewer.
_ROWS, _LARGE_ROWS = 33, 21
_ROW_MM, _LARGE_ROW_MM = 11, 16


def attendance(setting: Setting) -> Document:
    """Return the list, with a page for each day."""
    return setting.document(ATTENDANCE, _blocks(setting))


def _blocks(setting: Setting) -> Iterator[Block]:
    days = sorted({slot.day for slot in setting.workshop.slots}) or [1]
    for place, day in enumerate(days):
        if place:
            yield PageBreak()
        if len(days) > 1:
            yield setting.heading(day_words(setting.workshop, day, setting.speech))
        if place == 0:
            yield setting.paragraph(setting.say(_CARE))
            yield from setting.code()
        yield _table(setting)


def _table(setting: Setting) -> Table:
    empty = Cell(())
    rows = _LARGE_ROWS if setting.is_large else _ROWS
    return Table(
        tuple(Cell((Run(setting.say(name)),), is_header=True) for name in _COLUMNS),
        tuple(tuple(empty for _name in _COLUMNS) for _row in range(rows)),
        widths=(36, 34, 30),
        row_mm=_LARGE_ROW_MM if setting.is_large else _ROW_MM,
    )
