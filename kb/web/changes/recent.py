"""The latest changes of published records, newest first: from the log, and from the dates in the records of countries.

A first text came into the log when the site was set up. So the days on which the answers of a country were compared
with their sources come from its record, and so do the dates of its laws. Changes have no names of persons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from flask import current_app
from sqlalchemy.exc import SQLAlchemyError

from kb.content_store.catalog import CatalogEntry
from kb.extensions import db
from kb.history.recent import SourceRevision, recent_sources
from kb.kinds.country.changes import LISTS, ChangedRow, checked_rows, row_changes
from kb.kinds.country.kind import KIND as COUNTRY
from kb.kinds.country.model import Country
from kb.kinds.country.situation import FindingKind
from kb.kinds.organisation.kind import KIND as ORGANISATION
from kb.kinds.practice.changes import ChangeEvent, What, source_events, text_of
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.records.difference import file_differences
from kb.records.front_matter import Value, cut, read_yaml
from kb.records.record import Status
from kb.web.http.rendering import generation, has_pages

# Revisions of source files that are looked at; older changes are on the pages of the records.
MOST = 300
MOST_OF_ONE = 50  # of one record: comparing two texts takes some milliseconds
MOST_SINCE = 3_000  # since a moment, for e-mails
# The lists of a kind whose rows are told apart.
_TABLES: Mapping[str, tuple[str, ...]] = {
    COUNTRY.name: LISTS,
    ORGANISATION.name: ("services", "contacts", "gaps"),
}
_DATE = re.compile(r"\d{4}(-\d\d){0,2}$")


# Events and changed rows of one revision, and what they depend on.
_Told = tuple[tuple[ChangeEvent, ...], tuple[ChangedRow, ...]]
_Key = tuple[str, int, bool, bool, int, int]


@dataclass(frozen=True)
class RecentChange:
    """What changed in one record on one day. `when` is an ISO date; of a law it may be a month or a year.

    `finding` is the row of a country that tells of a change of the law; its text is the change.
    """

    when: str
    kind: str
    id: str
    events: tuple[ChangeEvent, ...] = ()
    rows: tuple[ChangedRow, ...] = ()
    finding: str = ""

    @property
    def is_new(self) -> bool:
        """Whether the record was published here for the first time, and nothing else is told."""
        return not self.rows and [event.what for event in self.events] == [What.PUBLISHED]


@dataclass(frozen=True)
class RecentChanges:
    """All changes, newest first, and dates ahead, nearest first. `is_whole` is false without the database.

    `told` is what each revision told. The next generation takes it over, as comparing all texts takes seconds.
    """

    past: tuple[RecentChange, ...]
    ahead: tuple[RecentChange, ...]
    is_whole: bool = True
    told: Mapping[_Key, _Told] = field(default_factory=dict)


def recent_changes(today: str) -> RecentChanges:
    """Return the changes of the generation of this request; `today` is an ISO date."""
    stamp = f"{generation().stamp} {today}"
    known, found = current_app.extensions.get("recent", ("", None))
    if known != stamp or found is None:
        found = _collect(today, found.told if found is not None else {})
        if found.is_whole:
            current_app.extensions["recent"] = (stamp, found)
    changes: RecentChanges = found
    return changes


def changes_of(record: CatalogEntry, today: str) -> RecentChanges:
    """Return the changes of one record, also those that are older than the latest changes of all records."""
    return _collect(today, _known(), record)


def changes_since(since: datetime, until: datetime) -> tuple[RecentChange, ...]:
    """Return what the log tells between two moments, newest first, for e-mails. Raises `SQLAlchemyError`.

    Unlike a page it goes by the day of publication alone, so that no change is told in two e-mails.
    """
    known = _known()
    revisions = [each for each in recent_sources(db.session, MOST_SINCE, since=since) if each.at < until]
    changes = (_change(each, known.get(_key(each)) or _told(each)) for each in revisions if _is_shown(each))
    past = sorted(_merged(change for change in changes if change is not None), key=_place)
    return tuple(sorted(past, key=lambda each: each.when, reverse=True))


def _known() -> Mapping[_Key, _Told]:
    _stamp, found = current_app.extensions.get("recent", ("", None))
    return found.told if found is not None else {}


def _collect(today: str, known: Mapping[_Key, _Told], record: CatalogEntry | None = None) -> RecentChanges:
    revisions = _find_logged(record)
    told = {key: known[key] if key in known else _told(each) for each in revisions or () for key in (_key(each),)}
    logged = [change for each in revisions or () if (change := _change(each, told[_key(each)])) is not None]
    # Reading the record of a country takes milliseconds, so each is read once.
    countries = [entry for entry in _countries() if record is None or entry == record]
    records = [_told_by(generation().catalog.bundle(COUNTRY, entry.id).record) for entry in countries]
    checks = [each for pair in records for each in pair[0]]
    dates = [each for pair in records for each in pair[1]]
    merged = _merged((*logged, *checks))
    past = sorted((*merged, *(change for kind, change in dates if kind is FindingKind.CHANGE)), key=_place)
    ahead = [change for kind, change in dates if kind is FindingKind.COMING and change.when > today]
    return RecentChanges(
        past=tuple(sorted(past, key=lambda each: each.when, reverse=True)),
        ahead=tuple(sorted(ahead, key=lambda each: (each.when, each.id))),
        is_whole=revisions is not None,
        told=told,
    )


def _place(change: RecentChange) -> tuple[object, ...]:
    """Return the place of a change within its day: records that are new come last, as they can be many."""
    return change.is_new, change.kind, change.finding, change.id


def _merged(changes: Iterable[RecentChange]) -> Iterable[RecentChange]:
    """Return the changes; those of a record on a day become one."""
    merged: dict[tuple[str, bool, str, str], RecentChange] = {}
    for change in changes:
        key = (change.when, change.is_new, change.kind, change.id)
        merged[key] = _merge(merged[key], change) if key in merged else change
    return merged.values()


def _merge(first: RecentChange, second: RecentChange) -> RecentChange:
    """Return two changes of a record on a day as one; a row that changed is not told again as checked."""
    told = {(row.table, row.id) for row in first.rows}
    more = (row for row in second.rows if (row.table, row.id) not in told)
    events = dict.fromkeys((*first.events, *second.events))
    return replace(first, events=tuple(events), rows=(*first.rows, *more))


def _find_logged(record: CatalogEntry | None) -> list[SourceRevision] | None:
    """Return the latest revisions that readers may see, newest first; `None` where the database does not answer."""
    most, name = (MOST, "") if record is None else (MOST_OF_ONE, f"{record.kind}/{record.id}")
    try:
        return [each for each in recent_sources(db.session, most, record=name) if _is_shown(each)]
    except SQLAlchemyError:
        current_app.logger.exception("the log could not be read")
        return None


def _is_shown(revision: SourceRevision) -> bool:
    kind, _slash, record_id = revision.record.partition("/")
    entry = generation().catalog.columns.get((kind, record_id))
    return entry is not None and entry.status is not Status.DRAFT and has_pages(kind)


def _key(revision: SourceRevision) -> _Key:
    """Return what the meaning of a revision depends on, without its long texts; erasing words changes a text."""
    before, after = hash(revision.before), hash(revision.text)
    return revision.record, revision.number, revision.is_minor, revision.is_single, before, after


def _change(revision: SourceRevision, told: _Told) -> RecentChange | None:
    """Return what a revision meant for readers, or `None` if it changed nothing for them."""
    kind, _slash, record_id = revision.record.partition("/")
    events, rows = told
    when = revision.at.date().isoformat()
    return RecentChange(when, kind, record_id, events, rows) if events or rows else None


def _told(revision: SourceRevision) -> _Told:
    kind, _slash, record_id = revision.record.partition("/")
    if revision.is_single:
        return (ChangeEvent(What.PUBLISHED),), ()
    old, new = _facts(revision.before), _facts(revision.text)
    was, now = old.get("status", ""), new.get("status", "")
    if was != Status.PUBLISHED or now != Status.PUBLISHED:
        return _moved(str(was), str(now)), ()
    before, after = revision.before or "", revision.text or ""
    if kind == PRACTICE.name:
        return source_events(text_of(record_id, before), text_of(record_id, after), is_minor=revision.is_minor), ()
    rows = tuple(row_changes(old, new, _TABLES.get(kind, ())))
    has_more = any(each.name not in {row.table for row in rows} for each in file_differences(before, after))
    text = (ChangeEvent(What.MINOR if revision.is_minor else What.TEXT),) if has_more and not rows else ()
    return text, rows


def _moved(was: str, now: str) -> tuple[ChangeEvent, ...]:
    """Return the event of a new status."""
    if now == Status.PUBLISHED:
        return (ChangeEvent(What.AGAIN if was == Status.RETIRED else What.PUBLISHED),)
    return (ChangeEvent(What.RETIRED),) if was == Status.PUBLISHED and now == Status.RETIRED else ()


def _facts(text: str | None) -> Mapping[str, Value]:
    parts = cut(text) if text else None
    return read_yaml(parts.yaml)[0].values if parts is not None else {}


def _countries() -> tuple[CatalogEntry, ...]:
    return generation().catalog.entries(COUNTRY)


_Dated = tuple[FindingKind, RecentChange]


def _told_by(country: Country) -> tuple[list[RecentChange], list[_Dated]]:
    """Return what a record tells: its rows by the day of their check, and dated changes of law and practice by kind."""
    checks = [
        RecentChange(day.isoformat(), COUNTRY.name, country.id, rows=(row,)) for day, row in checked_rows(country)
    ]
    dates: list[_Dated] = [
        (each.kind, RecentChange(each.when or "", COUNTRY.name, country.id, finding=each.id))
        for each in country.findings
        if each.kind in (FindingKind.CHANGE, FindingKind.COMING) and _DATE.match(each.when or "")
    ]
    return checks, dates
