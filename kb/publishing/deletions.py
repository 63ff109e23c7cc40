"""Handles files of records deleted by hand: restores them until a curator decides.

The history keeps what is deleted permanently.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission
from kb.content_store.dead_links import dangling, note_left
from kb.content_store.file_problems import MISSING
from kb.content_store.store import ContentStore
from kb.db import begin_write
from kb.errors import Rejected
from kb.history import log
from kb.history.log import Head, LogEntry
from kb.history.model import ChangeKind
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.authorization import require_for
from kb.publishing.catch_up import catch_up
from kb.publishing.checks import require_reason
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile

NOTE = "deleted in the content folder"


def find_deletions(session: Session, store: ContentStore, record: str) -> list[tuple[RecordFile, Head]]:
    """Return the parts of a record deleted in the folder: still missing, or restored and unchanged since.

    Files that this machine has not written yet, or cannot read, do not count as deleted.
    """
    put_back = {each.params["part"]: each.params["number"] for each in store.problems.all(MISSING).get(record, ())}
    found: list[tuple[RecordFile, Head]] = []
    for place, head in log.heads(session, record).items():
        marker = store.applied.find(place)
        stood_here = marker is not None and (marker.number, marker.fingerprint) == (head.number, head.fingerprint)
        is_gone = stood_here and store.content.is_missing(place)
        if head.is_present and (is_gone or put_back.get(place.part) == head.number):
            found.append((place, head))
    return found


def left_by(session: Session, store: ContentStore, records: Sequence[str]) -> dict[str, tuple[Problem, ...]]:
    """Return by record the links that would break if the deleted files of these records were removed permanently."""
    places = [place for record in records for place, _ in find_deletions(session, store, record)]
    return dangling(store, {place.record for place in places if place.part == SOURCE})


def accept_deletions(
    session: Session,
    store: ContentStore,
    records: Sequence[str],
    now: datetime,
    *,
    author_id: int | None = None,
    note: str = NOTE,
) -> list[RecordFile]:
    """Append a deletion for every file of these records deleted in the folder; return the deleted files.

    For the command line, whose user may write to the folder; on the web `delete_for_good` checks permissions.
    """
    accepted: list[RecordFile] = []
    with store.lock.held():
        session.rollback()
        left = left_by(session, store, records)
        for record in records:
            gone = find_deletions(session, store, record)
            if not gone:
                continue
            begin_write(session)
            entries = [LogEntry(place, None, head.number) for place, head in gone]
            log.append(session, ChangeKind.DELETE, entries, author_id=author_id, note=note, now=now)
            for place, head in gone:
                if store.content.is_missing(place):
                    store.applied.done(place, head.number + 1, "")
            store.problems.note(record, (), MISSING)
            accepted += [place for place, _ in gone]
        catch_up(session, store, now, records)
        note_left(store, left)
    return accepted


def delete_for_good(
    session: Session, store: ContentStore, editor: User, record: str, *, note: str, four_eyes: bool, now: datetime
) -> None:
    """Delete for readers, too, what was deleted from a record's folder.

    Raises `Forbidden`, or `Rejected` if it has changed since, or with `four_eyes` if `note` is empty.
    """
    require_reason(note, four_eyes=four_eyes)
    with store.lock.held():
        _require(session, store, editor, record)
        if not accept_deletions(session, store, [record], now, author_id=editor.id, note=note or NOTE):
            message = N_("The files have changed since they were deleted from the folder. Nothing was deleted.")
            raise Rejected([Problem("changed-meanwhile", message)])


def keep(session: Session, store: ContentStore, editor: User, record: str) -> None:
    """Keep the restored files of a record. Raises `Forbidden`."""
    with store.lock.held():
        _require(session, store, editor, record)
        store.problems.note(record, (), MISSING)


def _require(session: Session, store: ContentStore, editor: User, record: str) -> None:
    places = [place for place, _ in find_deletions(session, store, record)]
    sources = [log.texts(session, record).get(SOURCE)]
    require_for(editor, Permission.RETIRE, places, sources, store.vocabularies)
