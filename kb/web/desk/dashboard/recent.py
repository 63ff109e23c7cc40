"""The latest changes of all records on the desk: who, what, when, and where to look at them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import url_for

from kb.extensions import db
from kb.history.recent import ChangeSummary, recent_changes
from kb.records.bundle import SOURCE
from kb.records.files.paths import place_of
from kb.web.audit.labels import note_words
from kb.web.desk.history_page import kind_words
from kb.web.http import i18n
from kb.web.http.rendering import generation
from kb.web.labels.authors import authors

_SHOWN = 20


@dataclass(frozen=True)
class RecentLine:
    """A change in words; `more` is how many other records it touched, `author` is empty if a file was changed."""

    title: str
    language: str
    kind: str
    author: str
    at: datetime
    note: str
    more: int
    address: str


def recent_lines() -> tuple[RecentLine, ...]:
    """Return the latest changes, newest first."""
    found = recent_changes(db.session, _SHOWN)
    names = authors(db.session, [each.author_id for each in found])
    return tuple(_line(each, names.get(each.author_id or 0, "")) for each in found)


def _line(change: ChangeSummary, author: str) -> RecentLine:
    place = place_of(change.record, SOURCE)
    entry = generation().catalog.columns.get((place.kind, place.id))
    title, language = entry.title(i18n.current().code) if entry is not None else (place.id, "")
    return RecentLine(
        title=title,
        language=language,
        kind=kind_words(change.kind),
        author=author,
        at=change.at,
        note=note_words(change.note),
        more=change.records - 1,
        address=url_for("changes.show", number=change.number),
    )
