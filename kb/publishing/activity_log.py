"""Activity log: lists sign-ins, account changes, record changes and reviews by time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CompoundSelect, Integer, Select, cast, func, literal, null, or_, select, union_all
from sqlalchemy.engine import Row
from sqlalchemy.orm import Session

from kb.accounts.model import AuditAction, AuditEntry
from kb.history.model import Change, ReviewNote, Revision

PER_PAGE = 50
# Rows fetched at once when writing a file.
_AT_ONCE = 500


class ActivityKind(StrEnum):
    """The kind of an action; also the choices of the filter."""

    SIGN_IN = "sign-in"
    ACCOUNT = "account"
    RECORD = "record"
    REVIEW = "review"


@dataclass(frozen=True)
class ActivityFilter:
    """Filter of actions: by or on a person, of a kind, from one moment until before another."""

    person_id: int | None = None
    kind: ActivityKind | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class ActivityLine:
    """One action. `deed` is its name within the kind; `actor_id` is empty if no signed-in user did it.

    `user_id` is the account that it changed. `parts` are the records that it changed: pairs of a record and its part.
    """

    at: datetime
    kind: ActivityKind
    deed: str
    detail: str
    actor_id: int | None
    user_id: int | None
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ActivityList:
    """One page of actions, newest first; `total` counts those on all pages."""

    lines: tuple[ActivityLine, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        """The number of pages, at least one."""
        return max(1, -(-self.total // PER_PAGE))


def list_deeds(session: Session, wanted: ActivityFilter, *, page: int = 1) -> ActivityList:
    """Return one page; for a page that does not exist, the nearest one."""
    found = _union(wanted)
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    page = min(max(1, page), max(1, -(-total // PER_PAGE)))
    return ActivityList(_lines(session, found, (page - 1) * PER_PAGE, PER_PAGE), total, page)


def all_deeds(session: Session, wanted: ActivityFilter) -> Iterator[ActivityLine]:
    """Yield all matching actions, newest first."""
    found, first = _union(wanted), 0
    while lines := _lines(session, found, first, _AT_ONCE):
        yield from lines
        first += _AT_ONCE


def _lines(session: Session, found: CompoundSelect[Any], first: int, count: int) -> tuple[ActivityLine, ...]:
    rows = session.execute(
        found.order_by(found.selected_columns.at.desc(), "source", found.selected_columns.id.desc())
        .offset(first)
        .limit(count)
    ).all()
    changed = _changed(session, [row.id for row in rows if row.source == ActivityKind.RECORD])
    return tuple(_line(row, changed) for row in rows)


def _line(row: Row[Any], changed: dict[int, list[tuple[str, str]]]) -> ActivityLine:
    kind = ActivityKind(row.source)
    if kind is ActivityKind.RECORD:
        parts = tuple(changed.get(row.id, ()))
    else:
        parts = ((row.record, row.part),) if row.record else ()
    return ActivityLine(row.at, kind, row.deed, row.detail, row.actor, row.person, parts)


def _changed(session: Session, numbers: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Return the record parts that each of these changes touched."""
    found: dict[int, list[tuple[str, str]]] = {}
    query = select(Revision.change_number, Revision.record, Revision.part)
    for number, record, part in session.execute(
        query.where(Revision.change_number.in_(numbers)).order_by(Revision.id)
    ).all():
        found.setdefault(number, []).append((record, part))
    return found


def _union(wanted: ActivityFilter) -> CompoundSelect[Any]:
    queries = (
        _accounts(wanted, ActivityKind.SIGN_IN),
        _accounts(wanted, ActivityKind.ACCOUNT),
        _changes(wanted),
        _notes(wanted),
    )
    chosen = [query for kind, query in zip(ActivityKind, queries, strict=True) if wanted.kind in (None, kind)]
    return union_all(*chosen)


def _accounts(wanted: ActivityFilter, kind: ActivityKind) -> Select[*tuple[Any, ...]]:
    is_sign_in = AuditEntry.deed.in_((AuditAction.SIGNED_IN, AuditAction.SECOND_FACTOR_REFUSED))
    query = select(
        literal(kind.value).label("source"),
        AuditEntry.id.label("id"),
        AuditEntry.at.label("at"),
        AuditEntry.actor_id.label("actor"),
        AuditEntry.user_id.label("person"),
        AuditEntry.deed.label("deed"),
        AuditEntry.detail.label("detail"),
        literal("").label("record"),
        literal("").label("part"),
    ).where(is_sign_in if kind is ActivityKind.SIGN_IN else ~is_sign_in)
    return _among(query, wanted, AuditEntry.at, AuditEntry.actor_id, AuditEntry.user_id)


def _changes(wanted: ActivityFilter) -> Select[*tuple[Any, ...]]:
    query = select(
        literal(ActivityKind.RECORD.value).label("source"),
        Change.number.label("id"),
        Change.at.label("at"),
        Change.author_id.label("actor"),
        cast(null(), Integer).label("person"),
        Change.kind.label("deed"),
        Change.note.label("detail"),
        literal("").label("record"),
        literal("").label("part"),
    )
    return _among(query, wanted, Change.at, Change.author_id, Change.approved_by)


def _notes(wanted: ActivityFilter) -> Select[*tuple[Any, ...]]:
    query = select(
        literal(ActivityKind.REVIEW.value).label("source"),
        ReviewNote.id.label("id"),
        ReviewNote.at.label("at"),
        ReviewNote.author_id.label("actor"),
        cast(null(), Integer).label("person"),
        ReviewNote.deed.label("deed"),
        ReviewNote.text.label("detail"),
        ReviewNote.record.label("record"),
        ReviewNote.part.label("part"),
    )
    return _among(query, wanted, ReviewNote.at, ReviewNote.author_id)


def _among(query: Select[*tuple[Any, ...]], wanted: ActivityFilter, at: Any, *people: Any) -> Select[*tuple[Any, ...]]:
    if wanted.person_id is not None:
        query = query.where(or_(*(each == wanted.person_id for each in people)))
    if wanted.since is not None:
        query = query.where(at >= wanted.since)
    if wanted.until is not None:
        query = query.where(at < wanted.until)
    return query
