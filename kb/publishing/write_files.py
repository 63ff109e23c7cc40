"""Writes the newest revision of a part to its file without losing the previous content (rule 6)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from kb import fault_points
from kb.content_store.store import ContentStore
from kb.errors import Unavailable
from kb.history import log
from kb.history.attachments import is_published
from kb.publishing.set_aside import clear_leftovers, keep_displaced
from kb.records.bundle import SOURCE, hash_bytes
from kb.records.files.atomic_write import remove_file, replace_file
from kb.records.files.paths import RecordFile


def apply_head(
    session: Session, store: ContentStore, place: RecordFile, now: datetime, *, keep_always: bool = False
) -> None:
    """Write the newest revision of a part to its file, or remove the file.

    A text in the file that the log never had is first saved as a draft; with `keep_always` also one that it had. If the
    replacement displaces something other than what was read, that is kept as well. Attachments of a record that was
    never published are not written. Raises `Unavailable` if the path is not a file, `OSError` if the disk is full or
    access is denied; the text is safe in the log.
    """
    fault_points.point("apply-start")
    head = log.find_head(session, place)
    if head is None or (head.is_present and head.redacted):
        return
    if not place.is_text and not is_published(session, place.record):
        return  # draft attachments stay out of the folder; the first text brings them
    if not store.content.is_writable(place):
        message = f"{store.content.shown(place)} is no file, or its folder is none of ours"
        raise Unavailable(message)
    clear_leftovers(session, store, place, now)
    data = log.content(session, head)
    present = store.content.read(place)
    compared = None if present is None else hash_bytes(present)
    if present is not None and compared != head.fingerprint:
        is_known = log.has_fingerprint(session, place, hash_bytes(present))
        if keep_always or not is_known:
            keep_displaced(session, store, place, present, now)
    fault_points.point("apply-before-applying-mark")
    store.applied.begin(place, head.fingerprint)
    fault_points.point("apply-after-applying-mark")
    path = store.content.path(place)
    displaced = remove_file(path, store.replaced) if data is None else replace_file(path, data, store.replaced)
    if displaced is not None and hash_bytes(displaced) not in (compared, head.fingerprint):  # rule 6
        keep_displaced(session, store, place, displaced, now)
    fault_points.point("apply-before-applied-mark")
    store.applied.done(place, head.number, head.fingerprint)
    fault_points.point("apply-after-applied-mark")
    if place.part == SOURCE and data is not None:
        _write_waiting(session, store, place, now)


def _write_waiting(session: Session, store: ContentStore, place: RecordFile, now: datetime) -> None:
    """Write the files that were attached to a record before it was published."""
    for name in log.attachments(session, place.record):
        where = RecordFile(place.kind, place.id, name)
        if store.applied.find(where) is None:
            apply_head(session, store, where, now)
