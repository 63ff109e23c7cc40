"""Reads the current source files of many records from the log in few queries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.history.log import newest_only
from kb.history.model import Revision
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile, place_of

_STEP = 400  # names in one query; SQLite takes a thousand


@dataclass(frozen=True)
class CurrentText:
    """The current source file of a record."""

    place: RecordFile
    number: int
    fingerprint: str
    text: str


def standing(session: Session, kind: str, record_ids: Iterable[str]) -> dict[str, CurrentText]:
    """Return the current source files of records by id; records without a text are left out."""
    names = sorted({f"{kind}/{record_id}" for record_id in record_ids})
    found: dict[str, CurrentText] = {}
    for start in range(0, len(names), _STEP):
        for each in _read(session, names[start : start + _STEP]):
            found[each.place.id] = each
    return found


def _read(session: Session, names: list[str]) -> list[CurrentText]:
    query = select(Revision.record, Revision.number, Revision.fingerprint, Revision.text)
    rows = session.execute(newest_only(query, Revision.record.in_(names), Revision.part == SOURCE))
    return [
        CurrentText(place_of(record, SOURCE), number, fingerprint, text)
        for record, number, fingerprint, text in rows
        if text is not None
    ]
