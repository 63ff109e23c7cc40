"""Data model of an exercise: an invented case in doses, with aims, questions in order, and timing.

The text of a dose is the section with the id of the dose. Its task is the section with that id plus `-task`. The
heading of a question's section is the question, its text is the model answer. No text contains answers that depend
on the country: `national` says which key fact of the country's profile answers them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import StringConstraints

from kb.i18n import N_
from kb.kinds.country.situation import YesNo
from kb.records.record import Facts, Name, Record, RecordId, RowId, Shape, TermId
from kb.records.segments import Words
from kb.records.sources import Source

# Printed on every page and every sheet of an exercise, in addition to its texts.
INVENTED = N_("The people, places and events in this case are invented.")
NOTICE = "notice"
TASK = "-task"

Minutes = Annotated[str, StringConstraints(pattern=r"^\d{1,3}$")]
TaskMethod = Literal["pair", "group", "plenary"]  # values of `WorkMethod`, without talks and breaks
People = Annotated[str, StringConstraints(pattern=r"^[1-9]\d{0,2}$")]


class Aim(Facts):
    """An observable skill that participants have after the exercise."""

    id: RowId
    label: Words


class Dose(Facts):
    """A part of the story with a task: minutes of work on it, then minutes of joint discussion."""

    id: RowId
    method: TaskMethod
    work: Minutes
    talk: Minutes


class National(Facts):
    """A question of the case whose answer differs by country, and the key fact of the profiles that answers it."""

    id: RowId
    fact: Name
    label: Words


class Exercise(Record):
    """An exercise as its source file describes it. `opening`, `closing`: the minutes before and after the doses."""

    invented: YesNo
    areas: tuple[TermId, ...] = ()
    actors: tuple[TermId, ...] = ()
    smallest: People
    largest: People
    opening: Minutes
    closing: Minutes
    aims: tuple[Aim, ...] = ()
    doses: tuple[Dose, ...] = ()
    asked: tuple[RowId, ...] = ()
    national: tuple[National, ...] = ()
    tools: tuple[RecordId, ...] = ()
    practices: tuple[RecordId, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def minutes(self) -> int:
        """The total duration in minutes."""
        return int(self.opening) + sum(int(each.work) + int(each.talk) for each in self.doses) + int(self.closing)

    def participants_sections(self) -> Iterator[str]:
        """Yield the ids of the sections for participants; all other sections are for the trainer."""
        yield NOTICE
        for dose in self.doses:
            yield from (dose.id, f"{dose.id}{TASK}")


EXERCISE = Shape("exercises", "exercise", Exercise)
