"""A workshop as one file, to be kept or opened elsewhere: all that is planned and frozen, and nothing of people.

Links, co-trainers and what participants said stay behind. Pictures are named and not carried: where the log of a house
has their bytes, they are shown there.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from kb.history.frozen_texts import contents
from kb.workshops.model import Item, Slot, Workshop

FORMAT, VERSION = "praxis-workshop", 1
OUTLINE = ("title", "audience", "aims", "language", "second_language", "held", "starts", "ends", "place", "large_print")
SLOT = ("day", "starts", "minutes", "method", "title", "text", "trainer_notes", "materials")
ITEM = ("kind", "record", "made_from", "title", "text", "answers")


def export(session: Session, workshop: Workshop, *, now: datetime) -> bytes:
    """Return the file of a workshop: JSON, compressed (gzip). The caller found it by `access.taught`.

    What was erased is left out.
    """
    names = {text.sha256 for item in workshop.items for text in item.texts}
    frozen = {sha256: row.content for sha256, row in contents(session, names).items() if row.content is not None}
    values = json.dumps(
        {
            "format": FORMAT,
            "version": VERSION,
            "made": now.isoformat(timespec="seconds"),
            **values_of(workshop),
            "frozen": dict(sorted(frozen.items())),
        },
        ensure_ascii=False,
    )
    # A profile of a country in five languages is 900 kB, and says much of it five times.
    return gzip.compress(values.encode(), mtime=0)


def values_of(workshop: Workshop) -> dict[str, Any]:
    """Return all that is planned, as plain values; frozen texts by their hash."""
    return {
        "workshop": _taken(workshop, OUTLINE),
        "slots": [_slot(workshop, slot) for slot in workshop.slots],
        "basket": [_item(item) for item in workshop.basket],
    }


def _slot(workshop: Workshop, slot: Slot) -> dict[str, Any]:
    return {**_taken(slot, SLOT), "items": [_item(item) for item in workshop.in_slot(slot)]}


def _item(item: Item) -> dict[str, Any]:
    return {
        **_taken(item, ITEM),
        "frozen": item.frozen.isoformat() if item.frozen else None,
        "texts": {text.language: text.sha256 for text in item.texts},
    }


def _taken(row: object, names: tuple[str, ...]) -> Mapping[str, Any]:
    return {name: getattr(row, name) for name in names}
