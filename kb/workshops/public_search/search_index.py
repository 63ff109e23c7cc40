"""In-memory search index of public workshops, one per process, with the tokens and ranking of records.

Workshops are not in the index of records, for three reasons. First, the files and word counts of that index keep
deleted content until its segment is rewritten. Second, its words and counts decide the ranking of records and the
corrections of typed words. No check at display time can correct these. Third, its stamp is in the ETag of every page.
This index writes nothing to disk, and the workshops of a result page are read from the database again.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from kb.search.analysis.term_matcher import TermFinder
from kb.search.analysis.word_forms import analyzer
from kb.search.engine import SearchEngine
from kb.search.index.index_document import IndexDocument
from kb.search.index.stored_rows import rows_of
from kb.search.index.whoosh_index import IndexRow
from kb.search.index_view import IndexView
from kb.search.query.parsed_query import ParsedQuery
from kb.workshops.model import Workshop
from kb.workshops.plan.access import is_listed

KIND = "workshops"

Mark = tuple[datetime, int]  # change date of a workshop, and the edition of its outline
PublicTexts = Mapping[str, tuple[str, str]]  # by language: the title, and all other text


@dataclass(frozen=True)
class _IndexedWorkshop:
    """The texts of a workshop, and its rows in the index."""

    mark: Mark
    texts: PublicTexts
    rows: tuple[IndexRow, ...]


@dataclass(frozen=True)
class _State:
    """All public workshops at one moment."""

    workshops: Mapping[str, _IndexedWorkshop]
    view: IndexView
    stamp: str


@dataclass(frozen=True)
class WorkshopResults:
    """One page of search results. `page` is the last page if a later one was requested.

    `is_momentary`: a workshop matches in the index, so that the database decides whether it is public at this moment.
    """

    total: int = 0
    workshops: tuple[Workshop, ...] = ()
    page: int = 1
    pages: int = 1
    is_momentary: bool = False


class WorkshopIndex:
    """Index of the words of all public workshops, shared by all threads of a process."""

    def __init__(self, engine: SearchEngine) -> None:
        self._engine = engine
        self._lock = Lock()
        self._state: _State | None = None

    @property
    def stamp(self) -> str:
        """A value that changes whenever search results may change."""
        return self._state.stamp if self._state is not None else ""

    def refresh(self, session: Session) -> _State:
        """Read which workshops are public now, and the texts of changed ones: one small query if none changed."""
        columns = select(Workshop.id, Workshop.changed, Workshop.edition).where(is_listed()).order_by(Workshop.id)
        with self._lock:
            marks = {row.id: (row.changed, row.edition) for row in session.execute(columns)}
            before = self._state.workshops if self._state is not None else {}
            same = {each: known for each, known in before.items() if marks.get(each) == known.mark}
            if self._state is not None and len(same) == len(marks) == len(before):
                return self._state
            changed = _read(session, [each for each in marks if each not in same])
            workshops = same | {each.id: self._indexed(each) for each in changed}
            stamp = hashlib.sha256(repr(marks).encode()).hexdigest()[:16]
            self._state = _State(workshops, self._view(workshops), stamp)
            return self._state

    def find(
        self, session: Session, question: ParsedQuery, language: str, *, page: int = 1, per_page: int = 20
    ) -> WorkshopResults:
        """Return public workshops that match a query of a reader in `language`. Without an indexed match, read none.

        The indexed texts may be some seconds old. Only workshops that are public now are counted. Those of the result
        page are read again and have to match by their current texts.
        """
        state = self._state or self.refresh(session)  # another thread may replace it meanwhile
        likely = state.view.ranked(question, language)
        if not likely:
            return WorkshopResults()
        ids = likely if len(likely) <= per_page else _still_public(session, likely)
        pages = max(1, -(-len(ids) // per_page))
        page = min(page, pages)
        shown = ids[(page - 1) * per_page : page * per_page]
        read = {each.id: each for each in _read(session, shown)}
        # Match again the workshops whose texts differ from those in the index.
        known = state.workshops
        changed = {key: self._indexed(each) for key, each in read.items() if _public_texts(each) != known[key].texts}
        gone = changed.keys() - self._view(changed).ranked(question, language) if changed else ()
        workshops = tuple(read[each] for each in shown if each in read and each not in gone)
        return WorkshopResults(len(ids) - len(shown) + len(workshops), workshops, page, pages, is_momentary=True)

    def _indexed(self, workshop: Workshop) -> _IndexedWorkshop:
        texts, finder = _public_texts(workshop), self._engine.finder
        documents = (_document(workshop, code, title, rest, finder) for code, (title, rest) in texts.items())
        return _IndexedWorkshop((workshop.changed, workshop.edition), texts, tuple(rows_of(documents, finder)))

    def _view(self, workshops: Mapping[str, _IndexedWorkshop]) -> IndexView:
        rows = [row for each in workshops.values() for row in each.rows]
        return self._engine.view_of(rows, lambda _kind, key, language: "\n".join(workshops[key].texts[language]))


def _document(workshop: Workshop, language: str, title: str, rest: str, finder: TermFinder) -> IndexDocument:
    return IndexDocument(
        KIND,
        workshop.id,
        language,
        title,
        keywords=rest,  # not as a summary: the index would search it for terms again
        mentions=_mentions(f"{title}\n{rest}", language, finder),
        newest=workshop.changed.isoformat(),
    )


def _mentions(text: str, language: str, finder: TermFinder) -> tuple[str, ...]:
    """Return terms and countries whose labels occur in a text, also inside longer labels."""
    tokens = analyzer(language).tokens(text)
    found = (match for at in range(len(tokens)) for match in finder.beginning(tokens, at, language))
    return tuple(dict.fromkeys(concept for match in found for concept in match.concepts))


def _public_texts(workshop: Workshop) -> PublicTexts:
    """Return the searchable texts: title, audience, aims, slot titles. Notes and materials are left out."""
    rest: defaultdict[str, list[str]] = defaultdict(list)
    for texts in (workshop.audience, workshop.aims, *(slot.title for slot in workshop.slots)):
        for language, text in texts.items():
            rest[language].append(text)
    languages = dict.fromkeys((*workshop.title, *rest))
    return {each: (workshop.title.get(each, ""), "\n".join(rest[each])) for each in languages}


def _still_public(session: Session, ids: Sequence[str]) -> list[str]:
    found = set(session.scalars(select(Workshop.id).where(is_listed(), Workshop.id.in_(ids))))
    return [each for each in ids if each in found]


def _read(session: Session, ids: Sequence[str]) -> Sequence[Workshop]:
    if not ids:
        return ()
    query = select(Workshop).where(is_listed(), Workshop.id.in_(ids)).options(selectinload(Workshop.slots))
    return session.scalars(query.execution_options(populate_existing=True)).all()
