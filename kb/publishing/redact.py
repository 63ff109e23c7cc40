"""Redaction: erases texts from the history on request; author, time and note of each change stay."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission, require
from kb.content_store.store import ContentStore
from kb.conversion.load import REGISTER
from kb.db import begin_write
from kb.errors import NotFound, Rejected
from kb.history import log, review_notes
from kb.history.frozen_texts import FrozenText, frozen_with, texts_in
from kb.history.model import Blob, Change, ChangeKind, DiscardedDraft, Draft, Revision
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.set_aside import forget_redacted
from kb.records.bundle import SOURCE, hash_bytes
from kb.records.files.paths import place_of
from kb.records.front_matter import facts_in


@dataclass(frozen=True)
class Erasure:
    """What to erase from a record: revisions of one part by number, or all texts that contain a phrase."""

    record: str
    part: str | None = None
    numbers: Sequence[int] = ()
    containing: str | None = None


@dataclass(frozen=True)
class RedactionCount:
    """Counts of erased texts; `frozen` are texts that workshops kept unchanged."""

    revisions: int
    drafts: int
    frozen: int = 0


def redact(
    session: Session, store: ContentStore, editor: User | None, erasure: Erasure, *, reason: str, now: datetime
) -> RedactionCount:
    """Erase texts from the log, drafts, frozen texts, notes and this machine's replaced files.

    Other machines follow at their next check. `editor` is `None` for the command line. Raises `Forbidden`; `NotFound`
    if nothing matches. Raises `Rejected` if readers see one of the texts: publish one without it first, or the next
    start would write it again.
    """
    if editor is not None:
        require(editor, Permission.REDACT)
    with store.lock.held():
        begin_write(session)
        revisions = _find_revisions(session, erasure)
        drafts = _find_drafts(session, erasure, {revision.text for revision in revisions})
        reviews = review_notes.containing(session, erasure.record, erasure.containing) if erasure.containing else ()
        notes = _find_notes(session, erasure)
        frozen = _find_frozen(session, erasure, revisions)
        if not revisions and not drafts and not reviews and not notes and not frozen:
            session.rollback()
            raise NotFound(erasure.record)
        if current := _newest_revisions(session, revisions):
            session.rollback()
            message = N_(
                "Readers can see revision %(number)s of %(part)s. First publish a version without the text "
                "to be erased."
            )
            raise Rejected(
                Problem("redact-current", message, params={"number": each.number, "part": each.part}, path=each.part)
                for each in current
            )
        for revision in revisions:
            revision.text, revision.redacted = None, True
            _drop_blob(session, revision)
        for text in frozen:
            text.content = None
        for note in reviews:
            note.text = ""
        for each in notes:
            each.note = ""
        gone = [hash_bytes(draft.text.encode()) for draft in drafts]
        for draft in drafts:
            session.delete(draft)
        what = ", ".join(f"{revision.part} {revision.number}" for revision in revisions) or (
            "drafts" if drafts or not frozen else "frozen texts"
        )
        session.add(
            Change(
                kind=ChangeKind.REDACT,
                at=now,
                author_id=editor.id if editor else None,
                note=f"{erasure.record} ({what}): {reason}",
            )
        )
        session.commit()
        forget_redacted(session, store)
        for fingerprint in gone:
            store.replaced.forget(fingerprint)
        session.rollback()
    return RedactionCount(len(revisions), len(drafts), len(frozen))


def _find_revisions(session: Session, erasure: Erasure) -> list[Revision]:
    """Return the revisions to erase, and all others of the same part with the same bytes."""
    query = select(Revision).where(Revision.record == erasure.record, Revision.redacted.is_(False))
    if erasure.part is not None:
        query = query.where(Revision.part == erasure.part)
    rows = list(session.scalars(query))
    chosen = {
        (row.part, row.fingerprint)
        for row in rows
        if row.is_present
        and (row.number in erasure.numbers or bool(erasure.containing and row.text and erasure.containing in row.text))
    }
    return [row for row in rows if (row.part, row.fingerprint) in chosen]


def _find_drafts(session: Session, erasure: Erasure, texts: set[str | None]) -> list[Draft | DiscardedDraft]:
    """Return the drafts to erase, including discarded ones."""
    drafts = session.scalars(select(Draft).where(Draft.record == erasure.record))
    discarded = session.scalars(select(DiscardedDraft).where(DiscardedDraft.record == erasure.record))
    rows = [*drafts, *discarded]
    return [row for row in rows if row.text in texts or bool(erasure.containing and erasure.containing in row.text)]


def _find_frozen(session: Session, erasure: Erasure, revisions: Sequence[Revision]) -> list[FrozenText]:
    """Return the frozen texts of these revisions, and all others that contain the phrase.

    A frozen tool keeps the names of its blanks from the register, and the register itself is not frozen. If a name
    occurs in an erased text but in none of the record's newest texts, it came from there.
    """
    revised = frozenset((revision.part, revision.number) for revision in revisions)
    found = frozen_with(session, erasure.record, revised, erasure.containing)
    if place_of(erasure.record, SOURCE).kind == REGISTER:
        erased = [revision.text for revision in revisions if revision.text] if erasure.numbers else []
        found += _frozen_with_blanks(session, _removed_words(session, erasure.record, erased), erasure.containing)
    return found


def _removed_words(session: Session, record: str, erased: Iterable[str]) -> frozenset[str]:
    """Return the words of a record's erased texts that none of its newest texts has."""
    return _fact_words(erased) - _fact_words(log.texts(session, record).values())


