"""Prints documents for trainers only: the programme with notes and materials, and the answers to the sheets."""

from __future__ import annotations

from collections.abc import Iterator

from kb.documents.blocks import Block, Document, Look, Mark, PageBreak, Paragraph, Run
from kb.i18n import N_
from kb.workshops.frozen.exercise import trainers_passages
from kb.workshops.frozen.facts import EXERCISES
from kb.workshops.handouts.frozen_record import cited_numbers, section_heading, source_blocks
from kb.workshops.handouts.page_setup import Setting
from kb.workshops.handouts.timetable import TimedSlot, entries, in_programme, timed
from kb.workshops.model import Item
from kb.workshops.plan.method_words import how

FOR_TRAINERS = N_("For trainers: notes and answers")


def for_trainers(setting: Setting) -> Document:
    """Return the document for trainers only."""
    return setting.document(FOR_TRAINERS, _blocks(setting))


def _blocks(setting: Setting) -> Iterator[Block]:
    for title, slots in timed(setting):
        yield setting.heading(title)
        for placed in slots:
            yield from _slot(setting, placed)
    answered = [(item, blocks) for item in in_programme(setting) if (blocks := tuple(_answers(setting, item)))]
    for place, (item, blocks) in enumerate(answered):
        title, language = setting.title_of(item)
        if place == 0:
            yield PageBreak()
            yield setting.heading(setting.say(N_("Answers")))
        yield setting.heading(title, 3, language)
        yield from blocks


def _slot(setting: Setting, placed: TimedSlot) -> Iterator[Block]:
    slot = placed.slot
    title, language = setting.said(slot.title)
    yield setting.heading(f"{placed.begins}–{placed.ends} {title}", 3, language)
    yield setting.paragraph(how(slot.minutes, slot.method, setting.speech), Look.SMALL)
    yield from setting.words(slot.text, level=4)
    for name, texts in ((N_("Materials"), slot.materials), (N_("Notes"), slot.trainer_notes)):
        if blocks := setting.words(texts, level=4):
            yield Paragraph((Run(setting.say(name), frozenset({Mark.STRONG})),))
            yield from blocks
    if names := [setting.title_of(item) for item in setting.workshop.in_slot(slot)]:
        yield Paragraph((Run(setting.say(N_("Items in this session")), frozenset({Mark.STRONG})),))
        yield entries(setting, names)


def _answers(setting: Setting, item: Item) -> Iterator[Block]:
    """Yield the trainer's part of a sheet: the answers of the item, or those of the exercise record."""
    yield from setting.words(item.answers, level=4)
    text = setting.held(item).best(*setting.order)
    if text is not None and text.kind == EXERCISES:
        passages = list(trainers_passages(text))
        numbers = cited_numbers(text, passages)
        for passage in passages:
            yield section_heading(setting, passage, 4)
            yield from setting.prose(passage.body, passage.language, numbers=numbers, level=5)
        yield from source_blocks(setting, text, numbers, 4)
