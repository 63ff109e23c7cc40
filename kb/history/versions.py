"""Versions of a record from the log: which texts belong together; numbers first, texts on demand.

A version is a revision of the source file. Translations follow it later. So a version includes the translations that
were current when the next version came: what its readers had in the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from kb.history.model import Action, Change, Revision
from kb.records.bundle import SOURCE
from kb.records.files.paths import place_of

# A part and the number of its revision.
Numbered = tuple[str, int]


@dataclass(frozen=True)
class Trace:
    """One revision of a text, without the text."""

    change: int
    at: datetime
    kind: str
    part: str
    number: int
    is_present: bool
    is_redacted: bool

    @property
    def key(self) -> Numbered:
        """The part and the number, by which `texts` finds it."""
        return self.part, self.number


def traces(session: Session, record: str) -> tuple[Trace, ...]:
    """Return the revisions of the texts of a record, oldest first."""
    query = (
        select(
            Revision.change_number,
            Change.at,
            Change.kind,
            Revision.part,
            Revision.number,
            Revision.action,
            Revision.redacted,
        )
        .join(Change, Change.number == Revision.change_number)
        .where(Revision.record == record)
        .order_by(Revision.id)
    )
    return tuple(
        Trace(change, at, kind, part, number, action == Action.PUT, redacted)
        for change, at, kind, part, number, action, redacted in session.execute(query)
        if place_of(record, part).is_text
    )


def texts(session: Session, record: str, wanted: Iterable[Numbered]) -> dict[Numbered, str]:
    """Return the texts of some revisions; erased texts and deletions are left out."""
    rows = session.execute(
        select(Revision.part, Revision.number, Revision.text).where(
            Revision.record == record, tuple_(Revision.part, Revision.number).in_(list(wanted))
        )
    )
    return {(part, number): text for part, number, text in rows if text is not None}


def sources(known: Sequence[Trace]) -> tuple[Trace, ...]:
    """Return the revisions of the source file, oldest first."""
    return tuple(trace for trace in known if trace.part == SOURCE)


def standing(known: Sequence[Trace], number: int) -> Mapping[str, int]:
    """Return the parts that belong to a version of the source file, with the numbers of their revisions."""
    following = next((trace.change for trace in sources(known) if trace.number == number + 1), None)
    newest = {
        trace.part: trace for trace in known if trace.part != SOURCE and (following is None or trace.change < following)
    }
    return {SOURCE: number} | {part: trace.number for part, trace in newest.items() if trace.is_present}


def authors_of_changes(session: Session, numbers: Iterable[int]) -> dict[int, int]:
    """Return the authors of these changes by number; changes without a signed-in author are left out."""
    query = select(Change.number, Change.author_id).where(Change.number.in_(set(numbers)))
    return {number: author for number, author in session.execute(query) if author is not None}


def last_changes(session: Session) -> dict[str, datetime]:
    """Return the time of the last change of each record by its name in the log, in one query."""
    query = (
        select(Revision.record, func.max(Revision.change_number).label("number")).group_by(Revision.record).subquery()
    )
    rows = session.execute(select(query.c.record, Change.at).join(Change, Change.number == query.c.number))
    return {str(record): at for record, at in rows}
