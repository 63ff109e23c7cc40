"""Drafts: all texts that are not in the log, so that no typed text is lost."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from kb.errors import NotFound
from kb.history.model import DiscardedDraft, Draft, DraftOrigin, DraftText, Stage
from kb.records.bundle import hash_bytes
from kb.records.files.paths import RecordFile, place_of

# A draft may be invalid in every way, but its size is limited.
MAX_CHARACTERS = 1_000_000
_TEXT = tuple(DraftText.__annotations__)


def keep_loser(
    session: Session,
    place: RecordFile,
    text: str,
    *,
    base: tuple[int, str],
    author_id: int | None,
    note: str = "",
    now: datetime,
) -> int:
    """Keep the text that lost a conflict; the caller commits. Returns the draft's id."""
    draft = Draft(
        record=place.record,
        part=place.part,
        text=text,
        base_number=base[0],
        base_fingerprint=base[1],
        origin=DraftOrigin.CONFLICT,
        author_id=author_id,
        note=note,
        created=now,
        updated=now,
    )
    session.add(draft)
    session.flush()
    return draft.id


def get_draft(session: Session, draft_id: int) -> Draft:
    """Return a draft. Raises `NotFound`."""
    if (draft := session.get(Draft, draft_id, populate_existing=True)) is None:
        raise NotFound(f"draft {draft_id}")
    return draft


def is_open_to(draft: Draft, person_id: int) -> bool:
    """Return whether a person may read and use a draft: her own, or a file that was set aside and so belongs to all."""
    return draft.author_id == person_id or (draft.author_id is None and draft.origin == DraftOrigin.FILE)


@dataclass(frozen=True)
class UsedDraft:
    """A draft that a publication consumes; with a fingerprint, only while its text is unchanged."""

    id: int
    fingerprint: str | None = None


def is_still(draft: Draft, fingerprint: str | None) -> bool:
    """Return whether a draft still has the text that the user saw: another window may have saved more."""
    return fingerprint is None or hash_bytes(draft.text.encode()) == fingerprint


def use_up(session: Session, used: UsedDraft, author_id: int, places: Container[RecordFile]) -> Draft | None:
    """Delete a published draft and return it, if its author may use it and it is unchanged; otherwise return `None`."""
    draft = session.get(Draft, used.id, populate_existing=True)  # its state under the lock
    if draft is None or not is_open_to(draft, author_id):
        return None
    if place_of(draft.record, draft.part) not in places or not is_still(draft, used.fingerprint):
        return None
    session.delete(draft)
    return draft


def remove_draft(session: Session, draft_id: int) -> None:
    """Delete a draft; the caller commits. A missing draft is not an error."""
    if (draft := session.get(Draft, draft_id)) is not None:
        session.delete(draft)


def put_apart(session: Session, draft: Draft, *, by: int, now: datetime) -> None:
    """Move a draft to the discarded drafts of the person who discarded it; the caller commits."""
    text = {name: getattr(draft, name) for name in _TEXT}
    session.add(DiscardedDraft(**text, draft_id=draft.id, discarded=now, discarded_by=by))
    session.delete(draft)


def put_back(session: Session, apart: DiscardedDraft) -> Draft:
    """Restore a discarded draft under its old number, without a review; the caller commits."""
    draft = Draft(**{name: getattr(apart, name) for name in _TEXT}, id=apart.draft_id, stage=Stage.WRITING)
    session.delete(apart)
    session.add(draft)
    return draft


def drafts_for(session: Session, author_id: int) -> Sequence[Draft]:
    """Return the drafts of a person, and the files that were set aside and belong to all."""
    query = select(Draft).where(or_(Draft.author_id == author_id, Draft.origin == DraftOrigin.FILE))
    return session.scalars(query.order_by(Draft.updated.desc())).all()
