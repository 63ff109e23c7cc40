"""Reads, answers and deletes suggestions of readers: at their request, or after a set time.

A suggestion counts as accepted once any user has published its draft.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission, require
from kb.content_store.store import ContentStore
from kb.db import write_transaction
from kb.editing.forms.draft_titles import language_in, title_in
from kb.editing.model import Suggestion, SuggestionAttempt, SuggestionState
from kb.editing.suggestions.rate_limit import KEPT
from kb.editing.suggestions.submit import LONGEST_REASON, mark_of
from kb.errors import Forbidden, NotFound, Rejected
from kb.history import log
from kb.history.drafts import remove_draft
from kb.history.model import DiscardedDraft, Draft, DraftOrigin, ReviewAction, ReviewNote
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.authorization import may_for
from kb.records.bundle import SOURCE
from kb.records.files.paths import place_of

# Waiting for an answer.
OPEN = (SuggestionState.RECEIVED, SuggestionState.IN_WORK)


def find_by_token(session: Session, token: str) -> Suggestion:
    """Return the suggestion of a link. Raises `NotFound`, also for a deleted one."""
    found = session.scalar(select(Suggestion).where(Suggestion.mark == mark_of(token)))
    if found is None:
        raise NotFound("suggestion")
    return found


def standing(session: Session, suggestion: Suggestion) -> SuggestionState:
    """Return the state of a suggestion; one whose draft was published counts as accepted."""
    if suggestion.state in OPEN and suggestion.draft_id is not None:
        # The number of a deleted draft may be reused.
        of_it = (
            ReviewNote.draft_id == suggestion.draft_id,
            ReviewNote.record == suggestion.record,
            ReviewNote.part == suggestion.part,
            ReviewNote.at >= suggestion.created,
        )
        if ReviewAction.PUBLISHED in session.scalars(select(ReviewNote.deed).where(*of_it)):
            return SuggestionState.ACCEPTED
        draft = draft_of(session, suggestion)
        if draft is not None and draft.author_id is not None:
            return SuggestionState.IN_WORK
    return SuggestionState(suggestion.state)


def draft_of(session: Session, suggestion: Suggestion) -> Draft | None:
    """Return the draft of a suggestion while it exists; another draft may have reused its number."""
    draft = session.get(Draft, suggestion.draft_id) if suggestion.draft_id else None
    if draft is None or draft.origin != DraftOrigin.SUGGESTION or draft.created != suggestion.created:
        return None
    return draft


def title_of(session: Session, suggestion: Suggestion) -> tuple[str, str]:
    """Return the title that a reader gave a record, and its language; empty once a user works on it."""
    draft = draft_of(session, suggestion)
    if draft is None or draft.author_id is not None:
        return "", ""
    return title_in(draft.text, draft.part), language_in(draft.text)


def withdraw(session: Session, token: str, *, now: datetime) -> None:
    """Delete a suggestion at the request of the owner of its link; its draft too, unless a user works on it."""
    # Read it again under the lock: it may have been withdrawn in another window, or answered.
    with write_transaction(session):
        _delete(session, find_by_token(session, token), ReviewAction.WITHDRAWN_SUGGESTION, now)


def open_suggestions(session: Session) -> list[Suggestion]:
    """Return the suggestions that wait for an answer, oldest first."""
    query = select(Suggestion).where(Suggestion.state.in_(OPEN)).order_by(Suggestion.created)
    return [each for each in session.scalars(query) if standing(session, each) in OPEN]


def drafts_of_open(session: Session) -> set[tuple[int, datetime]]:
    """Return number and time of the drafts of open suggestions, which have a list of their own.

    The draft of an answered suggestion that is not published yet is listed with all others.
    """
    is_listed = Suggestion.state.in_(OPEN), Suggestion.draft_id.is_not(None)
    rows = session.execute(select(Suggestion.draft_id, Suggestion.created).where(*is_listed))
    return {(draft_id, created) for draft_id, created in rows if draft_id is not None}


def get_suggestion(session: Session, suggestion_id: int) -> Suggestion:
    """Return a suggestion. Raises `NotFound`."""
    if (found := session.get(Suggestion, suggestion_id, populate_existing=True)) is None:
        raise NotFound(f"suggestion {suggestion_id}")
    return found


def may_answer(session: Session, store: ContentStore, reviewer: User, suggestion: Suggestion) -> bool:
    """Return whether a reviewer's scope covers a suggestion; only then may they read it and its contact."""
    place = place_of(suggestion.record, suggestion.part)
    return may_for(reviewer, Permission.REVIEW, [place], [_source(session, suggestion)], store.vocabularies)


