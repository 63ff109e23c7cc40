"""Who may see a draft or act on its text: only its author until it is in review."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission
from kb.content_store.store import ContentStore
from kb.errors import Forbidden
from kb.history import log
from kb.history.drafts import get_draft
from kb.history.model import Draft, Stage
from kb.publishing.authorization import may_for
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile, place_of

IN_REVIEW = (Stage.REVIEW, Stage.APPROVED)


def place_of_draft(draft: Draft) -> RecordFile:
    """Return the record part that a draft belongs to."""
    return place_of(draft.record, draft.part)


def may_with(session: Session, store: ContentStore, user: User, permission: Permission, draft: Draft) -> bool:
    """Return whether a user has a permission for the text of a draft, before and after the change."""
    place = place_of_draft(draft)
    head = log.find_head(session, RecordFile(place.kind, place.id, SOURCE))
    sources = [head.text if head else None, draft.text if place.part == SOURCE else None]
    return may_for(user, permission, [place], sources, store.vocabularies)


def may_see(session: Session, store: ContentStore, user: User, draft: Draft) -> bool:
    """Return whether a user may see a draft: an own one, or one in review that the user may review."""
    if draft.author_id == user.id:
        return True
    return draft.stage in IN_REVIEW and may_with(session, store, user, Permission.REVIEW, draft)


def visible_drafts(session: Session, store: ContentStore, user: User, record: str) -> list[Draft]:
    """Return the drafts of a record that a user may see, in all its languages, newest first."""
    found = session.scalars(select(Draft).where(Draft.record == record).order_by(Draft.updated.desc()))
    return [draft for draft in found if may_see(session, store, user, draft)]


def visible_draft(session: Session, store: ContentStore, user: User, draft_id: int) -> Draft:
    """Return a draft that a user may see. Raises `NotFound` or `Forbidden`."""
    draft = get_draft(session, draft_id)
    if not may_see(session, store, user, draft):
        raise Forbidden(f"draft {draft_id}")
    return draft
