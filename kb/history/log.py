"""Reads and appends the log. This module is small because it makes a promise: a committed change is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from kb import fault_points
from kb.errors import NotFound
from kb.history.model import Action, Blob, Change, ChangeKind, ChangeOrigin, Draft, DraftOrigin, Revision
from kb.records.bundle import hash_bytes
from kb.records.files.paths import RecordFile, place_of

Query = TypeVar("Query", bound="Select[*tuple[Any, ...]]")


@dataclass(frozen=True)
class LogEntry:
    """One revision of a change before it has a number: the bytes of a part, or `None` to delete it.

    `parent` is the number of the previous revision, 0 for none.
    """

    place: RecordFile
    data: bytes | None
    parent: int
    origin: ChangeOrigin = ChangeOrigin.APP

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the bytes; empty if the part is deleted."""
        return "" if self.data is None else hash_bytes(self.data)

    @property
    def action(self) -> Action:
        """The action of this entry."""
        if self.place.is_text:
            return Action.DELETE if self.data is None else Action.PUT
        return Action.DETACH if self.data is None else Action.ATTACH


class Overtaken(Exception):
    """Another writer has appended a different revision with the same number; nothing was written."""


def append(
    session: Session,
    kind: ChangeKind,
    entries: Sequence[LogEntry],
    *,
    author_id: int | None,
    note: str,
    approved_by: int | None = None,
    also: Callable[[Change], None] | None = None,
    now: datetime,
) -> Change:
    """Append a change and commit it: from here on it is saved. `also` writes related rows in the same commit.

    Raises `Overtaken` if a part has a newer revision than `parent`. If all these revisions have exactly the new texts,
    their change is returned instead. The session must have begun with `begin_write`.
    """
    fault_points.point("log-before-append")
    change = Change(kind=kind, at=now, author_id=author_id, note=note, approved_by=approved_by)
    session.add(change)
    session.flush()
    fault_points.point("log-after-change")
    for entry in entries:
        session.add(_revision(session, change, entry, now))
    try:
        session.flush()
        if also is not None:
            also(change)
        fault_points.point("log-before-commit")
        session.commit()
    except IntegrityError as error:
        session.rollback()
        if (same := _already(session, entries)) is not None:
            return same
        if all(find_revision(session, entry.place, entry.parent + 1) is None for entry in entries):
            raise  # another constraint failed: there was no concurrent writer
        raise Overtaken from error
    fault_points.point("log-after-commit")
    return change


def _revision(session: Session, change: Change, entry: LogEntry, now: datetime) -> Revision:
    is_text = entry.place.is_text
    if not is_text and entry.data is not None and session.get(Blob, entry.fingerprint) is None:
        session.add(
            Blob(sha256=entry.fingerprint, media_type=media_type(entry.place.part), content=entry.data, created=now)
        )
        session.flush()
    return Revision(
        change_number=change.number,
        record=entry.place.record,
        part=entry.place.part,
        number=entry.parent + 1,
        parent=entry.parent,
        action=entry.action,
        origin=entry.origin,
        fingerprint=entry.fingerprint,
        text=entry.data.decode() if is_text and entry.data is not None else None,
        blob_sha256=None if is_text or entry.data is None else entry.fingerprint,
    )


def media_type(name: str) -> str:
    """Return the media type of an attachment by its name; only these types are accepted."""
    return {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "pdf": "application/pdf"}[
        name.rpartition(".")[2]
    ]


def _already(session: Session, entries: Sequence[LogEntry]) -> Change | None:
    """Return the change that wrote exactly these texts: two machines that saw the same file are not in conflict."""
    change: Change | None = None
    for entry in entries:
        revision = find_revision(session, entry.place, entry.parent + 1)
        if revision is None or revision.fingerprint != entry.fingerprint:
            return None
        change = revision.change
    return change


def last_number(session: Session) -> int:
    """Return the number of the newest change, 0 for an empty log."""
    return session.scalar(select(func.max(Change.number))) or 0


def since(session: Session, number: int) -> set[RecordFile]:
    """Return the record files that changes after `number` touched."""
    rows = session.execute(select(Revision.record, Revision.part).where(Revision.change_number > number).distinct())
    return {place_of(record, part) for record, part in rows}


@dataclass(frozen=True)
class Head:
    """The newest revision of a part, without its text."""

    number: int
    fingerprint: str
    is_present: bool


def newest_only(query: Query, *which: ColumnElement[bool]) -> Query:
    """Restrict a query to the newest revision of each part, among the revisions that meet all of `which`."""
    newest = (
        select(Revision.record, Revision.part, func.max(Revision.number).label("number"))
        .where(*which)
        .group_by(Revision.record, Revision.part)
        .subquery()
    )
    return query.join(
        newest,
        (Revision.record == newest.c.record) & (Revision.part == newest.c.part) & (Revision.number == newest.c.number),
    )


