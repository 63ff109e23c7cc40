"""Attachments of a record (pictures and documents) in the log: now, at an earlier time, and by their bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.history import log
from kb.history.log import Head, LogEntry
from kb.history.model import Revision
from kb.records.attachments import NAME, Attached, namings
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.uploads.images import is_picture, size_of


def is_published(session: Session, record: str) -> bool:
    """Return whether a record was ever published, even if readers do not see it now."""
    query = select(Revision.id).where(Revision.record == record, Revision.part == SOURCE)
    return session.scalar(query.limit(1)) is not None


def current_attachments(session: Session, record: str) -> dict[str, Attached]:
    """Return the current attachments of a record."""
    return measured(session, log.attachments(session, record))


def measured(session: Session, marks: Mapping[str, str]) -> dict[str, Attached]:
    """Return attachments by name with the sizes of pictures, so that pages reserve space before they load."""
    return {
        name: Attached(mark, *(size_of(log.find_blob(session, mark) or b"") if is_picture(name) else ()))
        for name, mark in marks.items()
    }


def attachments_before(session: Session, record: str, names: Iterable[str], change: int | None) -> dict[str, str]:
    """Return the fingerprints of these attachments just before a change, by name; missing ones are left out.

    Without a change: the current ones. An attachment that was erased from the history has an empty fingerprint.
    """
    which = [Revision.record == record, Revision.part.in_(set(names))]
    if change is not None:
        which.append(Revision.change_number < change)
    newest = log.newest_only(select(Revision), *which)
    return {each.part: "" if each.redacted else each.fingerprint for each in session.scalars(newest) if each.is_present}


def next_change(session: Session, place: RecordFile, number: int) -> int | None:
    """Return the change with the next revision of a part, or `None` for the newest."""
    query = select(func.min(Revision.change_number)).where(
        Revision.record == place.record, Revision.part == place.part, Revision.number > number
    )
    return session.scalar(query)


def find_bytes(session: Session, place: RecordFile, mark: str) -> str | None:
    """Return the full fingerprint of an earlier file by its beginning, or `None`; erased files are not found."""
    query = select(Revision.fingerprint).where(
        Revision.record == place.record,
        Revision.part == place.part,
        Revision.fingerprint.startswith(mark, autoescape=True),
        Revision.redacted.is_(False),
    )
    return session.scalar(query.limit(1))


def files_then(session: Session, place: RecordFile, number: int, text: str) -> dict[str, str]:
    """Return the files that a revision showed and that are missing or changed now: fingerprints by name.

    A file erased from the history has an empty fingerprint.
    """
    names = {naming.name for naming in namings(text) if NAME.fullmatch(naming.name)}
    then = attachments_before(session, place.record, names, next_change(session, place, number)) if names else {}
    now = log.attachments(session, place.record)
    return {name: mark for name, mark in then.items() if now.get(name) != mark}


def returning(
    session: Session, place: RecordFile, files: Mapping[str, str], heads: Mapping[RecordFile, Head]
) -> list[LogEntry]:
    """Return the log entries that restore these files of a record."""
    entries = []
    for name, mark in files.items():
        where = RecordFile(place.kind, place.id, name)
        head, data = heads.get(where), log.find_blob(session, mark) if mark else None
        if data is not None:
            entries.append(LogEntry(where, data, head.number if head else 0))
    return entries
