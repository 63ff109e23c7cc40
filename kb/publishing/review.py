"""Review actions: submit a draft, comment on it, return it, or approve its exact bytes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission, require
from kb.content_store.store import ContentStore
from kb.db import write_transaction
from kb.errors import Forbidden, Rejected
from kb.history import log, review_notes
from kb.history.drafts import get_draft
from kb.history.model import Draft, DraftOrigin, ReviewAction, Stage
from kb.i18n import N_
from kb.notifications.events import tell
from kb.problems import errors
from kb.publishing.authorization import writing
from kb.publishing.catch_up import catch_up
from kb.publishing.checks import draft_findings, refuse_long_note
from kb.publishing.draft_visibility import may_with, place_of_draft
from kb.publishing.drafts import take_back
from kb.publishing.prepare import prepare
from kb.publishing.review_guards import (
    mark_of,
    refuse_behind,
    refuse_unseen,
    rejected,
    require_in_review,
    said_or_refused,
    within_measure,
)
from kb.publishing.reviewers import name_reviewer
from kb.records.bundle import SOURCE

LONGEST_NAME = 200  # characters of the name of a piece
TAKEN_OVER = N_("Taken over from a reader’s suggestion.")


def submit(
    session: Session,
    store: ContentStore,
    user: User,
    draft_id: int,
    *,
    comment: str = "",
    minor: bool = False,
    reviewer_id: int | None = None,
    now: datetime,
) -> Draft:
    """Send an own draft to review, after adding the generated facts, so that reviewers see them too.

    `reviewer_id` is the person who is asked to review it. Raises `Forbidden`; `Rejected` if nothing changed or a role
    does not cover the record; `Conflict` if the public text changed since the draft was begun.
    """
    with write_transaction(session):
        draft = _own(session, user, draft_id)
        require(user, writing(place := place_of_draft(draft)))
        if draft.stage != Stage.WRITING:
            raise rejected("in-review", N_("The draft is already in review."), draft)
        refuse_long_note(draft.note)
        before = log.texts(session, draft.record)
        if place.part != SOURCE and SOURCE not in before:
            raise rejected(
                "no-source-file", N_("The record has no readable source text. Publish the source text first."), draft
            )
        if not may_with(session, store, user, writing(place), draft):
            message = N_(
                "Your role does not cover the countries, areas or language of this record. Add one that your role "
                "covers to the record, or ask an administrator."
            )
            raise rejected("out-of-reach", message, draft)
        refuse_behind(session, draft)
        shape, day = store.kinds[place.kind].shape, now.date()
        prepared, _ = prepare(shape, place.id, {place.part: draft.text}, before, minor=minor, today=day)
        if before.get(place.part) == prepared[place.part]:
            message = N_("Nothing has changed.")
            raise rejected("nothing-changed", message, draft)
        draft.text, draft.minor = prepared[place.part], minor
        draft.stage, draft.submitted = Stage.REVIEW, now
        review_notes.write(session, draft, ReviewAction.SUBMITTED, by=user.id, text=within_measure(comment), now=now)
        draft.reviewer_id = None
        if reviewer_id is not None:
            name_reviewer(session, store, draft, reviewer_id, by=user, now=now)
    return draft


def withdraw(session: Session, user: User, draft_id: int, *, now: datetime) -> Draft:
    """Take an own draft back for editing. Raises `NotFound`, or `Forbidden` for another user's draft."""
    with write_transaction(session):
        draft = _own(session, user, draft_id)
        take_back(session, draft, by=user.id, now=now)
    return draft


def comment(
    session: Session,
    store: ContentStore,
    user: User,
    draft_id: int,
    *,
    text: str,
    about: str = "",
    now: datetime,
) -> None:
    """Comment on a draft in review; `about` is the name of a piece of it, as comparisons have it.

    Raises `Forbidden`, or `Rejected` for an empty comment.
    """
    with write_transaction(session):
        draft = get_draft(session, draft_id)
        if draft.author_id != user.id:
            draft = _reviewed(session, store, user, draft_id)
        require_in_review(draft)
        said = said_or_refused(text, N_("Enter a comment."))
        tell(
            session,
            draft,
            review_notes.write(
                session, draft, ReviewAction.COMMENTED, by=user.id, text=said, about=about[:LONGEST_NAME], now=now
            ),
        )


