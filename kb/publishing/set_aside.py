"""What happens to files that were displaced: kept as drafts if nobody has their text, cleared away, or forgotten."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.db import write_transaction
from kb.history import log
from kb.history.log import Head
from kb.records.bundle import hash_bytes
from kb.records.files.paths import RecordFile


def keep_displaced(session: Session, store: ContentStore, place: RecordFile, data: bytes, now: datetime) -> None:
    """Keep a displaced text as a draft, unless it was erased on request.

    Whoever wrote it began with what this machine had last put there: that is its base, however far the log has moved.
    """
    if not place.is_text or log.was_redacted(session, place, hash_bytes(data)):
        return
    session.rollback()
    marker = store.applied.find(place)
    base = Head(marker.number, marker.fingerprint, is_present=True) if marker is not None and marker.number else None
    note = "a file that was changed outside while the log moved on"
    text = data.decode("utf-8", errors="backslashreplace").replace("\0", "\\x00")  # no database keeps a NUL in a text
    with write_transaction(session):
        log.set_aside(session, place, text, base=base, note=note, now=now)


def sweep(session: Session, store: ContentStore, now: datetime) -> None:
    """Clear the temporary files that killed processes left beside all records."""
    for path in list(store.content.leftovers()):
        name = path.name.removeprefix(".").removesuffix(".part").removesuffix(".new").removesuffix(".old")
        place = store.content.place(path.parent.parent.name, path.parent.name, name)
        _clear(session, store, place, path, now)


def clear_leftovers(session: Session, store: ContentStore, place: RecordFile, now: datetime) -> None:
    """Clear the temporary files that a killed process, or one whose disk was full, left beside one file."""
    final = store.content.path(place)
    for ending in ("part", "new", "old.new"):
        path = final.with_name(f".{final.name}.{ending}")
        if path.is_file():
            _clear(session, store, place, path, now)


def _clear(session: Session, store: ContentStore, place: RecordFile | None, path: Path, now: datetime) -> None:
    """A half-written file goes; a displaced one is kept, as a draft too if the log never had its text."""
    if path.name.endswith(".part"):
        path.unlink(missing_ok=True)
        return
    if place is not None and (final := store.content.path(place)).exists() and final.samefile(path):
        path.unlink()  # killed while a new file had both its names
        return
    data = path.read_bytes()
    if place is not None and not log.has_fingerprint(session, place, hash_bytes(data)):
        keep_displaced(session, store, place, data, now)
    store.replaced.keep(path, data)


def forget_redacted(session: Session, store: ContentStore) -> None:
    """Remove from the folder of replaced files what was erased from the log."""
    for fingerprint in log.redacted_fingerprints(session):
        store.replaced.forget(fingerprint)
