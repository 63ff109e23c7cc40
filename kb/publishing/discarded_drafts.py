"""Discarded drafts: users can restore or erase those they discarded within 30 days; then they are erased.

A file that was set aside belongs to everybody. So roles limit who may discard it as they limit writing it, and the
history notes who discarded it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import require
from kb.content_store.store import ContentStore
from kb.db import write_transaction
from kb.errors import Forbidden, Rejected
from kb.history import review_notes
from kb.history.drafts import get_draft, is_open_to, put_apart, put_back
from kb.history.model import DiscardedDraft, Draft, DraftOrigin, ReviewAction
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.attachments import clear_abandoned
from kb.publishing.authorization import writing
from kb.publishing.draft_visibility import may_with, place_of_draft
from kb.publishing.review_guards import refuse_unseen
from kb.records.files.paths import place_of

DAYS = 30  # for restoring a discarded draft


def discard(session: Session, store: ContentStore, editor: User, draft_id: int, *, seen: str, now: datetime) -> None:
    """Discard an own draft, or a set-aside file within the user's scope, if it still has the text `seen`.

    Raises `NotFound`; `Forbidden`; `Rejected` if its text has changed, for example in another window.
    """
    with write_transaction(session):
        draft = get_draft(session, draft_id)
        require(editor, writing(place_of_draft(draft)))
        if not is_open_to(draft, editor.id):
            raise Forbidden(f"draft {draft_id}")
        if draft.origin == DraftOrigin.FILE and draft.author_id is None:
            _require_reach(session, store, editor, draft)
            review_notes.write(session, draft, ReviewAction.DISCARDED, by=editor.id, now=now)
        refuse_unseen(draft, seen)
        put_apart(session, draft, by=editor.id, now=now)


def bring_back(session: Session, store: ContentStore, editor: User, draft_id: int, *, now: datetime) -> Draft:
    """Restore a draft that this user discarded; it is not in review. Raises `Rejected` or `Forbidden`."""
    with write_transaction(session):
        apart = _own(session, editor, draft_id)
        require(editor, writing(place_of(apart.record, apart.part)))
        draft = put_back(session, apart)
        if draft.author_id is None:
            _require_reach(session, store, editor, draft)
            review_notes.write(session, draft, ReviewAction.BROUGHT_BACK, by=editor.id, now=now)
    return draft


def erase_discarded(session: Session, store: ContentStore, editor: User, draft_id: int, *, now: datetime) -> None:
    """Permanently erase a draft that this user discarded. Raises `Rejected`."""
    with write_transaction(session):
        records = _erase(session, [_own(session, editor, draft_id)])
    _clear(session, store, records, by=editor.id, now=now)


def discarded_by(session: Session, editor: User) -> Sequence[DiscardedDraft]:
    """Return the drafts that a user discarded and can restore, latest first."""
    query = select(DiscardedDraft).where(DiscardedDraft.discarded_by == editor.id)
    return session.scalars(query.order_by(DiscardedDraft.discarded.desc(), DiscardedDraft.draft_id.desc())).all()


def erase_long_discarded(session: Session, store: ContentStore, now: datetime) -> int:
    """Permanently erase drafts discarded long ago; return how many. Run by the follower."""
    due = select(DiscardedDraft).where(DiscardedDraft.discarded <= now - timedelta(days=DAYS))
    if session.scalar(due.limit(1)) is None:
        return 0  # this check is cheap and blocks no other user
    with write_transaction(session):
        old = session.scalars(due).all()
        records = _erase(session, old)
    _clear(session, store, records, by=None, now=now)
    return len(old)


def _own(session: Session, editor: User, draft_id: int) -> DiscardedDraft:
    apart = session.get(DiscardedDraft, draft_id, populate_existing=True)
    if apart is None or apart.discarded_by != editor.id:
        message = N_("This draft is no longer among your discarded drafts. It was restored or erased.")
        raise Rejected([Problem("not-discarded", message)])
    return apart


def _erase(session: Session, discarded: Iterable[DiscardedDraft]) -> set[str]:
    records = set[str]()
    for each in discarded:
        records.add(each.record)
        session.delete(each)
    return records


def _clear(session: Session, store: ContentStore, records: Iterable[str], *, by: int | None, now: datetime) -> None:
    for record in sorted(records):
        clear_abandoned(session, store, record, by=by, now=now)


def _require_reach(session: Session, store: ContentStore, editor: User, draft: Draft) -> None:
    if not may_with(session, store, editor, writing(place_of_draft(draft)), draft):
        raise Forbidden(f"draft {draft.id}")
