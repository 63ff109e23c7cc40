"""Taking deleted files out of the log too; without it a missing file is written again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from kb.content.files import Place
from kb.db import begin_write
from kb.history import log
from kb.history.log import Entry, Head
from kb.history.model import ChangeKind
from kb.library.library import Library
from kb.publishing.apply import catch_up

NOTE = "deleted in the content folder"


def find_deletions(session: Session, library: Library, record: str) -> list[tuple[Place, Head]]:
    """Return the parts of a record that stood here in their newest text and are gone from the folder.

    What this machine has not written yet, or cannot read, was deleted by nobody.
    """
    found: list[tuple[Place, Head]] = []
    for place, head in log.heads(session, record).items():
        marker = library.applied.find(place)
        stood_here = marker is not None and (marker.number, marker.fingerprint) == (head.number, head.fingerprint)
        if head.is_present and stood_here and library.content.is_missing(place):
            found.append((place, head))
    return found


def accept_deletions(session: Session, library: Library, records: Sequence[str], now: datetime) -> list[Place]:
    """Append a deletion for every file of these records that is gone from the folder; return what was accepted.

    For whoever may write to the folder: the command line, not the web. What was deleted stays in the history.
    """
    accepted: list[Place] = []
    with library.lock.held():
        session.rollback()
        for record in records:
            gone = find_deletions(session, library, record)
            if not gone:
                continue
            begin_write(session)
            entries = [Entry(place, None, head.number) for place, head in gone]
            log.append(session, ChangeKind.DELETE, entries, author_id=None, note=NOTE, now=now)
            for place, head in gone:
                library.applied.done(place, head.number + 1, "")
            accepted += [place for place, _ in gone]
        catch_up(session, library, now, records)
    return accepted
