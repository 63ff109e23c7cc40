"""Builds the handout: the programme and the frozen content of all items."""

from __future__ import annotations

from collections.abc import Iterator

from kb.documents.blocks import Block, Document, Look
from kb.i18n import N_
from kb.workshops.handouts.frozen_record import record_blocks
from kb.workshops.handouts.page_setup import Setting
from kb.workshops.handouts.timetable import entries, in_programme, programme_blocks
from kb.workshops.handouts.worksheets import WORKSHEETS, has_sheet
from kb.workshops.model import Item, ItemKind
from kb.workshops.plan.trainer_texts import aims_of

HANDOUT = N_("Handout")
REMOVED = N_("The text of this item was removed on request.")


def handout(setting: Setting) -> Document:
    """Return the handout."""
    return setting.document(HANDOUT, _blocks(setting))


def _blocks(setting: Setting) -> Iterator[Block]:
    yield from setting.words(setting.workshop.audience)
    yield from setting.code()
    if aims := setting.words(aims_of(setting.workshop.aims)):
        yield setting.heading(setting.say(N_("Aims")))
        yield from aims
    yield from programme_blocks(setting, with_items=False)
    items = in_programme(setting)
    if any(item.kind == ItemKind.RECORD for item in items):
        words = N_("Texts from Praxis are shortened, and are shown as they were when the workshop was planned.")
        yield setting.paragraph(setting.say(words), Look.SMALL)
    sheets = [item for item in items if has_sheet(item, setting.held(item).best(*setting.order))]
    if sheets:
        yield setting.heading(setting.say(WORKSHEETS))
        yield entries(setting, (setting.title_of(item) for item in sheets))
    shown = set[object]()
    for item in items:
        if item not in sheets:
            yield from _item(setting, item, is_again=_same(item) in shown)
            shown.add(_same(item))


def _same(item: Item) -> object:
    """Return a key that is equal for items that show the same record frozen at the same time."""
    return frozenset(text.sha256 for text in item.texts) or item.id


def _item(setting: Setting, item: Item, *, is_again: bool) -> Iterator[Block]:
    """Yield an item. A record printed above is named again only if the trainer adds words of their own."""
    said = setting.words(item.text)
    if is_again and not said:
        return
    title, language = setting.title_of(item)
    yield setting.heading(title, 2, language)
    held = setting.held(item)
    yield from said
    if is_again:
        yield setting.paragraph(setting.say(N_("The text is printed above.")), Look.SMALL)
    if item.kind != ItemKind.RECORD or is_again:
        return
    text = held.best(*setting.order)
    if text is None:
        yield setting.paragraph(setting.say(REMOVED), Look.NOTICE)
        return
    if setting.speech.code in held.erased:
        words = N_("The text in %(language)s was removed on request.")
        language = setting.speech.language(setting.speech.code)
        yield setting.paragraph(setting.say(words, language=language), Look.NOTICE)
    yield from record_blocks(setting, item, text)
