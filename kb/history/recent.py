"""The latest revisions of the source files of all records, with their texts and the texts before them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, tuple_
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
