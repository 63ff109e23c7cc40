"""Pictures and documents beside a record's texts as the log has them: now, at an earlier time, and by their bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.history import log
from kb.history.model import Revision
from kb.records.attachments import Attached
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.uploads.images import is_picture, size_of


def is_published(session: Session, record: str) -> bool:
    """Say whether a record was ever published, whatever readers see of it now."""
    query = select(Revision.id).where(Revision.record == record, Revision.part == SOURCE)
    return session.scalar(query.limit(1)) is not None


def beside(session: Session, record: str) -> dict[str, Attached]:
    """Return what lies beside a record's texts now."""
    return measured(session, log.attachments(session, record))


def measured(session: Session, marks: Mapping[str, str]) -> dict[str, Attached]:
    """Return files by name, each picture measured: pages leave room for it before it is there."""
    return {
        name: Attached(mark, *(size_of(log.find_blob(session, mark) or b"") if is_picture(name) else ()))
        for name, mark in marks.items()
    }


def stood_before(session: Session, record: str, names: Iterable[str], change: int | None) -> dict[str, str]:
    """Return the fingerprints of those of these files that stood beside a record just before a change, by name.

    Without a change: now. One that was erased from the history is named with an empty fingerprint.
    """
    which = [Revision.record == record, Revision.part.in_(set(names))]
    if change is not None:
        which.append(Revision.change_number < change)
    newest = log.newest_only(select(Revision), *which)
    return {each.part: "" if each.redacted else each.fingerprint for each in session.scalars(newest) if each.is_present}


def next_change(session: Session, place: RecordFile, number: int) -> int | None:
    """Return the change with which the next text of a part came after a revision, or `None` for the newest."""
    query = select(func.min(Revision.change_number)).where(
        Revision.record == place.record, Revision.part == place.part, Revision.number > number
    )
    return session.scalar(query)


def find_bytes(session: Session, place: RecordFile, mark: str) -> str | None:
    """Return the whole fingerprint of a file that had these bytes once, by its beginning; erased ones are not found."""
    query = select(Revision.fingerprint).where(
        Revision.record == place.record,
        Revision.part == place.part,
        Revision.fingerprint.startswith(mark, autoescape=True),
        Revision.redacted.is_(False),
    )
    return session.scalar(query.limit(1))
