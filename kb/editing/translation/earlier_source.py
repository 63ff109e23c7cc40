"""Finds in the log the earlier source text that a stale translation was made from.

The cost of a call is limited: one pass over a maximum number of revisions of the source file, newest first, for all
requested texts. Texts older than those, and erased ones, are not found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.history.model import Revision
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.front_matter import Value, cut, facts_in
from kb.records.record import Shape, section_segments
from kb.records.segments import fingerprint, sections

# Reading 300 revisions of a long record takes a third of a second; in steps, because the first one finds most texts.
MOST, _STEP = 300, 20


@dataclass(frozen=True)
class PastText:
    """A source text as in revision `number`, and the revision that changed it: `None` if none did."""

    text: str
    number: int
    changed_by: Revision | None


def find_past(session: Session, shape: Shape, record_id: str, wanted: Mapping[str, str]) -> dict[str, PastText]:
    """Return the newest source text with the wanted fingerprint for each segment name; leaves out those not found."""
    found: dict[str, PastText] = {}
    newer: Revision | None = None
    if not wanted:
        return found
    for revision in _revisions(session, RecordFile(shape.name, record_id, SOURCE)):
        if revision.text is not None:
            for name, text in _texts(shape, revision.text, wanted.keys() - found.keys()).items():
                if fingerprint(text) == wanted[name]:
                    found[name] = PastText(text, revision.number, newer)
        if len(found) == len(wanted):
            break
        newer = revision
    return found


def _revisions(session: Session, place: RecordFile) -> Iterator[Revision]:
    """Yield the revisions of a source file, newest first, loaded in steps."""
    query = (
        select(Revision)
        .where(Revision.record == place.record, Revision.part == place.part)
        .order_by(Revision.number.desc())
    )
    for start in range(0, MOST, _STEP):
        rows = session.scalars(query.offset(start).limit(_STEP)).all()
        yield from rows
        if len(rows) < _STEP:
            return


def _texts(shape: Shape, text: str, names: set[str]) -> dict[str, str]:
    """Return segments of a source file by name, without validation: it may have an earlier schema."""
    parts = cut(text)
    if parts is None:
        return {}
    body, _ = sections(parts.body)
    texts = {name: part for name, part in section_segments(shape, body).items() if name in names}
    if rest := names - texts.keys():
        values = facts_in(text)
        texts |= {name: word for name in rest if (word := _word(values, name.split("."))) is not None}
    return texts


def _word(value: Value | None, path: list[str]) -> str | None:
    """Return the text at a path; list rows are named by id, which may contain dots."""
    while path:
        step, path = path[0], path[1:]
        if isinstance(value, list):
            row_id, path = ".".join([step, *path[:-1]]), path[-1:]
            value = next((row for row in value if isinstance(row, dict) and row.get("id") == row_id), None)
        else:
            value = value.get(step) if isinstance(value, dict) else None
    return value if isinstance(value, str) else None
