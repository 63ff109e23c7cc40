"""Parts of a frozen exercise for participants, and parts for trainers only: questions with model answers."""

from __future__ import annotations

from collections.abc import Iterator

from kb.kinds.exercise.model import NOTICE, TASK
from kb.records.record import Passage
from kb.workshops.frozen.facts import FrozenFacts, facts_of
from kb.workshops.frozen.item import Frozen


def doses(facts: FrozenFacts) -> tuple[str, ...]:
    """Return the sections that tell the story, piece by piece."""
    return tuple(filter(None, (row.one("id") for row in facts.rows("doses"))))


def for_participants(facts: FrozenFacts) -> dict[str, bool]:
    """Return the sections for participants in order, each with whether it is a task."""
    given = {NOTICE: False}
    for dose in doses(facts):
        given |= {dose: False, f"{dose}{TASK}": True}
    return given


def participants_passages(text: Frozen) -> Iterator[tuple[Passage, bool]]:
    """Yield the passages for participants, each with whether it is a task, which needs room to write."""
    given = for_participants(facts_of(text))
    return ((text.passages[name], is_task) for name, is_task in given.items() if name in text.passages)


def trainers_passages(text: Frozen) -> Iterator[Passage]:
    """Yield the passages for the trainer only."""
    given = for_participants(facts_of(text))
    return (passage for passage in text.sections() if passage.name not in given)
