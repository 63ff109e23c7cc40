"""Computes what changed in a practice between two versions, as events that a page puts into words.

The events are not stored. They are computed from the texts, and the ratings from the assessments in the texts. Events
never contain names of persons.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.kinds.practice.assessment import Assessment
from kb.kinds.practice.evidence import generated
from kb.kinds.practice.model import PRACTICE, SECTIONS, Practice
from kb.records.bundle import read_source
from kb.records.difference import file_differences
from kb.records.record import Status


class What(StrEnum):
    """Types of events."""

    PUBLISHED = "published"
    AGAIN = "published-again"
    RETIRED = "retired"
    ERASED = "erased"
    LEVEL = "evidence_level"
    DIRECTION = "effect_direction"
    TRANSFER = "transferability"
    ASSESSED = "assessed"  # the answers changed, but no rating did
    RESPONSIBLE = "responsible"
    REVIEWED = "reviewed"
    FIGURES_NEW = "figures-new"
    FIGURES_CHANGED = "figures-changed"
    FIGURES_GONE = "figures-gone"
    SOURCES_NEW = "sources-new"
    SOURCES_GONE = "sources-gone"
    TEXT = "text"
    MINOR = "text-minor"
    FACTS = "facts"
    TRANSLATED = "translated"
    TRANSLATION_REVISED = "translation-revised"
    TRANSLATION_READ = "translation-read"
    TRANSLATION_GONE = "translation-gone"


RATINGS = (What.LEVEL, What.DIRECTION, What.TRANSFER)
_HEADS = ("title", "summary")
# Keys that no `FACTS` event names: they have events of their own, contain names of persons, or are bookkeeping.
_NO_FACTS = frozenset(
    {
        *("id", "language", "aliases", "successor", "status", "origin", "keeper", "reviewed", "review_due", "same_as"),
        *("assessments", "figures", "sources", *map(str, RATINGS)),
    }
)


@dataclass(frozen=True)
class ChangeEvent:
    """One event.

    `names` are the sections, facts or languages that the event is about. `before` and `after` are terms of a rating.
    `on` is the day on which the questions were answered or the text was read.
    """

    what: What
    names: tuple[str, ...] = ()
    count: int = 0
    before: str | None = None
    after: str | None = None
    on: date | None = None


@dataclass(frozen=True)
class PracticeVersion:
    """A text of the source file and the practice parsed from it; `practice` is `None` if it no longer parses."""

    text: str
    practice: Practice | None

    @property
    def is_public(self) -> bool:
        """Whether readers could see it."""
        return self.practice is not None and self.practice.status is Status.PUBLISHED


def text_of(record_id: str, text: str) -> PracticeVersion:
    """Parse a text of the source file."""
    bundle = read_source(PRACTICE, record_id, text)[0]
    return PracticeVersion(text, bundle.record if bundle else None)


def source_events(
    before: PracticeVersion | None, after: PracticeVersion, *, is_minor: bool = False
) -> tuple[ChangeEvent, ...]:
    """Return what a version of the source file changed; `before` is the last published version, if any."""
    if after.practice is None or after.practice.status is Status.DRAFT:
        return ()
    if after.practice.status is Status.RETIRED:
        return (ChangeEvent(What.RETIRED),) if before is not None else ()
    if before is None:
        return (ChangeEvent(What.PUBLISHED),)
    if before.practice is None:
        return (ChangeEvent(What.TEXT),)
    return tuple(_source_events(before.practice, after.practice, before.text, after.text, is_minor=is_minor))


def _source_events(old: Practice, new: Practice, before: str, after: str, *, is_minor: bool) -> Iterator[ChangeEvent]:
    yield from _rating_events(old, new)
    if old.is_machine_drafted and not new.is_machine_drafted:
        yield ChangeEvent(What.RESPONSIBLE)
    if new.reviewed is not None and new.reviewed != old.reviewed:
        yield ChangeEvent(What.REVIEWED, on=new.reviewed)
    yield from _row_events(
        {row.id: row for row in old.figures},
        {row.id: row for row in new.figures},
        (What.FIGURES_NEW, What.FIGURES_CHANGED, What.FIGURES_GONE),
    )
    yield from _row_events(
        {row.id: row.title for row in old.sources},
        {row.id: row.title for row in new.sources},
        (What.SOURCES_NEW, None, What.SOURCES_GONE),
    )
    names = [each.name for each in file_differences(before, after)]
    if texts := tuple(name for name in (*_HEADS, *SECTIONS) if name in names):
        yield ChangeEvent(What.MINOR if is_minor else What.TEXT, texts)
    if facts := tuple(name for name in names if name not in {*_NO_FACTS, *_HEADS, *SECTIONS}):
        yield ChangeEvent(What.FACTS, facts)


def _rating_events(old: Practice, new: Practice) -> Iterator[ChangeEvent]:
    earlier, later = generated(old), generated(new)
    on = _newly_answered(old.assessments, new.assessments)
    changed = [what for what in RATINGS if earlier[what] != later[what]]
    for what in changed:
        yield ChangeEvent(what, before=_term(earlier[what]), after=_term(later[what]), on=on)
    if on is not None and not changed:
        yield ChangeEvent(What.ASSESSED, on=on)


def _term(value: object) -> str | None:
    return None if value is None else str(value)


def _newly_answered(old: Sequence[Assessment], new: Sequence[Assessment]) -> date | None:
    """Return the newest day among new assessments, or `None` if there are none."""
    return max((each.on for each in new if each not in old), default=None)


def _row_events(
    old: Mapping[str, object], new: Mapping[str, object], whats: tuple[What, What | None, What]
) -> Iterator[ChangeEvent]:
    came, stayed, went = new.keys() - old.keys(), new.keys() & old.keys(), old.keys() - new.keys()
    changed = {row for row in stayed if old[row] != new[row]}
    for what, rows in zip(whats, (came, changed, went), strict=True):
        if what is not None and rows:
            yield ChangeEvent(what, count=len(rows))


def translation_events(language: str, before: str | None, after: str | None) -> tuple[ChangeEvent, ...]:
    """Return what a revision of a translation changed; empty if only its bookkeeping changed."""
    if after is None:
        return (ChangeEvent(What.TRANSLATION_GONE, (language,)),) if before is not None else ()
    if before is None:
        return (ChangeEvent(What.TRANSLATED, (language,)),)
    found = {each.name: each for each in file_differences(before, after)}
    made = found.pop("made_from", None)
    if found:
        return (ChangeEvent(What.TRANSLATION_REVISED, (language,)),)
    if made is not None and made.after.count("reviewed:") > made.before.count("reviewed:"):
        return (ChangeEvent(What.TRANSLATION_READ, (language,)),)
    return ()


def put_together(events: Sequence[ChangeEvent]) -> tuple[ChangeEvent, ...]:
    """Merge the events of one change by type, joining their names: one event lists all languages."""
    found: dict[What, ChangeEvent] = {}
    for event in events:
        known = found.get(event.what)
        found[event.what] = ChangeEvent(event.what, (*known.names, *event.names)) if known is not None else event
    return tuple(found.values())
