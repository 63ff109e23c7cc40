"""Prints worksheets: cases, comparison tasks, quizzes and exercises, each on its own page with room to write."""

from __future__ import annotations

from collections.abc import Iterator

from kb.documents.blocks import Block, Document, Look, PageBreak, Rule
from kb.i18n import N_
from kb.kinds.exercise.model import INVENTED
from kb.records.translation_status_words import state_words, worst_of
from kb.workshops.frozen.exercise import participants_passages
from kb.workshops.frozen.facts import EXERCISES, is_drafted
from kb.workshops.frozen.item import Frozen
from kb.workshops.handouts.frozen_record import section_heading
from kb.workshops.handouts.page_setup import Setting
from kb.workshops.handouts.timetable import in_programme
from kb.workshops.handouts.writing_lines import WritingRoom
from kb.workshops.model import Item, ItemKind

WORKSHEETS = N_("Worksheets")
_SHEETS = frozenset({ItemKind.CASE, ItemKind.WORKSHEET, ItemKind.COMPARISON, ItemKind.QUIZ})
_TASK_LINES = 5


def has_sheet(item: Item, text: Frozen | None) -> bool:
    """Return whether an item has a worksheet. `text` is its frozen text."""
    return item.kind in _SHEETS or (text is not None and text.kind == EXERCISES)


def worksheets(setting: Setting) -> Document:
    """Return the worksheets, without any content for trainers only."""
    return setting.document(WORKSHEETS, _blocks(setting))


def has_worksheets(setting: Setting) -> bool:
    """Return whether the workshop has any worksheet."""
    return any(has_sheet(item, setting.held(item).best(*setting.order)) for item in in_programme(setting))


def _blocks(setting: Setting) -> Iterator[Block]:
    number = 0
    for item in in_programme(setting):
        text = setting.held(item).best(*setting.order)
        if not has_sheet(item, text):
            continue
        number += 1
        if number > 1:
            yield PageBreak()
        title, language = setting.title_of(item)
        yield setting.heading(title, 2, language)
        room = WritingRoom(
            f"w{number}",
            setting.say(N_("Your notes")),
            is_quiz=item.kind == ItemKind.QUIZ,
            is_large=setting.is_large,
        )
        if text is not None and text.kind == EXERCISES:
            yield from setting.words(item.text)
            yield from _exercise(setting, text, room, setting.paragraph(title, Look.SMALL, language))
        else:
            # A horizontal rule in a case separates what is handed out now from what is handed out later.
            written = room.blocks(setting.words(item.text))
            is_case = item.kind == ItemKind.CASE
            yield from (PageBreak() if is_case and isinstance(block, Rule) else block for block in written)
    if not number:
        yield setting.paragraph(setting.say(N_("This workshop has no worksheets.")), Look.SMALL)


def _exercise(setting: Setting, text: Frozen, room: WritingRoom, head: Block) -> Iterator[Block]:
    """Yield the story dose by dose, each with its task, on a separate sheet that is handed out in turn."""
    found = list(participants_passages(text))
    yield setting.paragraph(setting.say(INVENTED), Look.SMALL)
    if found:
        worst = worst_of(passage for passage, _is_task in found)
        yield setting.paragraph(state_words(worst, is_drafted=is_drafted(text), speech=setting.speech), Look.SMALL)
    has_task = False
    for passage, is_task in found:
        if has_task and not is_task:
            yield PageBreak()
            yield head
        has_task = has_task or is_task
        yield section_heading(setting, passage)
        yield from setting.prose(passage.body, passage.language, level=4)
        if is_task:
            yield room.area(_TASK_LINES)
