"""Sheets to fill in by hand: attendance list and feedback form. Names of participants are never stored."""

from __future__ import annotations

from collections.abc import Iterator

from kb.documents.blocks import Block, Cell, ContentControl, ControlType, Document, FormField, PageBreak, Run, Table
from kb.i18n import N_
from kb.workshops.feedback.answers import QUESTIONS, SCALE, AnswerType
from kb.workshops.handouts.page_setup import Setting
from kb.workshops.plan.dates import day_words

ATTENDANCE = N_("Attendance list")
_COLUMNS = (N_("First and last name"), N_("Organisation"), N_("Signature"))
_CARE = N_(
    "This list exists on paper only. Praxis never stores it. Under data protection law, the trainer is responsible "
    "for the list. Tell participants what the list is for, keep it locked away, and destroy it when it is no longer "
    "needed."
)
# Rows that fit on two pages. The first page has an introduction and therefore room for fewer.
_ROWS, _LARGE_ROWS = 33, 21
_ROW_MM, _LARGE_ROW_MM = 11, 16
FEEDBACK = N_("Feedback")
_LINES, _LARGE_LINES = 5, 6


def attendance_sheet(setting: Setting) -> Document:
    """Return the attendance list, with a page for each day."""
    return setting.document(ATTENDANCE, _attendance_blocks(setting))


def _attendance_blocks(setting: Setting) -> Iterator[Block]:
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


def feedback_sheet(setting: Setting) -> Document:
    """Return the feedback form: the questions of the online page, with room to answer and no place for a name."""
    return setting.document(FEEDBACK, _feedback_blocks(setting))


def _feedback_blocks(setting: Setting) -> Iterator[Block]:
    yield setting.paragraph(setting.say(N_("Please do not write any names, including your own.")))
    # Before the questions: after them it would be alone on a second page in large print.
    yield from setting.code(N_("You can also answer online while feedback is open:"), setting.feedback)
    yield setting.paragraph(setting.say(N_("On the scale, 1 means “not at all” and 5 means “completely”.")))
    lines = _LARGE_LINES if setting.is_large else _LINES
    for question in QUESTIONS:
        words = setting.say(question.words)
        if question.form is AnswerType.SCALE:
            control = ContentControl(question.id, ControlType.CHOICE, words, SCALE)
        else:
            control = ContentControl(question.id, ControlType.AREA, words, lines=lines)
        yield FormField((Run(words),), control)
