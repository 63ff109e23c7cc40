"""Lists of drafts for the desk: returned, waiting for review, approved."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from kb.accounts.permissions import Permission, may
from kb.editing.suggestions.answer import drafts_of_open
from kb.extensions import db
from kb.history import review_notes
from kb.history.model import Change, Draft, ReviewAction, ReviewNote, Revision, Stage
from kb.publishing.draft_visibility import may_with
from kb.web.http.auth import signed_in
from kb.web.http.rendering import store
from kb.web.labels.authors import authors
from kb.web.parts.allowed_actions import four_eyes
from kb.web.parts.draft_list import DraftLine, draft_lines

# Maximum number of a record's approvals shown; the history has all of them.
SHOWN = 10


@dataclass(frozen=True)
class Reviews:
    """Data of the partial `desk/_reviews.html`."""

    back: tuple[DraftLine, ...]
    waiting: tuple[DraftLine, ...]
    approved: tuple[DraftLine, ...]


@dataclass(frozen=True)
class Approval:
    """An approval: who approved which revision of a record, and when."""

    note: ReviewNote
    revision: Revision
    author: str
    approver: str


def reviews(mine: Iterable[DraftLine]) -> Reviews:
    """Return the drafts that wait for the user; `mine` are the user's own drafts."""
    user = signed_in()
    waiting, approved = list[Draft](), list[Draft]()
    if may(user, Permission.REVIEW):
        listed = drafts_of_open(db.session)
        for draft in _on_their_way():
            waits = draft.stage == Stage.REVIEW
            if waits and ((draft.id, draft.created) in listed or (four_eyes() and draft.author_id == user.id)):
                continue
            if may_with(db.session, store(), user, Permission.REVIEW, draft):
                (waiting if waits else approved).append(draft)
    return Reviews(
        back=tuple(line for line in mine if line.is_back),
        waiting=tuple(draft_lines(sorted(waiting, key=lambda draft: draft.reviewer_id != user.id))),
        approved=tuple(draft_lines(approved)),
    )


def approvals(record: str) -> tuple[Approval, ...]:
    """Return the approvals of a record, the newest first."""
    found = review_notes.of_record(db.session, record, [ReviewAction.APPROVED], limit=SHOWN)
    query = select(Revision).where(Revision.change_number.in_({note.change_number for note in found}))
    revisions = {(each.change_number, each.part): each for each in db.session.scalars(query)}
    pairs = [(note, revisions[key]) for note in found if (key := (note.change_number, note.part)) in revisions]
    names = authors(db.session, [*(note.author_id for note, _ in pairs), *(each.change.author_id for _, each in pairs)])
    return tuple(
        Approval(note, each, names.get(each.change.author_id or 0, ""), names.get(note.author_id or 0, ""))
        for note, each in pairs
    )


def approver_of(change: Change) -> str:
    """Return the name of the user who approved a change before publication, or an empty text."""
    return authors(db.session, [change.approved_by]).get(change.approved_by or 0, "") if change.approved_by else ""


def _on_their_way() -> Sequence[Draft]:
    query = select(Draft).where(Draft.stage != Stage.WRITING)
    return db.session.scalars(query.order_by(Draft.submitted, Draft.id)).all()
