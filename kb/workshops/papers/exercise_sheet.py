"""What a frozen exercise gives participants, and what it gives trainers alone: questions with model answers."""

from __future__ import annotations

from collections.abc import Iterator

from kb.content.record import Passage
from kb.exercises.model import NOTICE, TASK
from kb.workshops.frozen_item import Frozen

KIND = "exercises"


def participants_passages(text: Frozen) -> Iterator[tuple[Passage, bool]]:
    """Yield what participants are given, in its order, each with whether it is a task, which needs room to write."""
    wanted = [(NOTICE, False)]
    for dose in _ids(text, "doses"):
        wanted += [(dose, False), (f"{dose}{TASK}", True)]
    return ((text.passages[name], is_task) for name, is_task in wanted if name in text.passages)


def trainers_passages(text: Frozen) -> Iterator[Passage]:
    """Yield what is for the trainer alone."""
    given = {passage.name for passage, _is_task in participants_passages(text)}
    return (passage for passage in text.sections() if passage.name not in given)


def _ids(text: Frozen, name: str) -> Iterator[str]:
    """Yield the ids of rows of facts; the file of another house may hold anything there."""
    rows = text.facts.get(name)
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and isinstance(row.get("id"), str):
            yield row["id"]
