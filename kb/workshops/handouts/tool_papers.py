"""Prints each tool of a workshop once, its first paper, for no country, marked on every page as for training.

The document is made from the frozen text with the same conversion that serves all readers. If that text can no longer
be parsed, it is made from the current tool, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from pydantic import ValidationError

from kb.content_store.record_source import RecordSource
from kb.conversion.answers import ConversionAnswers
from kb.conversion.convert import ConversionSources, resolve
from kb.conversion.load import ADAPTATIONS, REGISTER, TOOLS
from kb.conversion.render import render
from kb.documents.blocks import Block, Box, Cards, ColumnBreak, Document, Look, PageSetup, Strips
from kb.errors import NotFound
from kb.i18n import N_
from kb.kinds.adaptation.model import ADAPTATION
from kb.kinds.register.model import Register
from kb.kinds.tool.model import TOOL, Tool
from kb.records.record import Bundle, Passage, Reading
from kb.records.segments import Section
from kb.workshops.frozen.item import Frozen
from kb.workshops.handouts.page_setup import Setting
from kb.workshops.handouts.timetable import in_programme

_SHAPES = {TOOLS: TOOL, ADAPTATIONS: ADAPTATION}
_TRAINING = N_("TRAINING")
_CARE = N_("For training only. Do not write anything about real people here.")


def is_tool(text: Frozen | None) -> bool:
    """Return whether a frozen record is a tool, or the adaptation of one."""
    return text is not None and text.kind in _SHAPES


def is_printed(setting: Setting, text: Frozen) -> bool:
    """Return whether a tool can be printed."""
    return _reading(setting, text) is not None


def tools_of(setting: Setting) -> Mapping[str, Frozen]:
    """Return the tools of the programme by document name, in programme order."""
    found: dict[str, Frozen] = {}
    for item in in_programme(setting):
        text = setting.held(item).best(*setting.order)
        if text is not None and is_tool(text) and is_printed(setting, text):
            found.setdefault(f"{text.kind.removesuffix('s')}-{text.id}", text)
    return found


def tool_paper(setting: Setting, text: Frozen) -> Document:
    """Return a frozen tool with all its blanks open. Raises `NotFound` if the tool no longer exists."""
    found = _reading(setting, text)
    if found is None or setting.shelf is None:
        raise NotFound(f"{text.kind}/{text.id}")
    reading, is_of_today = found
    registers = _registers(setting.shelf, reading.language)
    answers = ConversionAnswers(tool=reading.id, language=setting.speech.code)
    sources = ConversionSources.read(reading, registers, None, setting.speech)
    made = render(resolve(sources, answers, setting.today), link=setting.link)
    head = Box(tuple(_head(setting, text, reading, is_of_today=is_of_today)), Look.NOTICE)
    return replace(
        made,
        blocks=(head, *_on_plain_pages(made.blocks)),
        # A folded or cut sheet would have no room for the words that mark it as for training.
        page=PageSetup() if made.page.is_bare else made.page,
        stamp=setting.say(_TRAINING),
        is_form=False,  # it is printed: filled-in fields scroll on a screen
        is_large=setting.is_large,
    )


def _on_plain_pages(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks without what only a folded or cut sheet has; of equal cards one."""
    for block in blocks:
        if isinstance(block, Cards):
            yield from block.blocks
        elif not isinstance(block, ColumnBreak | Strips):
            yield block


def _head(setting: Setting, text: Frozen, reading: Reading[Tool], *, is_of_today: bool) -> Iterator[Block]:
    yield setting.paragraph(setting.say(_CARE))
    if is_of_today:
        words = N_("This is the current version of the tool, version %(number)s.")
        yield setting.paragraph(setting.say(words, number=reading.record.version))
    elif text.is_foreign:
        yield setting.paragraph(
            setting.say(N_("This text was imported from another Praxis site and has not been checked here."))
        )


def _reading(setting: Setting, text: Frozen) -> tuple[Reading[Tool], bool] | None:
    """Return the frozen tool as conversions read it, else the current one with a flag, else `None`."""
    if setting.shelf is None:
        return None
    try:
        return _thawed(text), False
    except (ValidationError, KeyError, TypeError, ValueError):
        if text.is_foreign:  # a tool with the same name here may be another one
            return None
    try:
        return setting.shelf.reading(text.kind, text.id, setting.speech.code), True
    except NotFound:
        return None


def _thawed(text: Frozen) -> Reading[Tool]:
    shape = _SHAPES[text.kind]
    passages = text.written()
    sections = tuple(_section(passages[name]) for name in text.values["body"])
    bundle = Bundle(shape, shape.model.model_validate(text.facts), sections)
    return Reading(bundle, text.language, passages)


def _section(passage: Passage) -> Section:
    return Section(passage.name, passage.heading or "", passage.body, 0, 0, 0, 0)


def _registers(shelf: RecordSource, language: str) -> list[Reading[Register]]:
    return [shelf.reading(REGISTER, each, language) for each in shelf.ids(REGISTER)]
