"""History of a practice on its pages: its steps, the current version, and past versions as they were published.

The page of a practice is made from the content generation and needs no database. If the database does not answer, the
page leaves out its last change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import current_app, url_for
from sqlalchemy.exc import SQLAlchemyError

from kb.errors import NotFound
from kb.extensions import db
from kb.kinds.practice.history import (
    Past,
    PublishedChange,
    Version,
    find_past,
    get_version,
    last_step,
    steps,
    was_shown,
)
from kb.records.record import Status
from kb.web.http.db_errors import needs_database
from kb.web.http.rendering import generation
from kb.web.labels.authors import public_authors
from kb.web.practices.changes import describe_event


@dataclass(frozen=True)
class HistoryLineView:
    """One entry of the list: date, words, number and address of the version of that day, and author.

    `author` is empty unless the person chose that readers may see the name.
    """

    day: date
    words: tuple[str, ...]
    version: int | None
    address: str | None
    author: str = ""


@dataclass(frozen=True)
class CurrentVersion:
    """The current version, and the last event in its history."""

    number: int
    day: date
    changed: date
    last: HistoryLineView | None


def find_current_version(record_id: str) -> CurrentVersion | None:
    """Return the current version of a practice; `None` where the database does not answer."""
    try:
        past = find_past(db.session, record_id)
        last = last_step(db.session, past) if past else None
    except SQLAlchemyError:
        current_app.logger.exception("the past of a practice could not be read")
        return None
    if past is None:
        return None
    view = _view(record_id, last) if last else None
    return CurrentVersion(past.newest.number, past.newest.at.date(), past.changed.date(), view)


@needs_database()
def list_changes(record_id: str) -> tuple[HistoryLineView, ...]:
    """Return the changes of a practice, newest first. Raises `Unavailable` where the database does not answer."""
    past = find_past(db.session, record_id)
    walked = steps(db.session, past) if past else ()
    names = public_authors(db.session, (step.change for step in walked))
    return tuple(_view(record_id, step, names.get(step.change, "")) for step in walked)


@needs_database()
def load_past(record_id: str) -> Past:
    """Return the history of a practice from the log. Raises `NotFound`, or `Unavailable`."""
    past = find_past(db.session, record_id)
    if past is None:
        raise NotFound(f"practices/{record_id}")
    return past


@needs_database()
def load_version(record_id: str, number: int) -> Version:
    """Return a published version. A record that is a draft now has none: it was withdrawn.

    Raises `NotFound`, `Erased`, or `Unavailable`.
    """
    entry = generation().catalog.columns.get(("practices", record_id))
    if entry is None or entry.status is Status.DRAFT:
        raise NotFound(f"practices/{record_id}")
    return get_version(db.session, record_id, number)


@needs_database()
def was_ever_shown(record_id: str, name: str, fingerprint: str) -> bool:
    """Whether a version that readers may read shows a file with this fingerprint. Raises `Unavailable`."""
    entry = generation().catalog.columns.get(("practices", record_id))
    if entry is None or entry.status is Status.DRAFT:
        return False
    return was_shown(db.session, record_id, name, fingerprint)


def _view(record_id: str, step: PublishedChange, author: str = "") -> HistoryLineView:
    address = url_for("practices.version", record_id=record_id, number=step.version) if step.version else None
    words = tuple(describe_event(event) for event in step.events)
    return HistoryLineView(step.at.date(), words, step.version, address, author)
