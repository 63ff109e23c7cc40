"""Saves texts as drafts, to be published later."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import require
from kb.db import write_transaction
from kb.errors import Forbidden, NotFound, Rejected
from kb.history import review_notes
from kb.history.drafts import MAX_CHARACTERS, get_draft, is_open_to, is_still
from kb.history.model import Draft, DraftOrigin, ReviewAction, Stage
from kb.i18n import N_
from kb.notifications.events import tell
from kb.problems import Problem
from kb.publishing.actions import Edit
from kb.publishing.authorization import writing
from kb.records.files.paths import is_record_id

# Default reason why a draft is no longer in review.
CHANGED = N_("The text was changed and must be sent for review again.")
NOTE_CHANGED = N_("The history note was changed. The text must be sent for review again.")


def save_draft(
    session: Session,
    editor: User,
    edit: Edit,
    *,
    draft_id: int | None = None,
    draft_fingerprint: str | None = None,
    note: str = "",
    now: datetime,
) -> Draft:
    """Save a text as it is, however unfinished.

    Raises `Forbidden`, `NotFound` for an impossible record name, or `Rejected` for a text that is too long.

    `draft_id` names the draft to overwrite; it must be the editor's own. A changed text, note or base takes a draft out
    of review and cancels its approval. If its text no longer matches `draft_fingerprint`, another window has saved
    more. Then that draft stays, and this text becomes a separate one.
    """
    require(editor, writing(edit.place))
    if not is_record_id(edit.place.id):
        raise NotFound(edit.place.record)
    if len(edit.text) > MAX_CHARACTERS:
        message = N_("The text can have at most %(limit)s characters. Shorten or split the text.")
        raise Rejected([Problem("too-large", message, params={"limit": MAX_CHARACTERS}, path=edit.place.part)])
    with write_transaction(session):
        draft = get_draft(session, draft_id) if draft_id is not None else None
        if draft is not None and not is_open_to(draft, editor.id):
            raise Forbidden(f"draft {draft_id}")
        if draft is None or draft.origin == DraftOrigin.FILE or not is_still(draft, draft_fingerprint):
            draft = Draft(
                record=edit.place.record,
                part=edit.place.part,
                origin=DraftOrigin.EDITOR,
                author_id=editor.id,
                stage=Stage.WRITING,
                created=now,
            )
            session.add(draft)
        text = edit.text.replace("\0", "\\x00")  # no database stores a NUL in a text
        if (draft.text, draft.base_number) != (text, edit.base_number):
            take_back(session, draft, by=editor.id, text=CHANGED, now=now)
        elif draft.note != note:  # the note goes into the history with the text, so it is approved with it
            take_back(session, draft, by=editor.id, text=NOTE_CHANGED, now=now)
        draft.text, draft.note, draft.updated = text, note, now
        draft.base_number, draft.base_fingerprint = edit.base_number, edit.base_fingerprint
    return draft


def take_back(
    session: Session,
    draft: Draft,
    *,
    deed: ReviewAction = ReviewAction.WITHDRAWN,
    by: int | None,
    text: str = "",
    now: datetime,
) -> None:
    """Return a draft to editing, with a note of the reason; a draft not in review stays. The caller commits."""
    if draft.stage == Stage.WRITING:
        return
    draft.stage, draft.submitted = Stage.WRITING, None
    draft.approved_fingerprint, draft.approved_by, draft.due = "", None, None
    tell(session, draft, review_notes.write(session, draft, deed, by=by, text=text, now=now))
