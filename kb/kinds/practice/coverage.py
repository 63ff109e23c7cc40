"""Counts what the published practices cover: countries, areas, evidence, languages, known facts, law and sources."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kb.kinds.practice.assessment import AssessmentAnswer
from kb.kinds.practice.evidence import generated
from kb.kinds.practice.model import Practice, SourcedLine
from kb.records.record import Bundle
from kb.records.sources import SourceKind
from kb.vocabulary.model import Vocabularies

# The largest share of press among the sources of a record: what owners, studies and law say weighs more.
PRESS_SHARE = 0.25


def is_known(line: SourcedLine | None) -> bool:
    """Return whether a line on staff or cost states something with its sources, not only what was looked at."""
    return line is not None and bool(line.sources)


def is_mostly_press(practice: Practice) -> bool:
    """Return whether press is more than `PRESS_SHARE` of the sources."""
    press = sum(source.kind is SourceKind.PRESS for source in practice.sources)
    return press > PRESS_SHARE * len(practice.sources)


def count_law(practices: Iterable[Practice]) -> tuple[int, int]:
    """Return how many references to law were read in the official text, and how many there are."""
    rows = [row for practice in practices for row in practice.legal_basis]
    return sum(row.checked is AssessmentAnswer.YES for row in rows), len(rows)


# Facts that readers ask for, by name: whether a practice states them.
FACTS: Mapping[str, Callable[[Practice], bool]] = {
    "contact": lambda practice: practice.contact is not None,
    "first step": lambda practice: practice.first_step is not None,
    "cost": lambda practice: is_known(practice.cost_line),
    "staff": lambda practice: is_known(practice.staff_line),
    "materials": lambda practice: bool(practice.materials),
    "time limits": lambda practice: bool(practice.time_limits),
    "not found": lambda practice: bool(practice.not_found),
    "confirmed by the organisation": lambda practice: practice.confirmed is not None,
}


@dataclass(frozen=True)
class Coverage:
    """What some practices cover. A mapping counts practices by value, the most frequent first.

    `areas` are the widest terms. `readable` counts by language the practices that can be read in it, `facts` those
    that state a fact of `FACTS`, and `sources` counts sources by kind. `mostly_press` are ids.
    """

    practices: int
    countries: Mapping[str, int]
    areas: Mapping[str, int]
    evidence: Mapping[str, int]
    directions: Mapping[str, int]
    statuses: Mapping[str, int]
    written: Mapping[str, int]
    readable: Mapping[str, int]
    facts: Mapping[str, int]
    law_read: int
    law: int
    sources: Mapping[str, int]
    mostly_press: tuple[str, ...]

    @classmethod
    def of(cls, bundles: Sequence[Bundle[Practice]], vocabularies: Vocabularies) -> Coverage:
        """Count these practices."""
        practices = [bundle.record for bundle in bundles]
        ratings = [generated(practice) for practice in practices]
        law_read, law = count_law(practices)
        return cls(
            practices=len(practices),
            countries=_counted(practice.countries for practice in practices),
            areas=_counted({_widest(area, vocabularies) for area in practice.areas} for practice in practices),
            evidence=_counted([str(each["evidence_level"] or "")] for each in ratings),
            directions=_counted([str(each["effect_direction"] or "")] for each in ratings),
            statuses=_counted([practice.implementation_status or ""] for practice in practices),
            written=_counted([practice.language] for practice in practices),
            readable=_counted(bundle.languages() for bundle in bundles),
            facts={name: sum(map(states, practices)) for name, states in FACTS.items()},
            law_read=law_read,
            law=law,
            sources=_counted([str(source.kind)] for practice in practices for source in practice.sources),
            mostly_press=tuple(practice.id for practice in practices if is_mostly_press(practice)),
        )


def _counted(values: Iterable[Iterable[str]]) -> dict[str, int]:
    counts = Counter(value for each in values for value in each if value)
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _widest(term: str, vocabularies: Vocabularies) -> str:
    return (term, *vocabularies.broader_chain(term))[-1]
