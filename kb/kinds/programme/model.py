"""Data model of a programme template: the slots of half a day, one day or two, as the start of a workshop.

It has no page of its own: a trainer who plans a workshop chooses a template and then changes it freely.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import StringConstraints

from kb.kinds.exercise.model import Minutes
from kb.kinds.exercise.work_methods import WorkMethod
from kb.records.record import Facts, Record, RowId, Shape
from kb.records.segments import Words

Time = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Day = Annotated[str, StringConstraints(pattern=r"^[1-5]$")]
Named = Annotated[str, StringConstraints(pattern=r"^[a-z]+/[a-z0-9]+(-[a-z0-9]+)*$", max_length=200)]


class TemplateSlot(Facts):
    """A slot; it follows the previous slot. `records` are used in it, such as `exercises/shared-telephone`."""

    id: RowId
    day: Day = "1"
    minutes: Minutes
    method: WorkMethod
    title: Words
    text: Words | None = None
    trainer_notes: Words | None = None
    materials: Words | None = None
    records: tuple[Named, ...] = ()


class Programme(Record):
    """A programme template. Each of its days begins at `starts`."""

    audience: Words
    aims: Words
    starts: Time
    slots: tuple[TemplateSlot, ...] = ()

    def minutes_of(self, day: str) -> int:
        """Return the duration of a day in minutes, breaks included."""
        return sum(int(slot.minutes) for slot in self.slots if slot.day == day)


PROGRAMME = Shape("programmes", "programme", Programme, ())
