"""Publishes approved drafts: exactly the approved bytes, now or at a scheduled time."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission
from kb.content_store.store import ContentStore
from kb.db import begin_write, write_transaction
from kb.errors import Forbidden, NotFound, Rejected
from kb.history import log, review_notes
from kb.history.drafts import get_draft
from kb.history.log import LogEntry, Overtaken
from kb.history.model import Change, ChangeKind, Draft, ReviewAction, Stage
from kb.i18n import N_
from kb.notifications.events import tell
from kb.problems import Problem, errors
from kb.publishing.actions import bring_out
from kb.publishing.catch_up import catch_up
from kb.publishing.checks import draft_findings
from kb.publishing.draft_visibility import may_with, place_of_draft
from kb.publishing.review_guards import mark_of, refuse_behind, refuse_unseen, rejected

SECOND_PERSON = N_(
    "The author of this text has no account. One person must approve the text, and another must publish it."
)


def is_approved(draft: Draft, *, four_eyes: bool) -> bool:
    """Return whether the current text of a draft is approved; with `four_eyes`, by another person than its author."""
    if draft.stage != Stage.APPROVED or draft.approved_fingerprint != mark_of(draft):
        return False
    return not four_eyes or (draft.approved_by is not None and draft.approved_by != draft.author_id)


def needs_another(draft: Draft, by: int | None, *, four_eyes: bool) -> bool:
    """Return whether another person must publish a text: with `four_eyes`, if its author has no account.

    The author of a suggestion without an account may be the person who approves it, so it counts as unreviewed.
    """
    return four_eyes and draft.author_id is None and by in (None, draft.approved_by)


def publish_approved(
    session: Session,
    store: ContentStore,
    user: User,
    draft_id: int,
    *,
    seen: str,
    four_eyes: bool = False,
    now: datetime,
) -> Change:
    """Publish exactly the approved bytes that the user has `seen`, as a change by their author.

    Raises `Forbidden`; `Conflict` if the public text changed since the draft was begun (all texts stay where they are);
    `Rejected` if the text is not approved or would not pass today's checks.
    """
    draft = _for_publisher(session, store, user, draft_id, seen)
    return put_out(session, store, draft.id, by=user.id, seen=seen, four_eyes=four_eyes, now=now)


def put_out(
    session: Session,
    store: ContentStore,
    draft_id: int,
    *,
    by: int | None,
    seen: str | None = None,
    due: datetime | None = None,
    four_eyes: bool,
    now: datetime,
) -> Change:
    """Publish an approved draft without a permission check, if it still has the text `seen` and the time `due`.

    Raises as `publish_approved` does, or `NotFound` if the draft is gone or no longer due.
    """
    with store.lock.held():
        catch_up(session, store, now, [get_draft(session, draft_id).record])
        draft = get_draft(session, draft_id)
        place, data = place_of_draft(draft), draft.text.encode()
        if due is not None and draft.due != due:
            raise NotFound(f"draft {draft_id}, due {due}")
        if seen is not None:
            refuse_unseen(draft, seen)
        if not is_approved(draft, four_eyes=four_eyes):
            raise _not_approved(draft, four_eyes=four_eyes)
        if needs_another(draft, by, four_eyes=four_eyes):
            raise rejected("second-person", SECOND_PERSON, draft)
        refuse_behind(session, draft)
        if wrong := errors(draft_findings(session, store, place, draft.text, minor=draft.minor, today=now.date())):
            raise Rejected(wrong)
        head = log.heads(session, draft.record).get(place)
        begin_write(session)
        if not _claim(session, draft):
            session.rollback()
            raise _not_approved(get_draft(session, draft_id), four_eyes=four_eyes)
        try:
            change = log.append(
                session,
                ChangeKind.MINOR if draft.minor else ChangeKind.PUBLISH,
                [LogEntry(place, data, head.number if head else 0)],
                author_id=draft.author_id,
                approved_by=draft.approved_by,
                note=draft.note if draft.author_id is not None else "",  # a reader's words are not kept permanently
                also=lambda change: tell(
                    session, draft, review_notes.close(session, draft, change.number, by=by, now=now)
                ),
                now=now,
            )
        except Overtaken:
            refuse_behind(session, get_draft(session, draft_id))
            raise
        number = change.number
        session.expunge(draft)  # its row is gone
        bring_out(session, store, [place], number, now)
    return session.get_one(Change, number)


def _claim(session: Session, draft: Draft) -> bool:
    """Delete the draft in the same commit if it is unchanged since the check; only one of two workers succeeds."""
    same = (
        Draft.id == draft.id,
        Draft.stage == Stage.APPROVED,
        Draft.approved_fingerprint == draft.approved_fingerprint,
        Draft.text == draft.text,
        Draft.due.is_(None) if draft.due is None else Draft.due == draft.due,
    )
    return session.connection().execute(delete(Draft).where(*same)).rowcount == 1


def schedule(
    session: Session,
    store: ContentStore,
    user: User,
    draft_id: int,
    *,
    seen: str,
    due: datetime,
    four_eyes: bool = False,
    now: datetime,
) -> Draft:
    """Schedule the publication of an approved draft for a future time. Raises `Forbidden` or `Rejected`."""
    with write_transaction(session):
        draft = _for_publisher(session, store, user, draft_id, seen)
        if not is_approved(draft, four_eyes=four_eyes):
            raise _not_approved(draft, four_eyes=four_eyes)
        if needs_another(draft, user.id, four_eyes=four_eyes):
            raise rejected("second-person", SECOND_PERSON, draft)
        if due <= now:
            raise Rejected([Problem("not-future", N_("Select a date and time in the future."), ("day",))])
        refuse_behind(session, draft)
        draft.due = due
        review_notes.write(
            session, draft, ReviewAction.SCHEDULED, by=user.id, text=due.isoformat(timespec="minutes"), now=now
        )
    return draft


def unschedule(session: Session, store: ContentStore, user: User, draft_id: int, *, now: datetime) -> Draft:
    """Cancel a scheduled publication; the approval stays. Raises `Forbidden`."""
    with write_transaction(session):
        draft = _for_publisher(session, store, user, draft_id)
        if draft.due is not None:
            draft.due = None
            review_notes.write(session, draft, ReviewAction.SCHEDULED, by=user.id, now=now)
    return draft


def _for_publisher(session: Session, store: ContentStore, user: User, draft_id: int, seen: str | None = None) -> Draft:
    draft = get_draft(session, draft_id)
    if not may_with(session, store, user, Permission.PUBLISH, draft):
        raise Forbidden(f"draft {draft_id}")
    if seen is not None:
        refuse_unseen(draft, seen)
    return draft


def _not_approved(draft: Draft, *, four_eyes: bool) -> Rejected:
    if four_eyes and is_approved(draft, four_eyes=False):
        return rejected("four-eyes", N_("Someone other than the author must approve this text."), draft)
    return rejected("not-approved", N_("This text is not currently approved. Someone must approve it first."), draft)
