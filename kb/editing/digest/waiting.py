"""What waits for a person: reviews, returned drafts, suggestions, overdue reviews of records, stale translations."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.erasure import called
from kb.accounts.model import Role, User
from kb.accounts.permissions import ALLOWED, Permission, may
from kb.content_store.catalog import Catalog, CatalogEntry
from kb.content_store.store import ContentStore
from kb.editing.forms.draft_titles import title_in
from kb.editing.suggestions.answer import drafts_of_open, may_answer, open_suggestions, title_of
from kb.editing.translation.to_do import languages_of, subject_of_entry, to_do
from kb.history import review_notes
from kb.history.model import Draft, ReviewAction, Stage
from kb.publishing.draft_visibility import may_with, place_of_draft
from kb.records.files.paths import place_of
from kb.records.record import Status

# What identifies a thing, its title, and for translations the language.
Row = tuple[str, str] | tuple[str, str, str]


class WaitingKind(StrEnum):
    """What sort of work waits."""

    REVIEW = "review"
    BACK = "back"
    SUGGESTION = "suggestion"
    OVERDUE = "overdue"
    STALE = "stale"


@dataclass(frozen=True)
class WaitingItem:
    """One thing that waits. By `mark` a person is told of it once. `language` is that of a translation."""

    mark: str
    title: str
    language: str = ""


@dataclass(frozen=True)
class WaitingList:
    """All things of one sort that wait for a person."""

    kind: WaitingKind
    items: tuple[WaitingItem, ...]


def waiting_for(
    session: Session, store: ContentStore, user: User, languages: Sequence[str], today: date
) -> tuple[WaitingList, ...]:
    """Return what waits for a person, without empty lists; `languages` are those of the site."""
    catalog = store.current().catalog
    found = (
        (WaitingKind.REVIEW, _reviews(session, store, catalog, user)),
        (WaitingKind.BACK, _back(session, catalog, user)),
        (WaitingKind.SUGGESTION, _suggestions(session, store, catalog, user)),
        (WaitingKind.OVERDUE, _overdue(session, store, catalog, user, today)),
        (WaitingKind.STALE, _stale(store, catalog, user, languages)),
    )
    lists = (WaitingList(kind, tuple(_items(kind, rows))) for kind, rows in found)
    return tuple(each for each in lists if each.items)


def _items(kind: WaitingKind, rows: Iterable[Row]) -> Iterator[WaitingItem]:
    for key, *shown in rows:
        yield WaitingItem(hashlib.sha256(f"{kind} {key}".encode()).hexdigest()[:12], *shown)


def _reviews(session: Session, store: ContentStore, catalog: Catalog, user: User) -> Iterator[Row]:
    """Yield the drafts of others that she may review, unless another person was asked; hers come first."""
    if not may(user, Permission.REVIEW):
        return
    listed = drafts_of_open(session)
    query = select(Draft).where(Draft.stage == Stage.REVIEW).order_by(Draft.submitted, Draft.id)
    drafts = sorted(session.scalars(query), key=lambda draft: draft.reviewer_id != user.id)
    for draft in drafts:
        is_hers = draft.author_id != user.id and draft.reviewer_id in (None, user.id)
        if not is_hers or (draft.id, draft.created) in listed:
            continue
        if may_with(session, store, user, Permission.REVIEW, draft):
            yield f"{draft.id} {draft.submitted}", _title_of(catalog, draft, user.language)


def _back(session: Session, catalog: Catalog, user: User) -> Iterator[Row]:
    """Yield her drafts that were handed back and not sent again."""
    query = select(Draft).where(Draft.author_id == user.id, Draft.stage == Stage.WRITING).order_by(Draft.id)
    drafts = session.scalars(query).all()
    last = review_notes.last_of(session, drafts)
    for draft in drafts:
        note = last.get(draft.id)
        if note is not None and note.deed in (ReviewAction.RETURNED, ReviewAction.HANDED_BACK):
            yield f"{note.id}", _title_of(catalog, draft, user.language)


def _suggestions(session: Session, store: ContentStore, catalog: Catalog, user: User) -> Iterator[Row]:
    if not may(user, Permission.REVIEW):
        return
    for each in open_suggestions(session):
        if may_answer(session, store, user, each):
            place = place_of(each.record, each.part)
            entry = catalog.columns.get((place.kind, place.id))
            title = entry.title(user.language)[0] if entry is not None else title_of(session, each)[0]
            yield f"{each.id} {each.created}", title or place.id


def _overdue(session: Session, store: ContentStore, catalog: Catalog, user: User, today: date) -> Iterator[Row]:
    """Yield the overdue records that she keeps; for a reviewer who keeps none of them, all that she may review."""
    due = [each for each in catalog.columns.values() if each.status is Status.PUBLISHED and _is_overdue(each, today)]
    due.sort(key=lambda entry: (entry.review_due or today, entry.key))
    names = {_plain(name) for name in called(session, user)}
    kept = [each for each in due if _plain(catalog.bundle(*each.key).record.keeper or "") in names]
    if not kept and may(user, Permission.REVIEW):
        kept = [
            each
            for each in due
            if may(user, Permission.REVIEW, subject_of_entry(each, each.language, store.vocabularies))
        ]
    for each in kept:
        yield f"{each.key}", each.title(user.language)[0]


def _is_overdue(entry: CatalogEntry, today: date) -> bool:
    return entry.review_due is not None and entry.review_due < today


def _stale(store: ContentStore, catalog: Catalog, user: User, languages: Sequence[str]) -> Iterator[Row]:
    """Yield the translations with stale texts in her languages.

    A role without a limit reaches every language. Unless it is that of a translator, only her own is meant.
    """
    roles = ALLOWED[Permission.TRANSLATE]
    grants = [grant for grant in user.grants if grant.role in roles]
    is_meant = any(grant.languages or grant.role == Role.TRANSLATOR for grant in grants)
    hers = [each for each in languages_of(user, languages) if is_meant or each == user.language]
    for each in to_do(catalog, user, hers, store.vocabularies):
        if each.progress.stale:
            yield f"{each.entry.key} {each.language}", each.entry.title(user.language)[0], each.language


def _title_of(catalog: Catalog, draft: Draft, language: str) -> str:
    place = place_of_draft(draft)
    entry = catalog.columns.get((place.kind, place.id))
    return entry.title(language)[0] if entry is not None else title_in(draft.text, draft.part) or place.id


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
