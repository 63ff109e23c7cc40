"""`catch_up`: where the log and the files meet, by eight rules, under the write lock.

Per file, with its newest revision in the log (the head) and this machine's marker of what it last wrote there:

1. the log has nothing: record the file as number 1, origin `file`
2. the file equals the head: set the marker
3. the file equals what was applied or was being applied: apply the head
4. there is no marker and the file equals some revision: the machine is new, apply the head
5. anything else came from outside, also an old text: if the head was applied here, record it as the next revision,
   otherwise keep it as a set-aside text and apply the head
6. what a replacement displaces is kept, and set aside too if it is not what was compared
7. a file that is missing without a delete in the log is a problem and is written again
8. a record that another machine wrote at the same number with the same text is success
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from kb import faults
from kb.content.bundle import SOURCE, bundle_fingerprint, decode, hash_bytes, read_bundle
from kb.content.files import Place
from kb.content.record import Bundle
from kb.content.replacing import remove_file, replace_file
from kb.db import begin_write
from kb.history import log
from kb.history.log import Entry, Head, Overtaken
from kb.history.model import ChangeKind, Origin
from kb.i18n import N_
from kb.library.library import Library
from kb.library.readable import read_and_check, shown
from kb.problems import Problem, Severity
from kb.publishing.displaced import forget_redacted, keep_displaced, sweep

NOTE_FIRST = "first seen in the content folder"
NOTE_OUTSIDE = "changed in the content folder"


@dataclass
class CaughtUp:
    """What a catch-up did: the records that changed for readers, and what is wrong with files."""

    changed: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)


@dataclass
class _Meeting:
    """The files of one record and the log, brought together."""

    session: Session
    library: Library
    now: datetime
    record: str
    heads: dict[Place, Head]
    files: dict[Place, bytes]
    result: CaughtUp
    to_record: list[Entry] = field(default_factory=list)
    to_apply: list[tuple[Place, bool]] = field(default_factory=list)  # place, and whether to set the file aside


def catch_up(
    session: Session,
    library: Library,
    now: datetime,
    records: Iterable[str] | None = None,
) -> CaughtUp:
    """Bring files, snapshot and index to what the log holds, and the log to what the files hold.

    `records` are names such as `practices/marac`; without them all are looked at. Readers see the result at once.
    """
    with library.lock.held():
        session.rollback()  # a transaction that began before the lock would show the log as it was then
        result = CaughtUp()
        last = log.last_number(session)
        if records is None:
            sweep(session, library, now)
        names = _differing(session, library) if records is None else sorted(set(records))
        for name in names:
            _meet(session, library, now, name, result)
        derive(session, library, _stale_in_snapshot(session, library, names if records is not None else None))
        if records is None:
            forget_redacted(session, library)
            library.applied.reach(last)
        session.rollback()
        return result


def _differing(session: Session, library: Library) -> list[str]:
    """Return the records of which a file, the log and the marker do not agree: usually none, and then all is fast."""
    heads = {place: head.fingerprint for place, head in log.heads(session).items() if place.kind in library.kinds}
    marks = {place: "" if marker.applying else marker.fingerprint for place, marker in library.applied.all().items()}
    names = {place.record for place in heads.keys() | marks.keys() if heads.get(place) != marks.get(place)}
    missing = {place for place, mark in heads.items() if mark}
    for kind in library.kinds:
        for seen in library.content.walk(kind)[0]:
            missing.discard(seen.place)
            data = library.content.read(seen.place)
            if data is None or hash_bytes(data) != heads.get(seen.place):
                names.add(seen.place.record)
    return sorted(names | {place.record for place in missing})


def _meet(session: Session, library: Library, now: datetime, record: str, result: CaughtUp) -> None:
    kind, _, record_id = record.partition("/")
    seen, problems = library.content.walk(kind, record_id)
    files = {each.place: data for each in seen if (data := library.content.read(each.place)) is not None}
    heads = log.heads(session, record)
    meeting = _Meeting(session, library, now, record, heads, files, result)
    broken = _broken(meeting, problems)
    for place in sorted({*files, *heads}):
        _decide(meeting, place, place in broken)
    _record(meeting)
    for place, aside in meeting.to_apply:
        apply_head(session, library, place, now, keep_always=aside)
        result.changed.add(record)
    library.problems.pop(record, None)
    if problems:
        library.problems[record] = tuple(problems)
        result.problems += problems


def _broken(meeting: _Meeting, problems: list[Problem]) -> set[Place]:
    """Return the files that hold no readable record; readers keep the last good revision of them."""
    kind, _, record_id = meeting.record.partition("/")
    texts: dict[str, str] = {}
    broken: set[Place] = set()
    for place, data in meeting.files.items():
        if not place.is_text:
            continue
        text, found = decode(data)
        if text is None:
            problems += [problem.at(meeting.library.content.shown(place)) for problem in found]
            broken.add(place)
        else:
            texts[place.part] = text
    library = meeting.library
    good, _, found = read_and_check(
        library.kinds[kind],
        record_id,
        texts,
        library.vocabularies,
        library.law,
        last_good=log.texts(meeting.session, meeting.record),
    )
    problems += shown(library.content, kind, record_id, found)
    return broken | {Place(kind, record_id, part) for part in texts if part not in good}


def _decide(meeting: _Meeting, place: Place, is_broken: bool) -> None:
    """Apply the eight rules to one file."""
    data, head = meeting.files.get(place), meeting.heads.get(place)
    marker = meeting.library.applied.find(place)
    mark = "" if data is None else hash_bytes(data)
    if head is None:  # rule 1
        if data is not None and not is_broken:
            meeting.to_record.append(Entry(place, data, 0, Origin.FILE))
    elif mark == head.fingerprint:  # rule 2
        if marker is None or (marker.number, marker.fingerprint, marker.applying) != (head.number, mark, None):
            meeting.library.applied.done(place, head.number, mark)
    elif marker is not None and mark in (marker.fingerprint, marker.applying):  # rule 3
        meeting.to_apply.append((place, False))
    elif data is None:  # rule 7, unless the machine is new
        if marker is not None:
            meeting.result.problems.append(_missing(meeting.library, place))
        meeting.to_apply.append((place, False))
    elif marker is None and log.has_fingerprint(meeting.session, place, mark):  # rule 4
        meeting.to_apply.append((place, False))
    elif is_broken:  # a problem already; it waits for a person, and the log keeps the last good text
        return
    elif marker is not None and marker.number == head.number:  # rule 5
        meeting.to_record.append(Entry(place, data, head.number, Origin.FILE))
    else:
        meeting.to_apply.append((place, True))


def _missing(library: Library, place: Place) -> Problem:
    message = N_("The file was missing and is written again; to remove it, use kb content accept-deletions.")
    return Problem("file-missing", message, (), 1, severity=Severity.WARNING, path=library.content.shown(place))


def _record(meeting: _Meeting) -> None:
    """Append what came from outside, all files of a record in one change (rule 8 is in `append`)."""
    if not meeting.to_record:
        return
    session, entries = meeting.session, meeting.to_record
    note = NOTE_FIRST if all(entry.parent == 0 for entry in entries) else NOTE_OUTSIDE
    begin_write(session)
    try:
        log.append(session, ChangeKind.FILE, entries, author_id=None, note=note, now=meeting.now)
    except Overtaken:  # another machine was first with another text: its text is the head now, ours is set aside
        meeting.to_apply += [(entry.place, True) for entry in entries]
        return
    for entry in entries:
        meeting.library.applied.done(entry.place, entry.parent + 1, entry.fingerprint)
    meeting.result.changed.add(meeting.record)


def apply_head(session: Session, library: Library, place: Place, now: datetime, *, keep_always: bool = False) -> None:
    """Write the newest revision of a part to its file, or remove the file.

    A text in the file that the log never had is kept as a draft first; with `keep_always` also one that it once had.
    Whatever the replacement displaces although it is not what was read is kept as well.
    """
    faults.point("apply-start")
    head = log.find_head(session, place)
    if head is None or (head.is_present and head.redacted):
        return
    data = log.content(session, head)
    present = library.content.read(place)
    compared = None if present is None else hash_bytes(present)
    if present is not None and compared != head.fingerprint:
        is_known = log.has_fingerprint(session, place, hash_bytes(present))
        if keep_always or not is_known:
            keep_displaced(session, place, present, now)
    faults.point("apply-before-applying-mark")
    library.applied.begin(place, head.fingerprint)
    faults.point("apply-after-applying-mark")
    path = library.content.path(place)
    displaced = remove_file(path, library.replaced) if data is None else replace_file(path, data, library.replaced)
    if displaced is not None and hash_bytes(displaced) not in (compared, head.fingerprint):  # rule 6
        keep_displaced(session, place, displaced, now)
    faults.point("apply-before-applied-mark")
    library.applied.done(place, head.number, head.fingerprint)
    faults.point("apply-after-applied-mark")


def _stale_in_snapshot(session: Session, library: Library, names: Iterable[str] | None) -> set[str]:
    """Return the records whose row in the snapshot is not what the log holds, whatever the reason."""
    parts: dict[str, dict[str, str]] = {}
    for place, head in log.heads(session).items() if names is None else _heads_of(session, names):
        if place.kind in library.kinds and head.is_present and place.is_text:
            parts.setdefault(place.record, {})[place.part] = head.fingerprint
    wanted = {record: bundle_fingerprint(marks) for record, marks in parts.items() if SOURCE in marks}
    present = {f"{kind}/{record_id}": mark for (kind, record_id), mark in library.snapshot.fingerprints().items()}
    looked_at = wanted.keys() | present.keys() if names is None else set(names)
    return {record for record in looked_at if wanted.get(record) != present.get(record)}


def _heads_of(session: Session, names: Iterable[str]) -> Iterator[tuple[Place, Head]]:
    for name in names:
        yield from log.heads(session, name).items()


def derive(session: Session, library: Library, records: set[str]) -> None:
    """Make what readers are given from the newest texts of the log."""
    bundles: list[Bundle] = []
    removed: list[tuple[str, str]] = []
    for record in sorted(records):
        kind, _, record_id = record.partition("/")
        bundle, _ = read_bundle(library.kinds[kind].shape, record_id, log.texts(session, record))
        if bundle is None:
            removed.append((kind, record_id))
        else:
            bundles.append(bundle)
    session.rollback()  # no lock of the database is held while the index is written
    if bundles or removed:
        faults.point("apply-after-files")
        library.derive(bundles, removed)
    else:
        library.refresh()
