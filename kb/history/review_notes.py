"""What was done and said about drafts on their way to publication; it stays when the draft goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from kb.history.model import Draft, ReviewDeed, ReviewNote


def write(
    session: Session, draft: Draft, deed: ReviewDeed, *, by: int | None, text: str = "", now: datetime
) -> ReviewNote:
    """Write down a deed in the transaction of the deed itself; the caller commits. `by` is `None` for the program."""
    note = ReviewNote(
        record=draft.record, part=draft.part, draft_id=draft.id, at=now, author_id=by, deed=deed.value, text=text
    )
    session.add(note)
    return note


def close(session: Session, draft: Draft, number: int, *, by: int | None, now: datetime) -> None:
    """Write down that a draft was published as change `number`, and put the number on all its notes; no commit."""
    write(session, draft, ReviewDeed.PUBLISHED, by=by, now=now)
    session.flush()
    session.execute(update(ReviewNote).where(*_about(draft)).values(change_number=number))


def of_draft(session: Session, draft: Draft) -> Sequence[ReviewNote]:
    """Return what was said of a draft, the first first."""
    return session.scalars(select(ReviewNote).where(*_about(draft)).order_by(ReviewNote.id)).all()


def _about(draft: Draft) -> tuple[ColumnElement[bool], ...]:
    """The number of a draft may be given again once it is gone: what is older speaks of the one before it."""
    return (
        ReviewNote.draft_id == draft.id,
        ReviewNote.record == draft.record,
        ReviewNote.part == draft.part,
        ReviewNote.change_number.is_(None),
        ReviewNote.at >= draft.created,
    )


def last_of(session: Session, drafts: Iterable[Draft]) -> Mapping[int, ReviewNote]:
    """Return the newest note of each of these drafts that has one, by the draft's id; what was said does not count."""
    by_id = {draft.id: draft for draft in drafts}
    query = select(ReviewNote).where(
        ReviewNote.draft_id.in_(by_id),
        ReviewNote.change_number.is_(None),
        ReviewNote.deed.not_in((ReviewDeed.COMMENTED, ReviewDeed.ANSWERED)),
    )
    found: dict[int, ReviewNote] = {}
    for note in session.scalars(query.order_by(ReviewNote.id)):
        draft = by_id[note.draft_id]
        if (note.record, note.part) == (draft.record, draft.part) and note.at >= draft.created:
            found[note.draft_id] = note
    return found


def of_record(session: Session, record: str, deeds: Iterable[ReviewDeed], *, limit: int) -> Sequence[ReviewNote]:
    """Return such deeds about drafts of a record that were published, the newest first."""
    query = select(ReviewNote).where(
        ReviewNote.record == record,
        ReviewNote.deed.in_([deed.value for deed in deeds]),
        ReviewNote.change_number.is_not(None),
    )
    return session.scalars(query.order_by(ReviewNote.id.desc()).limit(limit)).all()


def containing(session: Session, record: str, phrase: str) -> Sequence[ReviewNote]:
    """Return what was said about drafts of a record with a phrase in it."""
    query = select(ReviewNote).where(ReviewNote.record == record, ReviewNote.text.contains(phrase, autoescape=True))
    return session.scalars(query).all()
