"""Handles displaced files: saves unknown texts as drafts, cleans up temporary files, forgets redacted ones."""

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
    """Save a displaced text as a draft, unless it was erased on request.

    The draft's base is the revision that this machine last wrote there, however far the log has moved.
    """
    if not place.is_text or log.was_redacted(session, place, hash_bytes(data)):
        return
    session.rollback()
    marker = store.applied.find(place)
    base = Head(marker.number, marker.fingerprint, is_present=True) if marker is not None and marker.number else None
    note = "a file that was changed outside while the log moved on"
    text = data.decode("utf-8", errors="backslashreplace").replace("\0", "\\x00")  # no database stores a NUL in a text
    with write_transaction(session):
        log.set_aside(session, place, text, base=base, note=note, now=now)


def sweep(session: Session, store: ContentStore, now: datetime) -> None:
    """Remove the temporary files that killed processes left in all record folders."""
    for path in list(store.content.leftovers()):
        name = path.name.removeprefix(".").removesuffix(".part").removesuffix(".new").removesuffix(".old")
        place = store.content.place(path.parent.parent.name, path.parent.name, name)
        _clear(session, store, place, path, now)


def clear_leftovers(session: Session, store: ContentStore, place: RecordFile, now: datetime) -> None:
    """Remove the temporary files of one file, left by a killed process or after a full disk."""
    final = store.content.path(place)
    for ending in ("part", "new", "old.new"):
        path = final.with_name(f".{final.name}.{ending}")
        if path.is_file():
            _clear(session, store, place, path, now)


def _clear(session: Session, store: ContentStore, place: RecordFile | None, path: Path, now: datetime) -> None:
    """Delete a half-written file; keep a displaced one, also as a draft if the log never had its text."""
    if path.name.endswith(".part"):
        path.unlink(missing_ok=True)
        return
    if place is not None and (final := store.content.path(place)).exists() and final.samefile(path):
        path.unlink()  # killed while a new file had two names
        return
    data = path.read_bytes()
    if place is not None and not log.has_fingerprint(session, place, hash_bytes(data)):
        keep_displaced(session, store, place, data, now)
    store.replaced.keep(path, data)


def forget_redacted(session: Session, store: ContentStore) -> None:
    """Remove from the folder of replaced files everything erased from the log."""
    for fingerprint in log.redacted_fingerprints(session):
        store.replaced.forget(fingerprint)
