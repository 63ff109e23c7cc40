"""Pictures and documents that come back with an earlier text, as they were when it stood."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from kb.history import log
from kb.history.attachments import next_change, stood_before
from kb.history.log import Head, LogEntry
from kb.records.attachments import NAME, namings
from kb.records.files.paths import RecordFile


def files_then(session: Session, place: RecordFile, number: int, text: str) -> dict[str, str]:
    """Return the files that a revision of a text showed and that are gone or others now: their fingerprints by name.

    That of a file that was erased from the history is empty.
    """
    names = {naming.name for naming in namings(text) if NAME.fullmatch(naming.name)}
    then = stood_before(session, place.record, names, next_change(session, place, number)) if names else {}
    now = log.attachments(session, place.record)
    return {name: mark for name, mark in then.items() if now.get(name) != mark}


def returning(
    session: Session, place: RecordFile, files: Mapping[str, str], heads: Mapping[RecordFile, Head]
) -> list[LogEntry]:
    """Return the rows of a change that put these files beside the record of a place again."""
    entries = []
    for name, mark in files.items():
        where = RecordFile(place.kind, place.id, name)
        head, data = heads.get(where), log.find_blob(session, mark) if mark else None
        if data is not None:
            entries.append(LogEntry(where, data, head.number if head else 0))
    return entries
