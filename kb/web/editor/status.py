"""Status of a text in the editor: the stage of its draft, other users who have it open, permissions."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from kb.accounts.model import User
from kb.accounts.permissions import Permission
from kb.editing.forms.presence import Other, be_present, others
from kb.editing.open_text import Opened, is_behind, source_text
from kb.extensions import db
from kb.history.model import Draft, Stage
from kb.publishing.authorization import may_for
from kb.publishing.reviewers import possible_reviewers
from kb.records.bundle import SOURCE
from kb.web.http.auth import signed_in
from kb.web.http.db_errors import SaveError, rollback_on_error
from kb.web.http.rendering import now, store
from kb.web.parts.allowed_actions import four_eyes
from kb.web.parts.draft_list import DraftLine, draft_lines


@dataclass(frozen=True)
class EditorStatus:
    """Data of the partials `editor/_status_bar.html` and `editor/_publish.html`.

    `reviewers` can be asked to review the text, and `reviewer_id` was chosen in the form or before.
    """

    line: DraftLine | None
    others: tuple[Other, ...]
    may_publish: bool
    is_behind: bool
    reviewers: tuple[User, ...] = ()
    reviewer_id: int | None = None

    @property
    def is_in_review(self) -> bool:
        """Whether the draft was sent to review."""
        return self.line is not None and self.line.draft.stage != Stage.WRITING


def standing_of(opened: Opened, *, is_well: bool = True) -> EditorStatus:
    """Return the status of a text, and record the user's presence unless nothing can be saved."""
    draft = db.session.get(Draft, opened.draft_id) if opened.draft_id is not None else None
    is_own = draft is not None and draft.author_id == signed_in().id
    line = draft_lines([draft])[0] if draft is not None and is_own else None
    present = _others_present(opened) if is_well else ()
    may_publish = not four_eyes() and _may_publish(opened)
    able = possible_reviewers(db.session, store(), opened.place, opened.text, author_id=signed_in().id)
    chosen = posted_reviewer() if request.method == "POST" else draft.reviewer_id if draft is not None else None
    return EditorStatus(line, present, may_publish, is_behind(db.session, opened), tuple(able), chosen)


def posted_reviewer() -> int | None:
    """Return the id of the reviewer chosen in the form; `None` for any."""
    return request.form.get("reviewer", type=int)


def is_minor(opened: Opened) -> bool:
    """Return whether the draft of a text is marked as a minor change."""
    draft = db.session.get(Draft, opened.draft_id) if opened.draft_id is not None else None
    return draft is not None and draft.minor


def _may_publish(opened: Opened) -> bool:
    place = opened.place
    sources = [source_text(db.session, place), opened.text if place.part == SOURCE else None]
    return may_for(signed_in(), Permission.PUBLISH, [place], sources, store().vocabularies)


def _others_present(opened: Opened) -> tuple[Other, ...]:
    """Record that the user edits the text, and return the other users. Errors never block editing."""
    try:
        with rollback_on_error("who has %s open could not be noted", opened.place.record):
            be_present(db.session, signed_in(), opened.place, now())
            return others(db.session, signed_in(), opened.place, now())
    except SaveError:
        return ()
