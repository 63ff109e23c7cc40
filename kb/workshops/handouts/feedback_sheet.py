"""Feedback on paper: the questions that participants are asked online, with room to answer, and no place for a name."""

from __future__ import annotations

from collections.abc import Iterator

from kb.documents.blocks import Block, ContentControl, ControlType, Document, FormField, Run
from kb.i18n import N_
from kb.workshops.feedback.answers import QUESTIONS, SCALE, AnswerType
from kb.workshops.handouts.page_setup import Setting

FEEDBACK = N_("Feedback")
_LINES, _LARGE_LINES = 5, 6


def feedback_sheet(setting: Setting) -> Document:
    """Return the sheet."""
    return setting.document(FEEDBACK, _blocks(setting))


def _blocks(setting: Setting) -> Iterator[Block]:
    yield setting.paragraph(setting.say(N_("Please write no name, neither yours nor that of anybody else.")))
    # Before the questions: below them it stood alone on a second page in large print.
    yield from setting.code(N_("You can answer online too, as long as feedback is open:"), setting.feedback)
    yield setting.paragraph(setting.say(N_("On the scale 1 is not at all, and 5 is entirely.")))
    lines = _LARGE_LINES if setting.is_large else _LINES
    for question in QUESTIONS:
        words = setting.say(question.words)
        if question.form is AnswerType.SCALE:
            control = ContentControl(question.id, ControlType.CHOICE, words, SCALE)
        else:
            control = ContentControl(question.id, ControlType.AREA, words, lines=lines)
        yield FormField((Run(words),), control)