def return_draft(
    session: Session, store: ContentStore, user: User, draft_id: int, *, reason: str, now: datetime
) -> Draft:
    """Return a draft to its author with a reason; this cancels an approval.

    Raises `Forbidden`, or `Rejected` without a reason or if the draft has no author with an account.
    """
    with write_transaction(session):
        draft = _reviewed(session, store, user, draft_id)
        if draft.author_id is None:
            raise rejected(
                "no-author",
                N_("You cannot return this text because its author has no account. Take it over instead."),
                draft,
            )
        said = said_or_refused(reason, N_("Enter a reason for returning the draft. What has to change?"))
        take_back(session, draft, deed=ReviewAction.RETURNED, by=user.id, text=said, now=now)
    return draft


def approve(
    session: Session,
    store: ContentStore,
    user: User,
    draft_id: int,
    *,
    seen: str,
    comment: str = "",
    four_eyes: bool = False,
    now: datetime,
) -> Draft:
    """Approve the exact bytes of a draft that the user has `seen`; with `four_eyes` never an own draft.

    Raises `Forbidden`; `Conflict` if the public text changed since the draft was begun; `Rejected` with every problem
    that prevents publishing.
    """
    with store.lock.held():
        catch_up(session, store, now, [get_draft(session, draft_id).record])
        with write_transaction(session):
            draft = _reviewed(session, store, user, draft_id)
            if draft.stage == Stage.APPROVED:
                raise rejected("approved", N_("The text is already approved."), draft)
            if four_eyes and draft.author_id == user.id:
                raise rejected("own-draft", N_("You wrote this text. A second person must approve it."), draft)
            refuse_unseen(draft, seen)
            refuse_behind(session, draft)
            _finish(session, store, draft, now)
            draft.stage, draft.approved_by, draft.approved_fingerprint = Stage.APPROVED, user.id, mark_of(draft)
            said = within_measure(comment)
            tell(
                session,
                draft,
                review_notes.write(session, draft, ReviewAction.APPROVED, by=user.id, text=said, now=now),
            )
    return draft


def _finish(session: Session, store: ContentStore, draft: Draft, now: datetime) -> None:
    """Refuse a text that cannot be published; first add the generated facts to a reader's text."""
    place, before = place_of_draft(draft), log.texts(session, draft.record)
    if draft.author_id is None and draft.base_number == 0:
        message = N_("A reader suggested this record. Someone must first take it over and become responsible for it.")
        raise rejected("take-over", message, draft)
    if draft.author_id is None and not _was_sent(session, draft):
        shape, texts = store.kinds[place.kind].shape, {place.part: draft.text}
        draft.text = prepare(shape, place.id, texts, before, minor=draft.minor, today=now.date())[0][place.part]
    if wrong := errors(draft_findings(session, store, place, draft.text, minor=draft.minor, today=now.date())):
        raise Rejected(wrong)


def _was_sent(session: Session, draft: Draft) -> bool:
    """Return whether a former user submitted it: then it has the generated facts of that day."""
    ways = (ReviewAction.SUBMITTED, ReviewAction.WITHDRAWN, ReviewAction.RETURNED)
    found = [note.deed for note in review_notes.of_draft(session, draft) if note.deed in ways]
    return bool(found) and found[-1] == ReviewAction.SUBMITTED


def take_over(session: Session, store: ContentStore, user: User, draft_id: int, *, now: datetime) -> Draft:
    """Turn a reader's proposal into an own draft. Raises `Forbidden`, or `Rejected` if it already has an author."""
    with write_transaction(session):
        return make_own(session, store, user, draft_id, now=now)


def make_own(session: Session, store: ContentStore, user: User, draft_id: int, *, now: datetime) -> Draft:
    """Do the same as `take_over` in the caller's transaction; the caller commits."""
    draft = _reviewed(session, store, user, draft_id)
    if not may_with(session, store, user, writing(place_of_draft(draft)), draft):
        raise Forbidden(f"draft {draft_id}")
    if draft.origin != DraftOrigin.SUGGESTION or draft.author_id is not None:
        raise rejected("has-author", N_("Someone is already responsible for this text."), draft)
    # The reader's reason is deleted with the suggestion, so it must not become a note of the history.
    draft.author_id, draft.note = user.id, ""
    take_back(session, draft, by=user.id, text=TAKEN_OVER, now=now)
    return draft


def _own(session: Session, user: User, draft_id: int) -> Draft:
    draft = get_draft(session, draft_id)
    if draft.author_id != user.id:
        raise Forbidden(f"draft {draft_id}")
    return draft


def _reviewed(session: Session, store: ContentStore, user: User, draft_id: int) -> Draft:
    """Return a draft in review, for a user who may review its subject."""
    draft = get_draft(session, draft_id)
    if not may_with(session, store, user, Permission.REVIEW, draft):
        raise Forbidden(f"draft {draft_id}")
    require_in_review(draft)
    return draft
