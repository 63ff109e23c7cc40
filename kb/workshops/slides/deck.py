"""Builds the slides of a workshop, in its one or two languages: title, programme, and each slot with its items.

Long texts continue on further slides. A slide says so if its text is shortened.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kb.documents.blocks import Block, Cell, Listing, ListItem, Look, Paragraph, QrCode, Run, Table
from kb.documents.slide_blocks import Deck, Side, Slide, SlideKind
from kb.i18n import N_
from kb.kinds.exercise.work_methods import WorkMethod
from kb.speech import Speech
from kb.workshops.frozen.item import Held
from kb.workshops.model import Item as WorkshopItem
from kb.workshops.model import ItemKind, Slot, Workshop
from kb.workshops.plan.dates import date_words
from kb.workshops.plan.method_words import duration, how
from kb.workshops.plan.timetable import Day, Placed, programme
from kb.workshops.plan.trainer_texts import as_list, best, title_of
from kb.workshops.slides.record_slides import Telling, record_slides
from kb.workshops.slides.slide_layout import continued, in_step, on_one, prose, words
from kb.workshops.slides.trainer_slides import piece_slides

_NOTHING = Held({})


@dataclass(frozen=True)
class Address:
    """The web address for participants: the short link, and the same as typed text, split into lines."""

    link: str
    typed: tuple[str, ...]


def deck(
    workshop: Workshop,
    held: Mapping[str, Held],
    telling: Telling,
    *,
    address: Address | None = None,
    deck_words: Mapping[str, str],
) -> Deck:
    """Return all slides. `held` is the frozen content of items by id; a private workshop has no `address`."""
    planned = programme(workshop.slots, workshop.starts, workshop.ends)
    slots = {slot.id: slot for slot in workshop.slots}
    slides = [*_title(workshop, telling), *_aims(workshop, telling)]
    for day in planned.days:
        slides += _day(workshop, day, slots, telling, is_only=len(planned.days) == 1)
        for placed in day.slots:
            slot = slots[placed.slot_id]
            if slot.method == WorkMethod.BREAK:
                told = [_pause(slot, placed, telling)]
            else:
                told = _slot(workshop, slot, held, telling, len(slides) + 1)
            slides += [replace(slide, slot_id=slot.id, moment=moment(placed)) for slide in told]
    if address is not None:
        slides.append(_end(workshop, address, telling))
    title = best(workshop.title, workshop.languages)
    return Deck(title, tuple(telling.languages), tuple(slides), deck_words)


def moment(placed: Placed) -> str:
    """Return the time span of a slot: 09:20 – 10:15."""
    return " – ".join(placed.clock)


def _title(workshop: Workshop, telling: Telling) -> list[Slide]:
    sides = []
    for code in _codes(workshop.title, telling):
        where = ", ".join(filter(None, (date_words(workshop, 1, telling.speech(code)), workshop.place)))
        audience = workshop.audience.get(code, "")
        sides.append(
            Side(
                code,
                best(workshop.title, (code, *workshop.languages)),
                tuple(words(text) for text in (audience, where) if text),
            )
        )
    return continued(SlideKind.TITLE, sides)


def _aims(workshop: Workshop, telling: Telling) -> list[Slide]:
    codes = [code for code in telling.languages if workshop.aims.get(code)]
    sides = [Side(code, telling.speech(code).say(N_("Aims")), prose(as_list(workshop.aims[code]))) for code in codes]
    return continued(SlideKind.TEXT, sides) if sides else []


def _day(workshop: Workshop, day: Day, slots: Mapping[str, Slot], telling: Telling, *, is_only: bool) -> list[Slide]:
    """Return the programme of a day. Two languages are shown side by side, row by row, without the work methods."""
    codes = _codes(workshop.title, telling)
    sides = []
    for code in codes:
        speech = telling.speech(code)
        name = speech.say(N_("Programme")) if is_only else speech.say(N_("Day %(number)s"), number=day.number)
        sides.append(Side(code, name, kicker="" if is_only else date_words(workshop, day.number, speech)))
    tables = [_table(day, slots, telling.speech(code), has_how=len(codes) == 1) for code in codes]
    return in_step(SlideKind.DAY, sides, tables)


def _table(day: Day, slots: Mapping[str, Slot], speech: Speech, *, has_how: bool) -> Table:
    names = (N_("Time"), N_("Activity"), N_("Method"))
    rows = []
    for placed in day.slots:
        slot = slots[placed.slot_id]
        title = best(slot.title, [speech.code])
        texts = (placed.clock[0], title, how(slot.minutes, slot.method, speech))
        rows.append(tuple(Cell((Run(text),), is_header=place == 0) for place, text in enumerate(texts)))
    header = tuple(Cell((Run(speech.say(name)),), is_header=True) for name in names)
    if has_how:
        return Table(header, tuple(rows), widths=(3, 11, 7))
    return Table(header[:2], tuple(row[:2] for row in rows), widths=(1, 4))


def _pause(slot: Slot, placed: Placed, telling: Telling) -> Slide:
    """Return the slide shown during a break, with the time at which it ends."""
    sides = []
    for code in _codes(slot.title, telling):
        speech = telling.speech(code)
        back = speech.say(N_("We continue at %(time)s."), time=placed.clock[1])
        text = prose(slot.text.get(code, ""))
        title = best(slot.title, [code])
        sides.append(Side(code, title, (words(back, Look.LARGE), *text), kicker=duration(slot.minutes, speech)))
    more = telling.more(side.language for side in sides)
    return on_one(SlideKind.BREAK, sides, more)


def _slot(workshop: Workshop, slot: Slot, held: Mapping[str, Held], telling: Telling, number: int) -> list[Slide]:
    """Return the slides of a slot. `number` is the number of the first one."""
    items = workshop.in_slot(slot)
    codes = _codes(slot.title, telling, slot.text)
    slides = continued(SlideKind.SLOT, [_slot_side(slot, items, held, code, telling) for code in codes])
    for item in items:
        if item.kind == ItemKind.RECORD:
            slides += record_slides(item, held.get(item.id, _NOTHING), telling, number + len(slides))
        else:
            slides += piece_slides(item, telling)
    return slides


def _slot_side(
    slot: Slot, items: Sequence[WorkshopItem], held: Mapping[str, Held], code: str, telling: Telling
) -> Side:
    """Return the content of a slot's title slide: its text for participants, else the titles of its items."""
    blocks: tuple[Block, ...] = prose(slot.text.get(code, ""))
    if not blocks and len(items) > 1:
        names = (title_of(item, lambda each: held.get(each.id, _NOTHING), [code])[0] for item in items)
        blocks = (Listing(tuple(ListItem((words(name),)) for name in names)),)
    kicker = how(slot.minutes, slot.method, telling.speech(code))
    return Side(code, best(slot.title, [code]), blocks, kicker=kicker)


def _end(workshop: Workshop, address: Address, telling: Telling) -> Slide:
    """Return the last slide: the web address of all materials, as typed text and as one QR code."""
    sides = list[Side]()
    for code in _codes(workshop.title, telling):
        speech = telling.speech(code)
        text = words(speech.say(N_("Programme and materials, in your language where available:")))
        licence = words(speech.say(N_("Praxis texts: CC BY 4.0")), Look.SMALL)
        typed = Paragraph((Run("\n".join(address.typed), link=address.link),), Look.LARGE)
        seen = speech.say(N_("QR code with this address: %(address)s"), address="".join(address.typed))
        square = () if sides else (QrCode(address.link, (Run(seen),)),)
        sides.append(Side(code, speech.say(N_("Read more")), (text, typed, *square, licence)))
    return on_one(SlideKind.END, sides, telling.more(side.language for side in sides))


def _codes(texts: Mapping[str, str], telling: Telling, *more: Mapping[str, str]) -> list[str]:
    """Return the languages of the workshop with a text, else its first language."""
    said = [code for code in telling.languages if any(each.get(code) for each in (texts, *more))]
    return said or list(telling.languages[:1])