def _frozen_with_blanks(session: Session, words: frozenset[str], phrase: str | None) -> list[FrozenText]:
    """Return the frozen texts with a blank whose name is one of these words or contains this phrase."""
    rows = session.scalars(select(FrozenText).where(FrozenText.content.is_not(None)))
    return [row for row in rows if any(each in words or (phrase and phrase in each) for each in _blank_names(row))]


def _fact_words(texts: Iterable[str]) -> frozenset[str]:
    """Return every value of the facts, and of the words of translations."""
    return frozenset(word.strip() for text in texts for word in texts_in(facts_in(text)))


def _blank_names(row: FrozenText) -> list[str]:
    return [name.strip() for name in texts_in(json.loads(row.content or "{}").get("gaps", {}))]


def _find_notes(session: Session, erasure: Erasure) -> list[Change | Draft | DiscardedDraft]:
    """Return the changes and drafts of the record whose note contains the phrase."""
    if not erasure.containing:
        return []
    phrase, of_it = erasure.containing, select(Revision.change_number).where(Revision.record == erasure.record)
    changes = select(Change).where(Change.number.in_(of_it), Change.note.contains(phrase, autoescape=True))
    found: list[Change | Draft | DiscardedDraft] = [*session.scalars(changes)]
    for table in (Draft, DiscardedDraft):
        drafts = select(table).where(table.record == erasure.record, table.note.contains(phrase, autoescape=True))
        found += session.scalars(drafts)
    return found


def _newest_revisions(session: Session, revisions: Sequence[Revision]) -> list[Revision]:
    """Return the revisions that are the newest of their part."""
    newest: list[Revision] = []
    for revision in revisions:
        later = select(Revision.id).where(
            Revision.record == revision.record, Revision.part == revision.part, Revision.number > revision.number
        )
        if session.scalar(later.limit(1)) is None:
            newest.append(revision)
    return newest


def _drop_blob(session: Session, revision: Revision) -> None:
    """Delete the bytes of an attachment that no other revision uses."""
    sha256, revision.blob_sha256 = revision.blob_sha256, None
    if sha256 is None:
        return
    session.flush()
    if session.scalar(select(Revision.id).where(Revision.blob_sha256 == sha256).limit(1)) is None:
        session.delete(session.get_one(Blob, sha256))
