"""Builds presenter notes: the time plan with slide numbers, then the notes of each slot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from kb.documents.blocks import Block, Cell, Heading, Listing, ListItem, Look, Mark, Paragraph, Run, Table
from kb.documents.slide_blocks import Deck, Slide
from kb.i18n import N_
from kb.speech import Speech
from kb.workshops.model import Slot, Workshop
from kb.workshops.plan.dates import day_words
from kb.workshops.plan.method_words import how
from kb.workshops.plan.timetable import Day, Placed, programme
from kb.workshops.plan.trainer_texts import best
from kb.workshops.slides.deck import moment
from kb.workshops.slides.slide_layout import heading, prose, words

_LOWEST = 6


def notes(workshop: Workshop, deck: Deck, speech: Speech) -> tuple[Block, ...]:
    """Return the notes in one language of the workshop, falling back to the other one for missing texts."""
    planned = programme(workshop.slots, workshop.starts, workshop.ends)
    slots = {slot.id: slot for slot in workshop.slots}
    numbers = _numbers(deck)
    found = list[Block]()
    for day in planned.days:
        found += _plan(workshop, day, slots, numbers, speech, is_only=len(planned.days) == 1)
    found += [words(problem.text(speech.translate), Look.NOTICE) for problem in planned.warnings]
    for day in planned.days:
        for placed in day.slots:
            found += _slot(slots[placed.slot_id], placed, numbers.get(placed.slot_id, {}), speech)
    return tuple(found)


def _numbers(deck: Deck) -> dict[str, dict[int, Slide]]:
    """Return the slides of each slot by slide number."""
    found = dict[str, dict[int, Slide]]()
    for number, slide in enumerate(deck.slides, 1):
        if slide.slot_id:
            found.setdefault(slide.slot_id, {})[number] = slide
    return found


def _plan(
    workshop: Workshop,
    day: Day,
    slots: Mapping[str, Slot],
    numbers: Mapping[str, Mapping[int, Slide]],
    speech: Speech,
    *,
    is_only: bool,
) -> Iterator[Block]:
    name = speech.say(N_("Timetable"))
    if not is_only:
        name = f"{name}, {day_words(workshop, day.number, speech)}"
    yield heading(name, 2)
    named = [speech.say(each) for each in (N_("Time"), N_("Activity"), N_("Method"), N_("Slides"))]
    rows = []
    for placed in day.slots:
        slot = slots[placed.slot_id]
        texts = (
            moment(placed),
            best(slot.title, [speech.code]),
            how(slot.minutes, slot.method, speech),
            _span(numbers.get(slot.id, {})),
        )
        rows.append(tuple(Cell((Run(text),), is_header=place == 0) for place, text in enumerate(texts)))
    yield Table(tuple(Cell((Run(each),), is_header=True) for each in named), tuple(rows), widths=(3, 8, 4, 2))


def _slot(slot: Slot, placed: Placed, slides: Mapping[int, Slide], speech: Speech) -> Iterator[Block]:
    yield heading(f"{moment(placed)}  {best(slot.title, [speech.code])}", 2)
    yield words(how(slot.minutes, slot.method, speech), Look.SMALL)
    for name, texts in ((N_("Notes"), slot.trainer_notes), (N_("Materials"), slot.materials)):
        if text := best(texts, [speech.code]):
            yield heading(speech.say(name))
            yield from map(_deeper, prose(text))
    if slides:
        yield heading(speech.say(N_("Slides")))
    waiting = list[tuple[int, str]]()
    for number, slide in slides.items():
        title = slide.side(speech.code).title
        told = slide.notes.get(speech.code) or next(iter(slide.notes.values()), ())
        if not told:
            waiting.append((number, title))
            continue
        yield from _listed(waiting)
        waiting = []
        yield Paragraph((Run(f"{number}. {title}", frozenset({Mark.STRONG})),))
        yield from map(_deeper, told)
    yield from _listed(waiting)


def _listed(waiting: list[tuple[int, str]]) -> Iterator[Block]:
    """Yield consecutive slides without notes as one list."""
    if waiting:
        items = tuple(ListItem((words(title),)) for _number, title in waiting)
        yield Listing(items, is_numbered=True, start=waiting[0][0])


def _deeper(block: Block) -> Block:
    return replace(block, level=min(_LOWEST, block.level + 1)) if isinstance(block, Heading) else block


def _span(slides: Mapping[int, Slide]) -> str:
    """Return the range of consecutive slide numbers: 4–9."""
    return "–".join(dict.fromkeys(str(each) for each in (min(slides), max(slides)))) if slides else ""
