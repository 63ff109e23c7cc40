"""Public workshops in the one search: each process knows the words of all of them, and reads those that fit anew.

They are in no index: that is made of records, stays on each machine until it is written again, and is part of what
every kept page is made from. Here nothing is shown that the database does not call public at that moment, and a search
that no workshop fits asks the database for nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from kb.workshops.model import Workshop
from kb.workshops.plan.access import is_listed
from kb.workshops.public_search.postings import WordPlaces
from kb.workshops.public_search.word_index import IndexedWorkshop, Sought

Mark = tuple[datetime, int]  # when a workshop changed, and how often its outline did


@dataclass(frozen=True)
class _Stock:
    """What is known of all public workshops at one moment."""

    marks: Mapping[str, Mark]
    known: Mapping[str, IndexedWorkshop]
    places: WordPlaces
    stamp: str


class WorkshopIndex:
    """The words of all public workshops, for all threads of a process."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stock: _Stock | None = None

    @property
    def stamp(self) -> str:
        """What differs whenever another workshop may be found."""
        return self._stock.stamp if self._stock is not None else ""

    def refresh(self, session: Session) -> None:
        """See which workshops are public now, and read those that changed: one small query where none did."""
        columns = select(Workshop.id, Workshop.changed, Workshop.edition).where(is_listed()).order_by(Workshop.id)
        with self._lock:
            marks = {row.id: (row.changed, row.edition) for row in session.execute(columns)}
            before = self._stock
            if before is not None and marks == before.marks:
                return
            same = {each: known for each, known in before.known.items() if each in marks} if before is not None else {}
            changed = [each for each, mark in marks.items() if before is None or before.marks.get(each) != mark]
            known = same | {each.id: IndexedWorkshop.of(each) for each in _read(session, changed)}
            stamp = hashlib.sha256(repr(marks).encode()).hexdigest()[:16]
            self._stock = _Stock(marks, known, WordPlaces(known), stamp)

    def fill(self, session: Session) -> None:
        """Read them once, where nobody has yet."""
        if self._stock is None:
            self.refresh(session)

    def likely(self, sought: Sought) -> list[str]:
        """Return the workshops that fit by what is known here, the best first and of equals the newest."""
        stock = self._stock
        if stock is None:
            return []
        worth = {each: stock.known[each].worth(sought) for each in stock.places.likely(sought)}
        found = [(value, stock.marks[each], each) for each, value in worth.items() if value]
        return [each for _value, _mark, each in sorted(found, reverse=True)]


@dataclass(frozen=True)
class WorkshopResults:
    """One page of the workshops that were found; `page` is the last, if a later one was asked for."""

    total: int
    workshops: tuple[Workshop, ...]
    page: int
    pages: int


def find(
    session: Session, shelf: WorkshopIndex, sought: Sought, *, page: int = 1, per_page: int = 20
) -> WorkshopResults:
    """Return public workshops that fit. Where none does by what is known here, nothing is asked.

    What is known may be some seconds old: counted are those that are public now, and those that are shown are read anew
    and have to fit as they are.
    """
    shelf.fill(session)
    likely = shelf.likely(sought)
    if not likely:
        return WorkshopResults(0, (), 1, 1)
    ids = likely if len(likely) <= per_page else _still_public(session, likely)
    pages = max(1, -(-len(ids) // per_page))
    page = min(page, pages)
    shown = ids[(page - 1) * per_page : page * per_page]
    read = {each.id: each for each in _read(session, shown)}
    workshops = tuple(read[each] for each in shown if each in read and IndexedWorkshop.of(read[each]).worth(sought))
    return WorkshopResults(len(ids) - len(shown) + len(workshops), workshops, page, pages)


def _still_public(session: Session, ids: Sequence[str]) -> list[str]:
    found = set(session.scalars(select(Workshop.id).where(is_listed(), Workshop.id.in_(ids))))
    return [each for each in ids if each in found]


def _read(session: Session, ids: Sequence[str]) -> Sequence[Workshop]:
    if not ids:
        return ()
    query = select(Workshop).where(is_listed(), Workshop.id.in_(ids)).options(selectinload(Workshop.slots))
    return session.scalars(query.execution_options(populate_existing=True)).all()
