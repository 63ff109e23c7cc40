"""Review notes: events and comments on drafts; they stay when the draft is deleted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from kb.history.model import Draft, ReviewAction, ReviewNote


def write(
    session: Session,
    draft: Draft,
    deed: ReviewAction,
    *,
    by: int | None,
    text: str = "",
    about: str = "",
    now: datetime,
) -> ReviewNote:
    """Add a note in the transaction of its action; the caller commits. `by` is `None` for the program."""
    note = ReviewNote(
        record=draft.record,
        part=draft.part,
        draft_id=draft.id,
        at=now,
        author_id=by,
        deed=deed.value,
        text=text,
        about=about,
    )
    session.add(note)
    return note


def close(session: Session, draft: Draft, number: int, *, by: int | None, now: datetime) -> ReviewNote:
    """Note the publication of a draft as change `number`, and set the number on all its notes; does not commit."""
    note = write(session, draft, ReviewAction.PUBLISHED, by=by, now=now)
    session.flush()
    session.execute(update(ReviewNote).where(*_about(draft)).values(change_number=number))
    return note


def of_draft(session: Session, draft: Draft) -> Sequence[ReviewNote]:
    """Return the notes about a draft, oldest first."""
    return session.scalars(select(ReviewNote).where(*_about(draft)).order_by(ReviewNote.id)).all()


def _about(draft: Draft) -> tuple[ColumnElement[bool], ...]:
    """Return conditions for the notes of a draft; they exclude notes of an earlier draft with the same id."""
    return (
        ReviewNote.draft_id == draft.id,
        ReviewNote.record == draft.record,
        ReviewNote.part == draft.part,
        ReviewNote.change_number.is_(None),
        ReviewNote.at >= draft.created,
    )


def last_of(session: Session, drafts: Iterable[Draft]) -> Mapping[int, ReviewNote]:
    """Return the newest step of each draft by the draft's id; comments, answers and chosen reviewers do not count."""
    by_id = {draft.id: draft for draft in drafts}
    query = select(ReviewNote).where(
        ReviewNote.draft_id.in_(by_id),
        ReviewNote.change_number.is_(None),
        ReviewNote.deed.not_in((ReviewAction.COMMENTED, ReviewAction.ANSWERED, ReviewAction.ASSIGNED)),
    )
    found: dict[int, ReviewNote] = {}
    for note in session.scalars(query.order_by(ReviewNote.id)):
        draft = by_id[note.draft_id]
        if (note.record, note.part) == (draft.record, draft.part) and note.at >= draft.created:
            found[note.draft_id] = note
    return found


def of_record(session: Session, record: str, deeds: Iterable[ReviewAction], *, limit: int) -> Sequence[ReviewNote]:
    """Return such notes about published drafts of a record, newest first."""
    query = select(ReviewNote).where(
        ReviewNote.record == record,
        ReviewNote.deed.in_([deed.value for deed in deeds]),
        ReviewNote.change_number.is_not(None),
    )
    return session.scalars(query.order_by(ReviewNote.id.desc()).limit(limit)).all()


def containing(session: Session, record: str, phrase: str) -> Sequence[ReviewNote]:
    """Return the notes about drafts of a record that contain a phrase."""
    query = select(ReviewNote).where(ReviewNote.record == record, ReviewNote.text.contains(phrase, autoescape=True))
    return session.scalars(query).all()
