"""What happens to files that were displaced: kept as drafts if nobody has their text, cleared away, or forgotten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from kb.content.bundle import hash_bytes
from kb.content.files import Place
from kb.db import begin_write
from kb.history import log
from kb.library.library import Library


def keep_displaced(session: Session, place: Place, data: bytes, now: datetime) -> None:
    """Keep a displaced text as a draft, unless it was erased on request."""
    if not place.is_text or log.was_redacted(session, place, hash_bytes(data)):
        return
    session.rollback()
    base = log.heads(session, place.record).get(place)
    note = "a file that was changed outside while the log moved on"
    begin_write(session)
    log.set_aside(session, place, data.decode("utf-8", errors="backslashreplace"), base=base, note=note, now=now)
    session.commit()


def sweep(session: Session, library: Library, now: datetime) -> None:
    """Clear temporary files of a killed process: half-written ones go, displaced ones are kept if unknown."""
    for path in list(library.content.leftovers()):
        kind, record_id = path.parent.parent.name, path.parent.name
        name = path.name.removeprefix(".")
        if name.endswith(".part"):
            path.unlink(missing_ok=True)
            continue
        place = library.content.place(kind, record_id, name.removesuffix(".new").removesuffix(".old"))
        if place is not None and (final := library.content.path(place)).exists() and final.samefile(path):
            path.unlink()  # killed while a new file had both its names
            continue
        data = path.read_bytes()
        if place is not None and not log.has_fingerprint(session, place, hash_bytes(data)):
            keep_displaced(session, place, data, now)
        library.replaced.keep(path, data)


def forget_redacted(session: Session, library: Library) -> None:
    """Remove from the folder of replaced files what was erased from the log."""
    for fingerprint in log.redacted_fingerprints(session):
        library.replaced.forget(fingerprint)
