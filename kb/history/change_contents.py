"""The revisions that one change made to several records, and whether they are still the newest; reads no texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session, aliased

from kb.history.model import Revision
from kb.records.files.paths import RecordFile, place_of


@dataclass(frozen=True)
class Touched:
    """A part of a record with a new revision. `has_parent` says that the earlier text can be restored."""

    place: RecordFile
    number: int
    parent: int
    is_newest: bool
    has_parent: bool


def touched(session: Session, change_number: int) -> list[Touched]:
    """Return the parts that a change touched, by record and part."""
    before, newer = aliased(Revision), aliased(Revision)
    rows = session.execute(
        select(Revision.record, Revision.part, Revision.number, Revision.parent, newer.id, before.id)
        .outerjoin(newer, _is_same_part(newer) & (newer.number == Revision.number + 1))
        .outerjoin(before, _is_same_part(before) & (before.number == Revision.parent) & before.text.is_not(None))
        .where(Revision.change_number == change_number)
        .order_by(Revision.record, Revision.part)
    )
    return [
        Touched(place_of(record, part), number, parent, newer_id is None, before_id is not None)
        for record, part, number, parent, newer_id, before_id in rows
    ]


def _is_same_part(other: type[Revision]) -> ColumnElement[bool]:
    return and_(other.record == Revision.record, other.part == Revision.part)


def sizes(session: Session, change_numbers: Iterable[int]) -> dict[int, int]:
    """Return how many records each of these changes touched."""
    query = (
        select(Revision.change_number, func.count(Revision.record.distinct()))
        .where(Revision.change_number.in_(set(change_numbers)))
        .group_by(Revision.change_number)
    )
    return {row[0]: row[1] for row in session.execute(query)}
