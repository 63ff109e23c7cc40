"""Synchronizes one record's files with the log by eight rules.

Each file is compared with its newest revision in the log (the head). It is also compared with this machine's marker of
its last write:

1. the log has nothing: record the file as number 1, origin `file`
2. the file equals the head: set the marker
3. the file equals what was applied or was being applied: apply the head
4. there is no marker and the file equals some revision: the machine is new, apply the head
5. anything else came from outside, even an old text: if the head was applied here, record it as the next revision,
   otherwise set the text aside and apply the head
6. what a replacement displaces is kept, and also set aside if it is not what was compared
7. a file missing without a deletion in the log is a problem and is written again
8. a record that another machine wrote at the same number with the same text is a success
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from kb.content_store.file_problems import MISSING
from kb.content_store.store import ContentStore
from kb.content_store.validation import read_and_check, shown
from kb.db import begin_write
from kb.history import log
from kb.history.log import Head, LogEntry, Overtaken
from kb.history.model import ChangeKind, ChangeOrigin
from kb.i18n import N_
from kb.problems import Problem, Severity
from kb.publishing.write_files import apply_head
from kb.records.bundle import decode, hash_bytes
from kb.records.files.paths import RecordFile

logger = logging.getLogger(__name__)

NOTE_FIRST = N_("first found in the content folder")
NOTE_OUTSIDE = N_("changed in the content folder")
ATTEMPTS = 3  # a second collision with another machine is rare enough


@dataclass
class CaughtUp:
    """Result of a catch-up: changed records, problems of files, and records that failed."""

    changed: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    failed: set[str] = field(default_factory=set)


@dataclass
class _Meeting:
    """State of synchronizing the files of one record with the log."""

    session: Session
    store: ContentStore
    now: datetime
    record: str
    heads: dict[RecordFile, Head]
    files: dict[RecordFile, bytes]
    result: CaughtUp
    to_record: list[LogEntry] = field(default_factory=list)
    to_apply: list[tuple[RecordFile, bool]] = field(default_factory=list)  # place, and whether to set the file aside
    missing: list[Problem] = field(default_factory=list)


def meet(session: Session, store: ContentStore, now: datetime, record: str, result: CaughtUp) -> None:
    """Synchronize the files of one record with the log, under the write lock."""
    for attempt in range(ATTEMPTS):
        if _meet_once(session, store, now, record, result, is_last=attempt == ATTEMPTS - 1):
            return


def _meet_once(
    session: Session, store: ContentStore, now: datetime, record: str, result: CaughtUp, *, is_last: bool
) -> bool:
    """Synchronize once, and return whether no other machine interfered."""
    kind, _, record_id = record.partition("/")
    seen, problems = store.content.walk(kind, record_id)
    files = {each.place: data for each in seen if (data := store.content.read(each.place)) is not None}
    heads = log.heads(session, record)
    meeting = _Meeting(session, store, now, record, heads, files, result)
    broken = _broken(meeting, problems)
    for place in sorted({*files, *heads}):
        if place in files or store.content.is_missing(place):  # a link or a folder of that name is already a problem
            _decide(meeting, place, place in broken)
    if not _record(meeting, is_last=is_last):
        return False
    if meeting.missing:  # before restoring it: afterwards nothing shows that it was missing
        before = store.problems.all(MISSING).get(record, ())
        again = {problem.path for problem in meeting.missing}
        store.problems.note(record, [*(each for each in before if each.path not in again), *meeting.missing], MISSING)
    for place, aside in meeting.to_apply:
        apply_head(session, store, place, now, keep_always=aside)
        result.changed.add(record)
    store.problems.note(record, problems)
    result.problems += [*problems, *meeting.missing]
    return True


def _broken(meeting: _Meeting, problems: list[Problem]) -> set[RecordFile]:
    """Return the files without a readable record; readers keep their last good revision."""
    kind, _, record_id = meeting.record.partition("/")
    texts: dict[str, str] = {}
    broken: set[RecordFile] = set()
    for place, data in meeting.files.items():
        if not place.is_text:
            continue
        text, found = decode(data)
        if text is None:
            problems += [problem.at(meeting.store.content.shown(place)) for problem in found]
            broken.add(place)
        else:
            texts[place.part] = text
    store = meeting.store
    good, _, found = read_and_check(
        store.kinds[kind],
        record_id,
        texts,
        store.vocabularies,
        store.law,
        last_good=log.texts(meeting.session, meeting.record),
    )
    problems += shown(store.content, kind, record_id, found)
    return broken | {RecordFile(kind, record_id, part) for part in texts if part not in good}


def _decide(meeting: _Meeting, place: RecordFile, is_broken: bool) -> None:
    """Apply the eight rules to one file."""
    data, head = meeting.files.get(place), meeting.heads.get(place)
    marker = meeting.store.applied.find(place)
    mark = "" if data is None else hash_bytes(data)
    if head is None:  # rule 1
        if data is not None and not is_broken:
            meeting.to_record.append(LogEntry(place, data, 0, ChangeOrigin.FILE))
    elif mark == head.fingerprint:  # rule 2
        if marker is None or (marker.number, marker.fingerprint, marker.applying) != (head.number, mark, None):
            meeting.store.applied.done(place, head.number, mark)
    elif marker is not None and mark in (marker.fingerprint, marker.applying):  # rule 3
        meeting.to_apply.append((place, False))
    elif data is None:  # rule 7, except on a new machine
        if marker is not None:
            meeting.missing.append(_missing(meeting, place, head))
            logger.warning("%s was missing and is written again", meeting.store.content.shown(place))
        meeting.to_apply.append((place, False))
    elif marker is None and log.has_fingerprint(meeting.session, place, mark):  # rule 4
        meeting.to_apply.append((place, False))
    elif is_broken:  # already a problem, left to a person; the log keeps the last good text
        return
    elif marker is not None and (marker.number, marker.fingerprint) == (head.number, head.fingerprint):  # rule 5
        meeting.to_record.append(LogEntry(place, data, head.number, ChangeOrigin.FILE))
    else:
        meeting.to_apply.append((place, True))


def _missing(meeting: _Meeting, place: RecordFile, head: Head) -> Problem:
    message = (
        "The file was missing and has been restored. To delete it permanently, use the dashboard or kb "
        "content accept-deletions."
    )
    params = {"part": place.part, "number": head.number, "at": meeting.now.isoformat()}
    return Problem("file-missing", message, (), 1, params, Severity.WARNING, meeting.store.content.shown(place))


def _record(meeting: _Meeting, *, is_last: bool) -> bool:
    """Append external changes, all files of a record in one change (rule 8 is in `append`).

    Returns `False` if another machine first appended another text for one of them: then the record is checked again.
    The last attempt sets all of them aside instead.
    """
    if not meeting.to_record:
        return True
    session, entries = meeting.session, meeting.to_record
    note = NOTE_FIRST if all(entry.parent == 0 for entry in entries) else NOTE_OUTSIDE
    begin_write(session)
    try:
        log.append(session, ChangeKind.FILE, entries, author_id=None, note=note, now=meeting.now)
    except Overtaken:
        meeting.to_apply += [(entry.place, True) for entry in entries]
        return is_last
    for entry in entries:
        meeting.store.applied.done(entry.place, entry.parent + 1, entry.fingerprint)
    meeting.result.changed.add(meeting.record)
    return True
