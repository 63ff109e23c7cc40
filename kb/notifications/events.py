"""Says who is told of a step in the review of a draft; rows are added in the transaction of the step."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kb.history import review_notes
from kb.history.model import Draft, ReviewAction, ReviewNote
from kb.notifications.model import Notification, NotificationKind

_KINDS: Mapping[str, NotificationKind] = {
    ReviewAction.RETURNED: NotificationKind.RETURNED,
    ReviewAction.HANDED_BACK: NotificationKind.RETURNED,
    ReviewAction.COMMENTED: NotificationKind.COMMENTED,
    ReviewAction.APPROVED: NotificationKind.DECIDED,
    ReviewAction.PUBLISHED: NotificationKind.DECIDED,
    ReviewAction.ASSIGNED: NotificationKind.ASSIGNED,
}
_SAID = (ReviewAction.COMMENTED, ReviewAction.RETURNED)


def tell(session: Session, draft: Draft, note: ReviewNote) -> None:
    """Note who is told of a step, never its own author; the caller commits. `note` is the note of the step."""
    kind = _KINDS.get(note.deed)
    if kind is None:
        return
    people = _people(session, draft, note) - {note.author_id, None}
    if not people:
        return
    session.flush()  # the note gets its number
    if note.deed == ReviewAction.PUBLISHED:
        _spare_approval(session, note)
    session.add_all(
        Notification(person_id=each, kind=kind, note_id=note.id, at=note.at, mail_due=note.at, tries=0)
        for each in sorted(each for each in people if each is not None)
    )


def _people(session: Session, draft: Draft, note: ReviewNote) -> set[int | None]:
    if note.deed == ReviewAction.ASSIGNED:
        return {draft.reviewer_id}
    people = {draft.author_id}
    if note.deed == ReviewAction.COMMENTED:
        people |= {each.author_id for each in review_notes.of_draft(session, draft) if each.deed in _SAID}
    return people


def _spare_approval(session: Session, note: ReviewNote) -> None:
    """Send no email of an approval that waits to be sent while the text is published already."""
    approvals = select(ReviewNote.id).where(
        ReviewNote.draft_id == note.draft_id,
        ReviewNote.record == note.record,
        ReviewNote.part == note.part,
        ReviewNote.deed == ReviewAction.APPROVED,
    )
    waiting = Notification.mail_due.is_not(None), Notification.note_id.in_(approvals)
    session.execute(update(Notification).where(*waiting).values(mail_due=None))
