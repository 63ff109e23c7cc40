"""Reviewers of drafts: who can be asked to review a draft, and asking one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import Grant, User
from kb.accounts.permissions import ALLOWED, Permission, may
from kb.content_store.store import ContentStore
from kb.db import write_transaction
from kb.errors import Forbidden, Rejected
from kb.history import log, review_notes
from kb.history.drafts import get_draft
from kb.history.model import Draft, ReviewAction
from kb.i18n import N_
from kb.notifications.events import tell
from kb.notifications.outbox import is_reachable
from kb.problems import Problem
from kb.publishing.authorization import subject_of
from kb.publishing.draft_visibility import may_with, place_of_draft
from kb.publishing.review_guards import require_in_review
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile


def possible_reviewers(
    session: Session, store: ContentStore, place: RecordFile, text: str, *, author_id: int | None
) -> list[User]:
    """Return who may review a text for this part of a record, by name; its author is not among them."""
    head = log.find_head(session, RecordFile(place.kind, place.id, SOURCE))
    sources = filter(None, (head.text if head else None, text if place.part == SOURCE else None))
    subjects = [subject_of(place, source, store.vocabularies) for source in sources]  # read once for all people
    granted = select(Grant.user_id).where(Grant.role.in_(ALLOWED[Permission.REVIEW]))
    found: Sequence[User] = session.scalars(select(User).where(User.id.in_(granted), User.is_active)).all()
    return sorted(
        (
            user
            for user in found
            if user.id != author_id
            and is_reachable(user)
            and all(may(user, Permission.REVIEW, subject) for subject in subjects)
        ),
        key=lambda user: (user.name.casefold(), user.id),
    )


def name_reviewer(
    session: Session, store: ContentStore, draft: Draft, reviewer_id: int | None, *, by: User, now: datetime
) -> None:
    """Note who is asked to review a draft in the caller's transaction; `None` asks no one. Raises `Rejected`."""
    place = place_of_draft(draft)
    if reviewer_id is not None:
        able = possible_reviewers(session, store, place, draft.text, author_id=draft.author_id)
        if reviewer_id not in {user.id for user in able}:
            message = N_("This person cannot review this text. Select another person, or leave the field empty.")
            raise Rejected([Problem("no-reviewer", message, ("reviewer",))])
    draft.reviewer_id = reviewer_id
    text = str(reviewer_id) if reviewer_id is not None else ""
    note = review_notes.write(session, draft, ReviewAction.ASSIGNED, by=by.id, text=text, now=now)
    tell(session, draft, note)


def assign(
    session: Session, store: ContentStore, user: User, draft_id: int, reviewer_id: int | None, *, now: datetime
) -> Draft:
    """Ask another person to review a draft in review. Raises `Forbidden`, or `Rejected` if she cannot review it."""
    with write_transaction(session):
        draft = get_draft(session, draft_id)
        if not may_with(session, store, user, Permission.REVIEW, draft):
            raise Forbidden(f"draft {draft_id}")
        require_in_review(draft)
        if draft.reviewer_id != reviewer_id:
            name_reviewer(session, store, draft, reviewer_id, by=user, now=now)
    return draft
