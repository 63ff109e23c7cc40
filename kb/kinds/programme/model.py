"""The nouns of a programme template: slots of half a day, a day or two, from which a trainer begins a workshop.

It has no page of its own: whoever plans a workshop chooses it, and then changes what she likes.
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
    """A stretch of the programme, after the one before it. `records` are worked with: `exercises/shared-telephone`."""

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
    """A template of a programme. Each of its days begins at `starts`."""

    audience: Words
    aims: Words
    starts: Time
    slots: tuple[TemplateSlot, ...] = ()

    def minutes_of(self, day: str) -> int:
        """Return how long a day takes, its breaks included."""
        return sum(int(slot.minutes) for slot in self.slots if slot.day == day)


PROGRAMME = Shape("programmes", "programme", Programme, ())
