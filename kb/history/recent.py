"""The latest changes, and the latest revisions of source files with their texts and the texts before them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select, tuple_
from sqlalchemy.orm import Session

from kb.history.model import Action, Change, ChangeKind, Revision
from kb.records.bundle import SOURCE


@dataclass(frozen=True)
class SourceRevision:
    """One revision of a source file; `record` is kind and id.

    `text` is `None` if it was erased or deleted. Of a record with a single revision no text is read: the catalog has
    it.
    """

    record: str
    number: int
    at: datetime
    is_minor: bool
    is_single: bool
    text: str | None
    before: str | None


def recent_sources(
    session: Session, at_most: int, *, record: str = "", since: datetime | None = None
) -> tuple[SourceRevision, ...]:
    """Return the latest revisions of source files, newest first, in two queries: all, or of one record."""
    which = [Revision.part == SOURCE]
    which += [Revision.record == record] if record else []
    which += [Change.at >= since] if since is not None else []
    rows = session.execute(
        select(Revision.record, Revision.number, Change.at, Change.kind, Revision.action)
        .join(Change, Change.number == Revision.change_number)
        .where(*which)
        .order_by(Revision.id.desc())
        .limit(at_most)
    ).all()
    several = {record for record, number, *_rest in rows if number > 1}
    wanted = {(record, each) for record, number, *_rest in rows if record in several for each in (number - 1, number)}
    texts = {
        (record, number): text
        for record, number, text in session.execute(
            select(Revision.record, Revision.number, Revision.text).where(
                Revision.part == SOURCE, tuple_(Revision.record, Revision.number).in_(wanted)
            )
        )
    }
    return tuple(
        SourceRevision(
            record,
            number,
            at,
            kind == ChangeKind.MINOR,
            record not in several,
            texts.get((record, number)) if action == Action.PUT else None,
            texts.get((record, number - 1)),
        )
        for record, number, at, kind, action in rows
    )


@dataclass(frozen=True)
class ChangeSummary:
    """A change: who, what, when and why, its first record, and how many records it touched."""

    number: int
    kind: str
    at: datetime
    author_id: int | None
    note: str
    record: str
    records: int


def recent_changes(session: Session, at_most: int) -> tuple[ChangeSummary, ...]:
    """Return the latest changes, newest first; without files that were seen for the first time."""
    is_more = exists().where(Revision.change_number == Change.number, Revision.parent > 0)
    query = select(Change).where((Change.kind != ChangeKind.FILE) | is_more)
    changes = session.scalars(query.order_by(Change.number.desc()).limit(at_most)).all()
    rows = session.execute(
        select(Revision.change_number, func.min(Revision.record), func.count(Revision.record.distinct()))
        .where(Revision.change_number.in_([each.number for each in changes]))
        .group_by(Revision.change_number)
    )
    touched = {number: (record, count) for number, record, count in rows}
    return tuple(
        ChangeSummary(each.number, each.kind, each.at, each.author_id, each.note, *touched[each.number])
        for each in changes
        if each.number in touched
    )


def last_changes(session: Session, kind: str) -> dict[str, datetime]:
    """Return when each record of a kind was changed last, in any of its parts; the keys are kind and id."""
    rows = session.execute(
        select(Revision.record, func.max(Change.at))
        .join(Change, Change.number == Revision.change_number)
        .where(Revision.record.startswith(f"{kind}/", autoescape=True))
        .group_by(Revision.record)
    )
    return {row[0]: row[1] for row in rows}
