"""Serializes a workshop to plain values, for its export file and for the export of personal data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.workshops.model import Item, Slot, Workshop

OUTLINE = ("title", "audience", "aims", "language", "second_language", "held", "starts", "ends", "place", "large_print")
SLOT = ("day", "starts", "minutes", "method", "title", "text", "trainer_notes", "materials")
ITEM = ("kind", "record", "made_from", "title", "text", "answers")


def plain_values(workshop: Workshop) -> dict[str, Any]:
    """Return the whole plan as plain values, with frozen texts by their hash."""
    return {
        "workshop": _attributes(workshop, OUTLINE),
        "slots": [_slot_values(workshop, slot) for slot in workshop.slots],
        "basket": [_item_values(item) for item in workshop.basket],
    }


def _slot_values(workshop: Workshop, slot: Slot) -> dict[str, Any]:
    return {**_attributes(slot, SLOT), "items": [_item_values(item) for item in workshop.in_slot(slot)]}


def _item_values(item: Item) -> dict[str, Any]:
    return {
        **_attributes(item, ITEM),
        "frozen": item.frozen.isoformat() if item.frozen else None,
        "texts": {text.language: text.sha256 for text in item.texts},
    }


def _attributes(row: object, names: tuple[str, ...]) -> Mapping[str, Any]:
    return {name: getattr(row, name) for name in names}
