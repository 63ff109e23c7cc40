"""Drafts: every text that is not in the log is here, so that nothing anybody typed is lost."""

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

# A draft may be broken in every way, but not without limit.
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
    """Say whether somebody may read and use a draft: her own, or a file that was set aside and so is everybody's."""
    return draft.author_id == person_id or (draft.author_id is None and draft.origin == DraftOrigin.FILE)


@dataclass(frozen=True)
class UsedDraft:
    """A draft that a publication uses up; with a fingerprint only while its text is still that one."""

    id: int
    fingerprint: str | None = None


def is_still(draft: Draft, fingerprint: str | None) -> bool:
    """Say whether a draft holds the text that somebody saw: another window may have saved more."""
    return fingerprint is None or hash_bytes(draft.text.encode()) == fingerprint


def use_up(session: Session, used: UsedDraft, author_id: int, places: Container[RecordFile]) -> Draft | None:
    """Take a draft away that was published, and return it: only one that is open to its author, and unchanged since."""
    draft = session.get(Draft, used.id, populate_existing=True)  # as it is under the lock
    if draft is None or not is_open_to(draft, author_id):
        return None
    if place_of(draft.record, draft.part) not in places or not is_still(draft, used.fingerprint):
        return None
    session.delete(draft)
    return draft


def remove_draft(session: Session, draft_id: int) -> None:
    """Take a draft away; the caller commits. One that is gone already is no error."""
    if (draft := session.get(Draft, draft_id)) is not None:
        session.delete(draft)


def put_apart(session: Session, draft: Draft, *, by: int, now: datetime) -> None:
    """Take a draft away and keep its text apart for whoever discarded it; the caller commits."""
    text = {name: getattr(draft, name) for name in _TEXT}
    session.add(DiscardedDraft(**text, draft_id=draft.id, discarded=now, discarded_by=by))
    session.delete(draft)


def put_back(session: Session, apart: DiscardedDraft) -> Draft:
    """Make a draft again of what was kept apart, under its old number and in nobody's review; the caller commits."""
    draft = Draft(**{name: getattr(apart, name) for name in _TEXT}, id=apart.draft_id, stage=Stage.WRITING)
    session.delete(apart)
    session.add(draft)
    return draft


def drafts_for(session: Session, author_id: int) -> Sequence[Draft]:
    """Return what a person has kept, and the texts that belong to nobody: files that were set aside."""
    query = select(Draft).where(or_(Draft.author_id == author_id, Draft.origin == DraftOrigin.FILE))
    return session.scalars(query.order_by(Draft.updated.desc())).all()
