"""Restores pictures and documents together with an earlier text, as they were at that time."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from kb.history import log
from kb.history.attachments import next_change, stood_before
from kb.history.log import Head, LogEntry
from kb.records.attachments import NAME, namings
from kb.records.files.paths import RecordFile


def files_then(session: Session, place: RecordFile, number: int, text: str) -> dict[str, str]:
    """Return the files that a revision showed and that are missing or changed now: fingerprints by name.

    A file erased from the history has an empty fingerprint.
    """
    names = {naming.name for naming in namings(text) if NAME.fullmatch(naming.name)}
    then = stood_before(session, place.record, names, next_change(session, place, number)) if names else {}
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