def answer(
    session: Session,
    store: ContentStore,
    reviewer: User,
    suggestion_id: int,
    state: SuggestionState,
    text: str,
    *,
    now: datetime,
) -> Suggestion:
    """Set the state of a suggestion, with an answer to its sender; declining deletes its draft.

    Raises `Forbidden`, `NotFound`, or `Rejected` for declining without a reason.
    """
    require(reviewer, Permission.REVIEW)
    suggestion = get_suggestion(session, suggestion_id)
    if not may_answer(session, store, reviewer, suggestion):
        raise Forbidden(f"suggestion {suggestion_id}")
    if state is SuggestionState.DECLINED and not text.strip():
        message = N_("Enter a reason. The person who made the suggestion will read it.")
        raise Rejected([Problem("missing-reason", message, ("answer",))])
    if len(text) > LONGEST_REASON:
        message = N_("Enter at most %(limit)s characters.")
        raise Rejected([Problem("too-long", message, ("answer",), params={"limit": LONGEST_REASON})])
    with write_transaction(session):
        suggestion = get_suggestion(session, suggestion_id)  # the sender may have withdrawn it meanwhile
        suggestion.state, suggestion.answer, suggestion.updated = state, text.strip(), now
        draft, is_declined = draft_of(session, suggestion), state is SuggestionState.DECLINED
        note = ReviewNote(
            record=suggestion.record,
            part=suggestion.part,
            draft_id=draft.id if draft is not None else 0,
            at=now,
            author_id=reviewer.id,
            deed=ReviewAction.DECLINED if is_declined else ReviewAction.ANSWERED,
            text=text.strip(),
        )
        session.add(note)
        if is_declined:
            _drop_draft(session, suggestion)
    return suggestion


def blank_containing(session: Session, record: str, phrase: str) -> int:
    """Erase readers' reasons and contacts, and the answers to them, that contain a phrase; return how many suggestions.

    For erasure on request, by the operator of the site. The suggestion itself stays, so that its link still shows its
    state. Its text is a draft, which `publishing/redact.py` erases.
    """
    with write_transaction(session):
        texts = (Suggestion.reason, Suggestion.answer, Suggestion.contact)
        is_said = or_(*(text.contains(phrase, autoescape=True) for text in texts))
        found = session.scalars(select(Suggestion).where(Suggestion.record == record, is_said)).all()
        for each in found:
            each.reason, each.answer, each.contact = (
                "" if phrase.casefold() in said.casefold() else said
                for said in (each.reason, each.answer, each.contact)
            )
    return len(found)


def forget_old(session: Session, *, days: int, now: datetime) -> int:
    """Delete suggestions unchanged for some days, and rate limit rows after one day; return how many suggestions."""
    ended, due = SuggestionAttempt.at < now - KEPT, Suggestion.updated < now - timedelta(days=days)
    if not session.scalar(select(exists().where(ended) | exists().where(due))):
        return 0  # this check is cheap and blocks no other user
    with write_transaction(session):
        session.execute(delete(SuggestionAttempt).where(ended))
        old = session.scalars(select(Suggestion).where(due)).all()
        for suggestion in old:
            _delete(session, suggestion, ReviewAction.FORGOTTEN_SUGGESTION, now)
    return len(old)


def _source(session: Session, suggestion: Suggestion) -> str | None:
    place = place_of(suggestion.record, SOURCE)
    head = log.find_head(session, place)
    if head is not None and head.text:
        return head.text
    draft = draft_of(session, suggestion)
    return draft.text if draft is not None else None


def _delete(session: Session, suggestion: Suggestion, deed: ReviewAction, now: datetime) -> None:
    """Delete a suggestion; the history records the deletion, without its content."""
    _drop_draft(session, suggestion)
    session.delete(suggestion)
    session.flush()
    record, part = suggestion.record, suggestion.part
    if not _is_ours(session, record):  # its id is made from the title that a reader gave it
        told = update(ReviewNote).where(ReviewNote.record == record)
        session.execute(told.values(record="", part=""))
        record = part = ""
    session.add(ReviewNote(record=record, part=part, draft_id=0, at=now, author_id=None, deed=deed.value))


def _is_ours(session: Session, record: str) -> bool:
    """Return whether a record was published, or a user works on it."""
    works = select(exists().where(Draft.record == record, Draft.author_id.is_not(None)))
    return log.find_head(session, place_of(record, SOURCE)) is not None or bool(session.scalar(works))


def _drop_draft(session: Session, suggestion: Suggestion) -> None:
    """Delete its draft unless a user works on it; delete a discarded draft permanently."""
    draft = draft_of(session, suggestion)
    if draft is not None and draft.author_id is None:
        remove_draft(session, draft.id)
    is_its = DiscardedDraft.origin == DraftOrigin.SUGGESTION, DiscardedDraft.created == suggestion.created
    session.execute(delete(DiscardedDraft).where(DiscardedDraft.draft_id == suggestion.draft_id, *is_its))
