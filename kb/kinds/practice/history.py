"""The public history of a practice: its changes, and each version as readers saw it.

Draft versions are treated like versions that never existed. A version whose text was erased says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy.orm import Session

from kb.errors import Erased, NotFound
from kb.history.attachments import attachments_before, measured, next_change
from kb.history.model import ChangeKind
from kb.history.versions import Numbered, Trace, sources, standing, texts, traces
from kb.kinds.practice.changes import (
    ChangeEvent,
    PracticeVersion,
    What,
    put_together,
    source_events,
    text_of,
    translation_events,
)
from kb.kinds.practice.model import PRACTICE, Practice
from kb.records.attachments import Attached, namings
from kb.records.bundle import SOURCE, read_bundle
from kb.records.files.paths import RecordFile
from kb.records.record import Bundle, Status

# The number of changes that a page shows; for older ones a reader has to ask a curator.
STEPS = 60


@dataclass(frozen=True)
class PublishedChange:
    """One change that readers saw, by its number in the log.

    `version` is the number of the source text that came with it, if it can be read.
    """

    at: datetime
    version: int | None
    events: tuple[ChangeEvent, ...]
    change: int


@dataclass(frozen=True)
class Version:
    """A practice as it was published. `newest` is the number of the current text."""

    number: int
    newest: int
    at: datetime
    bundle: Bundle[Practice]

    @property
    def is_newest(self) -> bool:
        """Whether it is the version that the page of the practice shows."""
        return self.number == self.newest


@dataclass(frozen=True)
class Past:
    """The log entries of a practice without texts; there is at least one revision of the source file."""

    record_id: str
    traces: tuple[Trace, ...]

    @property
    def newest(self) -> Trace:
        """The current revision of the source file."""
        return sources(self.traces)[-1]

    @property
    def changed(self) -> datetime:
        """When the record last changed, translations included."""
        return self.traces[-1].at


def find_past(session: Session, record_id: str) -> Past | None:
    """Return the log entries of a practice, or `None` if there are none."""
    known = traces(session, _record(record_id))
    return Past(record_id, known) if sources(known) else None


def get_version(session: Session, record_id: str, number: int) -> Version:
    """Return a version with the translations that belong to it.

    Raises `NotFound` for a version that never existed or was not published, `Erased` for one whose text is erased.
    """
    past = find_past(session, record_id)
    trace = next((each for each in sources(past.traces) if each.number == number), None) if past else None
    if past is None or trace is None:
        raise NotFound(f"practices/{record_id} version {number}")
    if trace.is_redacted:
        raise Erased(f"practices/{record_id} version {number}")
    found = texts(session, _record(record_id), standing(past.traces, number).items())
    parts = {part: text for (part, _number), text in found.items()}
    bundle, _problems = read_bundle(PRACTICE, record_id, parts, _files_of(session, past, number, parts.values()))
    if bundle is None or bundle.record.status is not Status.PUBLISHED:
        raise NotFound(f"practices/{record_id} version {number}")
    return Version(number, past.newest.number, trace.at, bundle)


def was_shown(session: Session, record_id: str, name: str, fingerprint: str) -> bool:
    """Whether a published version ever named a file with this name and these bytes."""
    past = find_past(session, record_id)
    for trace in reversed(sources(past.traces)) if past else ():
        following = _find_next(session, record_id, trace.number)
        if attachments_before(session, _record(record_id), [name], following).get(name) != fingerprint:
            continue
        try:
            if name in get_version(session, record_id, trace.number).bundle.attached:
                return True
        except (NotFound, Erased):
            continue
    return False


def _files_of(session: Session, past: Past, number: int, found: Iterable[str]) -> dict[str, Attached]:
    """Return the files that the texts of a version name, in their state just before the next version."""
    names = {naming.name for text in found for naming in namings(text)}
    then = (
        attachments_before(session, _record(past.record_id), names, _find_next(session, past.record_id, number))
        if names
        else {}
    )
    return measured(session, {name: mark for name, mark in then.items() if mark})


def _find_next(session: Session, record_id: str, number: int) -> int | None:
    return next_change(session, RecordFile(PRACTICE.name, record_id, SOURCE), number)


def last_step(session: Session, past: Past) -> PublishedChange | None:
    """Return the newest change that readers saw.

    If there is only one change, no text has to be loaded; most practices have only one.
    """
    changes = _changes(past.traces)
    if len(changes) == 1:
        return PublishedChange(past.changed, past.newest.number, (ChangeEvent(What.PUBLISHED),), past.newest.change)
    return next((found[0] for size in (1, STEPS) if (found := steps(session, past, at_most=size))), None)


def steps(session: Session, past: Past, *, at_most: int = STEPS) -> tuple[PublishedChange, ...]:
    """Return the newest changes that readers saw, newest first, without those that changed nothing for readers."""
    shown = _changes(past.traces)[-at_most:]
    earlier = [trace for trace in past.traces if trace.change < shown[0][0].change]
    wanted = {key for change in shown for trace in change for key in (trace.key, (trace.part, trace.number - 1))}
    found = texts(session, _record(past.record_id), wanted)
    walk = _Walk(past.record_id, found, _last_public(session, past.record_id, earlier))
    return tuple(reversed([step for change in shown if (step := walk.step(change)) is not None]))


def _changes(known: Sequence[Trace]) -> list[list[Trace]]:
    return [list(group) for _number, group in groupby(known, key=lambda trace: trace.change)]


def _last_public(session: Session, record_id: str, earlier: Sequence[Trace]) -> PracticeVersion | None:
    """Return the last public text before the changes that are shown."""
    for trace in reversed(sources(earlier)):
        if trace.is_redacted:
            return _unreadable()
        text = texts(session, _record(record_id), (trace.key,)).get(trace.key)
        if text is not None and (read := text_of(record_id, text)).is_public:
            return read
    return None


def _unreadable() -> PracticeVersion:
    """Return a placeholder for a text that existed but cannot be compared."""
    return PracticeVersion("", None)


def _record(record_id: str) -> str:
    return f"{PRACTICE.name}/{record_id}"


class _Walk:
    """Iterates over changes, oldest first, and keeps the text that readers saw last."""

    def __init__(self, record_id: str, found: Mapping[Numbered, str], public: PracticeVersion | None) -> None:
        self.record_id, self.found, self.public = record_id, found, public
        self.is_away = False

    def step(self, change: Sequence[Trace]) -> PublishedChange | None:
        """Return what a change meant for readers, or `None` if it changed nothing for them."""
        first = self.public is None
        own = next((trace for trace in change if trace.part == SOURCE), None)
        events = list(self._source(own)) if own is not None else []
        if self.public is not None and not first and not self.is_away:
            events += [event for trace in change if trace.part != SOURCE for event in self._translation(trace)]
        if not events:
            return None
        is_shown = own is not None and not own.is_redacted and not self.is_away
        version = own.number if own is not None and is_shown else None
        return PublishedChange(change[0].at, version, put_together(events), change[0].change)

    def _source(self, trace: Trace) -> Iterator[ChangeEvent]:
        if trace.is_redacted:
            self.public, self.is_away = _unreadable(), False
            yield ChangeEvent(What.ERASED)
            return
        text = self.found.get(trace.key)
        after = text_of(self.record_id, text) if text is not None else _unreadable()
        if self.is_away and after.is_public:
            yield ChangeEvent(What.AGAIN)
        yield from source_events(self.public, after, is_minor=trace.kind == ChangeKind.MINOR)
        if after.is_public:
            self.public = after
        self.is_away = self.public is not None and not after.is_public

    def _translation(self, trace: Trace) -> Iterator[ChangeEvent]:
        if trace.is_redacted:
            return
        before = self.found.get((trace.part, trace.number - 1))
        yield from translation_events(trace.part, before, self.found.get(trace.key))