def heads(session: Session, record: str | None = None) -> dict[RecordFile, Head]:
    """Return the newest revision of every part, of one record or of all."""
    query = select(Revision.record, Revision.part, Revision.number, Revision.fingerprint, Revision.action)
    rows = session.execute(newest_only(query, *(() if record is None else (Revision.record == record,))))
    return {
        place_of(name, part): Head(number, fingerprint, action in (Action.PUT, Action.ATTACH))
        for name, part, number, fingerprint, action in rows
    }


def find_head(session: Session, place: RecordFile) -> Revision | None:
    """Return the newest revision of a part with its text."""
    return session.scalar(
        select(Revision)
        .where(Revision.record == place.record, Revision.part == place.part)
        .order_by(Revision.number.desc())
        .limit(1)
    )


def find_revision(session: Session, place: RecordFile, number: int) -> Revision | None:
    """Return one revision by its number, or `None`."""
    return session.scalar(
        select(Revision).where(Revision.record == place.record, Revision.part == place.part, Revision.number == number)
    )


def get_revision(session: Session, place: RecordFile, number: int) -> Revision:
    """Return one revision by its number. Raises `NotFound`."""
    if (revision := find_revision(session, place, number)) is None:
        raise NotFound(f"{place.record} {place.part} {number}")
    return revision


def has_fingerprint(session: Session, place: RecordFile, fingerprint: str) -> bool:
    """Return whether a part ever had these bytes."""
    return (
        session.scalar(
            select(Revision.id)
            .where(Revision.record == place.record, Revision.part == place.part, Revision.fingerprint == fingerprint)
            .limit(1)
        )
        is not None
    )


def was_redacted(session: Session, place: RecordFile, fingerprint: str) -> bool:
    """Return whether these bytes were erased from the history of a part."""
    query = select(Revision.id).where(
        Revision.record == place.record,
        Revision.part == place.part,
        Revision.fingerprint == fingerprint,
        Revision.redacted,
    )
    return session.scalar(query.limit(1)) is not None


def redacted_fingerprints(session: Session) -> list[str]:
    """Return the fingerprints of all erased bytes."""
    return list(session.scalars(select(Revision.fingerprint).where(Revision.redacted).distinct()))


def content(session: Session, revision: Revision) -> bytes | None:
    """Return the bytes of a revision; `None` if it deletes the part or was redacted."""
    if revision.text is not None:
        return revision.text.encode()
    if revision.blob_sha256 is not None:
        blob = session.get(Blob, revision.blob_sha256)
        return blob.content if blob else None
    return None


def texts(session: Session, record: str) -> dict[str, str]:
    """Return the newest texts of a record by part, without deleted ones."""
    rows = session.execute(newest_only(select(Revision.part, Revision.text), Revision.record == record))
    return {part: text for part, text in rows if text is not None}


def attachments(session: Session, record: str) -> dict[str, str]:
    """Return the fingerprints of a record's current attachments by name."""
    query = select(Revision.part, Revision.fingerprint)
    rows = session.execute(newest_only(query, Revision.record == record, Revision.part.contains(".")))
    return {part: mark for part, mark in rows if mark}


def find_blob(session: Session, fingerprint: str) -> bytes | None:
    """Return the bytes of a picture or document by their fingerprint; they are not kept in the session."""
    return session.scalar(select(Blob.content).where(Blob.sha256 == fingerprint))


def history(session: Session, record: str, part: str | None = None) -> list[Revision]:
    """Return the revisions of a record, newest first."""
    query = select(Revision).where(Revision.record == record).order_by(Revision.id.desc())
    return list(session.scalars(query if part is None else query.where(Revision.part == part)))


def set_aside(session: Session, place: RecordFile, text: str, *, base: Head | None, note: str, now: datetime) -> Draft:
    """Keep a text from a file that is not the newest as a draft; the caller commits. Equal texts are kept once."""
    known = session.scalar(
        select(Draft).where(
            Draft.record == place.record,
            Draft.part == place.part,
            Draft.origin == DraftOrigin.FILE,
            Draft.text == text,
        )
    )
    if known is not None:
        return known
    draft = Draft(
        record=place.record,
        part=place.part,
        text=text,
        base_number=base.number if base else 0,
        base_fingerprint=base.fingerprint if base else "",
        origin=DraftOrigin.FILE,
        author_id=None,
        note=note,
        created=now,
        updated=now,
    )
    session.add(draft)
    return draft
