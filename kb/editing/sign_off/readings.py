"""Keeps which claims of a record were read against their sources; reading may take several days and several people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission
from kb.content_store.store import ContentStore
from kb.db import write_transaction
from kb.editing.model import ReadClaim
from kb.editing.open_text import source_text
from kb.editing.sign_off.claims import Claim, claims_of
from kb.errors import NotFound
from kb.publishing.authorization import require_for
from kb.records.files.paths import RecordFile


def read_claims(session: Session, record: str, claims: Iterable[Claim]) -> dict[str, ReadClaim]:
    """Return the rows about the present text of these claims, by claim."""
    marks = {each.name: each.mark for each in claims}
    rows = session.scalars(select(ReadClaim).where(ReadClaim.record == record))
    return {row.claim: row for row in rows if marks.get(row.claim) == row.mark}


def begun_readings(session: Session) -> Mapping[str, int]:
    """Return the records of which anything was read, with the number of claims; some may have changed since."""
    query = select(ReadClaim.record, func.count()).group_by(ReadClaim.record)
    return {row[0]: row[1] for row in session.execute(query)}


def save_reading(
    session: Session,
    store: ContentStore,
    user: User,
    place: RecordFile,
    *,
    seen: Mapping[str, str],
    read: Collection[str],
    now: datetime,
) -> int:
    """Save which of the claims that a user has `seen` (name to mark) she has read; return how many are read now.

    Claims that have changed since she saw them are left alone. Raises `Forbidden` and `NotFound`.
    """
    text = source_text(session, place)
    if text is None:
        raise NotFound(place.record)
    require_for(user, Permission.EDIT, [place], [text], store.vocabularies)
    claims = claims_of(text)
    with write_transaction(session):
        before = read_claims(session, place.record, claims)
        for claim in claims:
            if seen.get(claim.name) != claim.mark:
                continue
            if (claim.name in read) == (claim.name in before):
                continue
            session.execute(delete(ReadClaim).where(ReadClaim.record == place.record, ReadClaim.claim == claim.name))
            if claim.name in read:
                session.add(
                    ReadClaim(record=place.record, claim=claim.name, mark=claim.mark, person_id=user.id, at=now)
                )
    return len(read_claims(session, place.record, claims))
