"""Finds texts missing in one of a workshop's languages: number of slots and items, and a link to the first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import url_for

from kb.web.http import i18n
from kb.web.parts.workshop_words import LocalText
from kb.web.workshops.timetable import DayView, ItemView
from kb.workshops.model import Item, Slot, Texts, Workshop
from kb.workshops.plan.trainer_texts import missing_in

_SLOT = ("title", "text", "trainer_notes", "materials")
_ITEM = ("title", "text", "answers")


@dataclass(frozen=True)
class Missing:
    """Missing texts in a language: their number in words, and the form of the first one."""

    language: str
    counts: str
    address: str
    first: LocalText


@dataclass(frozen=True)
class _Gap:
    is_slot: bool
    address: str
    title: LocalText


def missing_texts(workshop: Workshop, days: tuple[DayView, ...], basket: tuple[ItemView, ...]) -> tuple[Missing, ...]:
    """Return the missing texts for each language of a workshop, or none if it is complete."""
    found = ((code, list(_gaps(workshop, days, basket, code))) for code in workshop.languages)
    return tuple(_missing_in_words(code, gaps) for code, gaps in found if gaps)


def _missing_in_words(code: str, gaps: list[_Gap]) -> Missing:
    slots = sum(gap.is_slot for gap in gaps)
    items = len(gaps) - slots
    counts = [
        *([i18n.ngettext("%(count)s session", "%(count)s sessions", slots)] if slots else []),
        *([i18n.ngettext("%(count)s item", "%(count)s items", items)] if items else []),
    ]
    return Missing(i18n.language_name(code), i18n.listing(counts), gaps[0].address, gaps[0].title)


def _gaps(workshop: Workshop, days: tuple[DayView, ...], basket: tuple[ItemView, ...], code: str) -> Iterator[_Gap]:
    """Yield slots and items that lack a text in this language, in programme order, with the URL of its field."""
    for slot in (each for day in days for each in day.slots):
        if name := _first(slot.slot, _SLOT, code):
            place = url_for("workshop_slots.edit", workshop_id=workshop.id, slot_id=slot.id, _anchor=f"{name}.{code}")
            yield _Gap(is_slot=True, address=place, title=slot.title)
        yield from _items(workshop, slot.items, code)
    yield from _items(workshop, basket, code)


def _items(workshop: Workshop, items: tuple[ItemView, ...], code: str) -> Iterator[_Gap]:
    for item in items:
        if name := _first(item.item, _ITEM, code):
            place = url_for("workshop_items.edit", workshop_id=workshop.id, item_id=item.id, _anchor=f"{name}.{code}")
            yield _Gap(is_slot=False, address=place, title=item.title)


def _first(row: Slot | Item, names: tuple[str, ...], code: str) -> str:
    """Return the first of these texts that is missing in a language."""
    texts: Mapping[str, Texts] = {name: getattr(row, name) for name in names}
    return next((name for name, each in texts.items() if missing_in(code, each)), "")
