"""Prints the programme: for participants, and for trainers with their notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.documents.blocks import Block, Cell, Document, Listing, Look, Mark, Run, Runs, Table
from kb.documents.blocks import ListItem as Entry
from kb.i18n import N_
from kb.kinds.exercise.work_methods import WorkMethod
from kb.records.markdown import to_plain
from kb.workshops.handouts.page_setup import Setting
from kb.workshops.model import Item, Slot
from kb.workshops.plan.dates import day_words
from kb.workshops.plan.method_words import how
from kb.workshops.plan.timetable import programme
from kb.workshops.plan.trainer_texts import aims_of

PROGRAMME = N_("Programme")
_STRONG = frozenset({Mark.STRONG})


@dataclass(frozen=True)
class TimedSlot:
    """A slot with its start and end times."""

    slot: Slot
    begins: str
    ends: str


def timed(setting: Setting) -> Iterator[tuple[str, tuple[TimedSlot, ...]]]:
    """Yield each day with its heading and its slots."""
    workshop = setting.workshop
    order = sorted(workshop.slots, key=lambda slot: slot.position)
    slots = {slot.id: slot for slot in order}
    planned = programme(order, workshop.starts, workshop.ends)
    for day in planned.days:
        placed = tuple(TimedSlot(slots[each.slot_id], *each.clock) for each in day.slots)
        is_only = len(planned.days) == 1
        yield setting.say(PROGRAMME) if is_only else day_words(workshop, day.number, setting.speech), placed


def in_programme(setting: Setting) -> list[Item]:
    """Return the items for participants in programme order. Items in the basket are left out."""
    slots = sorted(setting.workshop.slots, key=lambda slot: slot.position)
    return [item for slot in slots for item in setting.workshop.in_slot(slot)]


def entries(setting: Setting, names: Iterable[tuple[str, str]]) -> Listing:
    """Return names, each with its language, as a list."""
    return Listing(tuple(Entry((setting.paragraph(name, language=language),)) for name, language in names))


def programme_paper(setting: Setting) -> Document:
    """Return the programme for participants."""
    return setting.document(PROGRAMME, _blocks(setting))


def _blocks(setting: Setting) -> Iterator[Block]:
    workshop = setting.workshop
    yield from setting.words(workshop.audience)
    if aims := setting.words(aims_of(workshop.aims)):
        yield setting.heading(setting.say(N_("Aims")))
        yield from aims
    yield from programme_blocks(setting, with_items=True)


def programme_blocks(setting: Setting, *, with_items: bool) -> Iterator[Block]:
    """Yield a table for each day: time, title, method. With `with_items`, also list the items of each slot."""
    header = (N_("Time"), N_("Activity"), N_("Duration and method"))
    for title, slots in timed(setting):
        yield setting.heading(title)
        yield Table(
            tuple(Cell((Run(setting.say(each)),), is_header=True) for each in header),
            tuple(_row(setting, each, with_items=with_items) for each in slots),
            widths=(18, 56, 26) if not setting.is_large else (17, 60, 23),
        )
    if not setting.workshop.slots:
        yield setting.paragraph(setting.say(N_("No programme yet.")), Look.SMALL)


def _row(setting: Setting, placed: TimedSlot, *, with_items: bool) -> tuple[Cell, ...]:
    slot = placed.slot
    words = how(slot.minutes, slot.method, setting.speech)
    time = f"{placed.begins}–{placed.ends}"
    return Cell((Run(time),), is_header=True), Cell(_what(setting, slot, with_items=with_items)), Cell((Run(words),))


def _what(setting: Setting, slot: Slot, *, with_items: bool) -> Runs:
    title, language = setting.said(slot.title)
    marks = frozenset[Mark]() if slot.method == WorkMethod.BREAK else _STRONG
    runs = [Run(title, marks, language=setting.run("", language).language)]
    text, language = setting.said(slot.text)
    if text:
        runs.append(setting.run(f"\n{to_plain(text)}", language))
    for item in setting.workshop.in_slot(slot) if with_items else ():
        name, language = setting.title_of(item)
        runs += [Run("\n– "), setting.run(name, language)]
    return tuple(runs)
