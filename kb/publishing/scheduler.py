"""Scheduler: publishes approved drafts when they are due, each once, regardless of the number of workers."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission
from kb.content_store.store import ContentStore
from kb.db import begin_write
from kb.errors import Conflict, NotFound, Rejected
from kb.history import review_notes
from kb.history.drafts import get_draft
from kb.history.model import Draft, ReviewAction, Stage
from kb.i18n import N_
from kb.publishing.approved_drafts import put_out
from kb.publishing.draft_visibility import may_with
from kb.publishing.drafts import take_back
from kb.records.bundle import SOURCE

logger = logging.getLogger(__name__)

# Default reason why a draft was not published when due.
MOVED = N_("The public text was changed before the scheduled publication of this draft.")
GONE = N_("The person who scheduled the publication is no longer allowed to publish this text.")
WRONG = N_("The checks found a problem when this text was due to be published. Correct the problem first.")


def publish_due(session: Session, store: ContentStore, now: datetime, *, four_eyes: bool = False) -> None:
    """Publish due drafts. A draft that cannot be published as approved goes back to its author with the reason."""
    query = select(Draft.id).where(Draft.stage == Stage.APPROVED, Draft.due <= now)
    # A new record before its translations, if both are due together.
    ids = session.scalars(query.order_by(Draft.due, Draft.part != SOURCE, Draft.id)).all()
    for draft_id in ids:
        try:
            _publish(session, store, draft_id, now, four_eyes=four_eyes)
        except Exception:  # do not block the next one; retried at the next scan
            logger.exception("draft %s is due and could not be published", draft_id)
            session.rollback()


def _publish(session: Session, store: ContentStore, draft_id: int, now: datetime, *, four_eyes: bool) -> None:
    try:
        draft = get_draft(session, draft_id)
        due, by = draft.due, _scheduled_by(session, draft)
        if draft.stage != Stage.APPROVED or due is None or due > now:
            return
        if by is not None and not _may_publish(session, store, by, draft):
            _hand_back(session, draft_id, due, GONE, now)
            return
        put_out(session, store, draft_id, by=by, due=due, four_eyes=four_eyes, now=now)
    except NotFound:
        return  # another worker has published it, or a user has cancelled it
    except Conflict:
        _hand_back(session, draft_id, due, MOVED, now)
    except Rejected as error:
        _hand_back(session, draft_id, due, WRONG, now, "\n".join(problem.text() for problem in error.problems))


def _scheduled_by(session: Session, draft: Draft) -> int | None:
    found = [note for note in review_notes.of_draft(session, draft) if note.deed == ReviewAction.SCHEDULED]
    return found[-1].author_id if found else None


def _may_publish(session: Session, store: ContentStore, person_id: int, draft: Draft) -> bool:
    """Return whether the user who scheduled it still has an open account and a sufficient role."""
    person = session.get(User, person_id)
    return person is not None and may_with(session, store, person, Permission.PUBLISH, draft)


def _hand_back(
    session: Session, draft_id: int, due: datetime | None, reason: str, now: datetime, details: str = ""
) -> None:
    """Return a draft to its author, or to the reviewers if it has none.

    Does nothing if another worker has published it, or a user has decided otherwise meanwhile.
    """
    begin_write(session)
    draft = session.get(Draft, draft_id, populate_existing=True)
    if draft is None or draft.stage != Stage.APPROVED or draft.due != due:
        session.rollback()
        return
    text = f"{reason}\n{details}" if details else reason
    take_back(session, draft, deed=ReviewAction.HANDED_BACK, by=None, text=text, now=now)
    if draft.author_id is None:  # no author to edit it: it waits for a user who takes it over
        draft.stage, draft.submitted = Stage.REVIEW, now
    session.commit()
