"""The nouns of an exercise: an invented case told in doses, its aims, the order of its questions, its timing.

The text of a dose is the section of its id, the task that follows it the section with `-task` behind. The heading of a
question's section is the question, its text the model answer. What the country answers stands in no text: `national`
says what to look for in the country's profile.
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

# Said on every page and every sheet of an exercise, whatever its texts say.
INVENTED = N_("The persons, the places and the events of this case are invented.")
NOTICE = "notice"
TASK = "-task"

Minutes = Annotated[str, StringConstraints(pattern=r"^\d{1,3}$")]
TaskMethod = Literal["pair", "group", "plenary"]  # values of `WorkMethod`: a task is no talk and no break
People = Annotated[str, StringConstraints(pattern=r"^[1-9]\d{0,2}$")]


class Aim(Facts):
    """What somebody can do afterwards, so that others can see it."""

    id: RowId
    label: Words


class Dose(Facts):
    """A piece of the story with a task: minutes to work on it, then minutes to talk about it together."""

    id: RowId
    method: TaskMethod
    work: Minutes
    talk: Minutes


class National(Facts):
    """What differs by country: a question of the case, and the key fact of the profiles that answers it."""

    id: RowId
    fact: Name
    label: Words


class Exercise(Record):
    """An exercise as its source file tells it. `opening` and `closing` are the minutes before and after the doses."""

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
        """How long the whole takes."""
        return int(self.opening) + sum(int(each.work) + int(each.talk) for each in self.doses) + int(self.closing)

    def participants_sections(self) -> Iterator[str]:
        """Yield the ids of the sections that participants are given; all others are for the trainer."""
        yield NOTICE
        for dose in self.doses:
            yield from (dose.id, f"{dose.id}{TASK}")


EXERCISE = Shape("exercises", "exercise", Exercise)
