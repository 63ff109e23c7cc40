"""Lines of a practice with year and sources: who does the work, and what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.kinds.practice.model import Practice, SourcedLine
from kb.records.record import Passage, Reading


@dataclass(frozen=True)
class SourcedView:
    """Who does the work, or what it costs: a sentence, its year, and the numbers of its sources."""

    text: Passage
    year: str
    sources: tuple[tuple[str, int], ...]


def sourced_line(name: str, reading: Reading[Practice], numbers: Mapping[str, int]) -> SourcedView | None:
    """Return a line of a practice, such as `cost_line`; `numbers` are those of its sources on the page."""
    found: SourcedLine | None = getattr(reading.record, name)
    if found is None:
        return None
    cited = tuple((each, numbers[each]) for each in found.sources if each in numbers)
    return SourcedView(reading.passages[f"{name}.text"], found.year or "", cited)
