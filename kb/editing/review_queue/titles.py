"""Finds records and drafts by their titles and ids. Of drafts it gives the title alone, never the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.content_store.catalog import Catalog, CatalogEntry
from kb.editing.forms.draft_titles import title_in
from kb.history.model import Draft, DraftOrigin
from kb.records.files.paths import RecordFile, place_of
from kb.vocabulary.find_terms import folded

# Conflicts and files that were set aside are kept texts; suggestions of readers have a list of their own.
_IN_WORK = (DraftOrigin.EDITOR, DraftOrigin.SUGGESTION)
# Two titles are similar if they share this part of their words. Shorter words say little.
_SHARED = 0.5
_LONG = 4


@dataclass(frozen=True)
class DraftTitle:
    """A draft in work: its part of a record, its author, stage and times, and the title that its text has.

    `title` is empty for a draft of a record in the catalog, which has titles in several languages, and for a text
    without one.
    """

    id: int
    place: RecordFile
    title: str
    author_id: int
    stage: str
    created: datetime
    updated: datetime

    @property
    def is_new(self) -> bool:
        """Whether its text, and not the catalog, gave the title."""
        return bool(self.title)


def draft_titles(session: Session, catalog: Catalog) -> tuple[DraftTitle, ...]:
    """Return the drafts that people are working on, the latest first. Texts are read of new records only."""
    query = (
        select(Draft.id, Draft.record, Draft.part, Draft.author_id, Draft.stage, Draft.created, Draft.updated)
        .where(Draft.origin.in_(_IN_WORK), Draft.author_id.is_not(None))
        .order_by(Draft.updated.desc(), Draft.id.desc())
    )
    rows = session.execute(query).all()
    new = [row.id for row in rows if tuple(row.record.split("/", 1)) not in catalog.columns]
    texts = {row.id: row.text for row in session.execute(select(Draft.id, Draft.text).where(Draft.id.in_(new)))}
    return tuple(
        DraftTitle(
            id=row.id,
            place=place_of(row.record, row.part),
            title=title_in(texts.get(row.id, ""), row.part),
            author_id=row.author_id,
            stage=row.stage,
            created=row.created,
            updated=row.updated,
        )
        for row in rows
    )


def find_records(catalog: Catalog, text: str) -> tuple[CatalogEntry, ...]:
    """Return the records of any kind and status with all these words in one title or in the id; the best first.

    Words may be incomplete; capitals and accents do not count. No words find nothing.
    """
    wanted = folded(text)
    found = [(rank, entry) for entry in catalog.columns.values() if (rank := _rank(wanted, _names(entry)))]
    return tuple(entry for _rank_, entry in sorted(found, key=lambda each: (each[0], each[1].key)))


def find_drafts(catalog: Catalog, drafts: Iterable[DraftTitle], text: str) -> tuple[DraftTitle, ...]:
    """Return the drafts with all these words in a title or in the id; the best first."""
    wanted = folded(text)
    found = [(rank, draft) for draft in drafts if (rank := _rank(wanted, _names_of_draft(catalog, draft)))]
    return tuple(draft for _rank_, draft in sorted(found, key=lambda each: (each[0], each[1].place.record)))


def similar_drafts(drafts: Iterable[DraftTitle], title: str) -> tuple[DraftTitle, ...]:
    """Return the drafts of new records whose titles share half of the words with a title."""
    words = _long_words(title)
    return tuple(
        draft
        for draft in drafts
        if draft.is_new
        and (others := _long_words(draft.title))
        and words
        and len(words & others) >= _SHARED * max(len(words), len(others))
    )


def _long_words(title: str) -> frozenset[str]:
    return frozenset(word for word in folded(title).split() if len(word) >= _LONG)


def _names(entry: CatalogEntry) -> tuple[str, ...]:
    return entry.id, *entry.aliases, *entry.titles.values()


def _names_of_draft(catalog: Catalog, draft: DraftTitle) -> tuple[str, ...]:
    entry = catalog.columns.get((draft.place.kind, draft.place.id))
    return _names(entry) if entry is not None else (draft.place.id, draft.title)


def _rank(wanted: str, names: Iterable[str]) -> int:
    """Return 1 for a whole name, 2 for its beginning, 3 for words in it, 0 for none."""
    ranks = [_rank_of(wanted, wanted.split(), folded(name)) for name in names] if wanted else []
    return min(filter(None, ranks), default=0)


def _rank_of(wanted: str, words: list[str], name: str) -> int:
    if name == wanted:
        return 1
    if name.startswith(wanted):
        return 2
    return 3 if all(word in name for word in words) else 0
