"""What a frozen exercise gives participants, and what it gives trainers alone: questions with model answers."""

from __future__ import annotations

from collections.abc import Iterator

from kb.kinds.exercise.model import NOTICE, TASK
from kb.records.record import Passage
from kb.workshops.frozen.facts import FrozenFacts, facts_of
from kb.workshops.frozen.item import Frozen


def doses(facts: FrozenFacts) -> tuple[str, ...]:
    """Return the sections in which the story is told, piece by piece."""
    return tuple(filter(None, (row.one("id") for row in facts.rows("doses"))))


def for_participants(facts: FrozenFacts) -> dict[str, bool]:
    """Return the sections that participants are given, in their order, each with whether it is a task."""
    given = {NOTICE: False}
    for dose in doses(facts):
        given |= {dose: False, f"{dose}{TASK}": True}
    return given


def participants_passages(text: Frozen) -> Iterator[tuple[Passage, bool]]:
    """Yield what participants are given, each with whether it is a task, which needs room to write."""
    given = for_participants(facts_of(text))
    return ((text.passages[name], is_task) for name, is_task in given.items() if name in text.passages)


def trainers_passages(text: Frozen) -> Iterator[Passage]:
    """Yield what is for the trainer alone."""
    given = for_participants(facts_of(text))
    return (passage for passage in text.sections() if passage.name not in given)
