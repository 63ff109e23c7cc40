"""News of the dashboard: what happened to the drafts that concern a person, as far as she may still see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.content_store.store import ContentStore
from kb.history.model import Change, Draft, ReviewAction, ReviewNote
from kb.notifications.model import Notification
from kb.publishing.draft_visibility import may_see
from kb.records.files.paths import RecordFile, place_of

SHOWN = 20


@dataclass(frozen=True)
class NewsItem:
    """A step in the review of a draft; `draft` is empty once it is published. `is_own` says that she wrote the text."""

    note: ReviewNote
    place: RecordFile
    draft: Draft | None
    is_own: bool


def find_news(session: Session, store: ContentStore, user: User, notification: Notification) -> NewsItem | None:
    """Return what a notification tells a person, or `None` if she may no longer see it or it is gone."""
    note = session.get(ReviewNote, notification.note_id) if notification.note_id is not None else None
    if note is None or not note.record:
        return None
    place = place_of(note.record, note.part)
    draft = session.get(Draft, note.draft_id)
    if draft is not None and (draft.record, draft.part) == (note.record, note.part) and note.at >= draft.created:
        is_seen = may_see(session, store, user, draft)
        return NewsItem(note, place, draft, draft.author_id == user.id) if is_seen else None
    change = session.get(Change, note.change_number) if note.change_number is not None else None
    if change is None or change.author_id != user.id:
        return None
    return NewsItem(note, place, None, is_own=True)


def news_since(session: Session, store: ContentStore, user: User, since: datetime | None) -> tuple[NewsItem, ...]:
    """Return what has happened to a person's drafts since a time, newest first; at most `SHOWN`."""
    query = select(Notification).where(Notification.person_id == user.id, Notification.note_id.is_not(None))
    if since is not None:
        query = query.where(Notification.at > since)
    rows = session.scalars(query.order_by(Notification.at.desc(), Notification.id.desc()).limit(SHOWN)).all()
    return tuple(_without_repeats(find_news(session, store, user, each) for each in rows))


def _without_repeats(found: Iterable[NewsItem | None]) -> Iterator[NewsItem]:
    """Leave out that a text was approved if it is told that it was published."""
    published = set[int]()
    for each in found:
        if each is None or (each.note.deed == ReviewAction.APPROVED and each.note.draft_id in published):
            continue
        if each.note.deed == ReviewAction.PUBLISHED:
            published.add(each.note.draft_id)
        yield each
