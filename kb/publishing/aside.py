"""Letting go of a file that was set aside: it is everybody's, so roles reach as far as for writing, and it is noted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.errors import Forbidden
from kb.history import notes
from kb.history.drafts import get_draft, remove_draft
from kb.history.model import DraftOrigin, ReviewDeed
from kb.library.library import Library
from kb.publishing.attachments import clear_abandoned
from kb.publishing.drafts import discard_draft
from kb.publishing.refusals import deed, refuse_unseen
from kb.publishing.subjects import writing
from kb.publishing.visibility import may_with, place_of_draft


def let_go(session: Session, library: Library, editor: User, draft_id: int, *, seen: str, now: datetime) -> None:
    """Let a draft of one's own go, or a file that was set aside within what one may write, as it was `seen`.

    With the last draft of a record that was never published go the pictures beside it. Raises `NotFound`; `Forbidden`;
    `Rejected` if it holds another text.
    """
    draft = get_draft(session, draft_id)
    if draft.author_id is not None or draft.origin != DraftOrigin.FILE:
        record = draft.record
        discard_draft(session, editor, draft_id, seen=seen)
        clear_abandoned(session, library, editor, record, now=now)
        return
    with deed(session):
        draft = get_draft(session, draft_id)
        if not may_with(session, library, editor, writing(place_of_draft(draft)), draft):
            raise Forbidden(f"draft {draft_id}")
        refuse_unseen(draft, seen)
        notes.write(session, draft, ReviewDeed.DISCARDED, by=editor.id, now=now)
        remove_draft(session, draft_id)
