"""Invariants of the log and the drafts alone, after any action and any kill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.history.model import (
    Action,
    Blob,
    Change,
    ChangeKind,
    Draft,
    DraftOrigin,
    ReviewAction,
    ReviewNote,
    Revision,
    Stage,
)
from kb.records.bundle import SOURCE, hash_bytes
from kb.records.files.generated_lines import made_rows
from kb.records.front_matter import cut, read_yaml

BY_EDITORS = (ChangeKind.PUBLISH, ChangeKind.MINOR)


def log_violations(session: Session) -> Iterator[str]:
    """Yield one line per impossible state of the log."""
    parts: dict[tuple[str, str], list[Revision]] = {}
    for revision in session.scalars(select(Revision).order_by(Revision.record, Revision.part, Revision.number)):
        parts.setdefault((revision.record, revision.part), []).append(revision)
    everything = [revision for some in parts.values() for revision in some]
    yield from _changes_are_whole(session, everything)
    yield from _bytes_are_theirs(session, everything)
    for (record, part), revisions in parts.items():
        yield from (f"{record} {part}: {each}" for each in _of_part(part, revisions))


def draft_violations(session: Session) -> Iterator[str]:
    """Yield one line per draft that no user can open, or whose approval does not match its text."""
    for draft in session.scalars(select(Draft)):
        name = f"draft {draft.id} of {draft.record} {draft.part} ({draft.origin}, {draft.stage})"
        is_approved = draft.stage == Stage.APPROVED
        if is_approved and (draft.approved_by is None or draft.approved_fingerprint != hash_bytes(draft.text.encode())):
            yield f"{name} is approved, but not with this text"
        if not is_approved and (draft.approved_by, draft.approved_fingerprint, draft.due) != (None, "", None):
            yield f"{name} is not approved and has an approval left"
        if draft.author_id is None and draft.origin != DraftOrigin.FILE and draft.stage == Stage.WRITING:
            yield f"{name} is nobody's to read"


def _changes_are_whole(session: Session, revisions: Iterable[Revision]) -> Iterator[str]:
    filled = {revision.change_number for revision in revisions}
    query = select(ReviewNote).where(ReviewNote.deed == ReviewAction.APPROVED)
    approvals = {(note.change_number, note.author_id) for note in session.scalars(query)}
    for change in session.scalars(select(Change)):
        if change.kind != ChangeKind.REDACT and change.number not in filled:
            yield f"change {change.number} ({change.kind}) has no revisions"
        if change.approved_by is not None and (change.number, change.approved_by) not in approvals:
            yield f"change {change.number} says that {change.approved_by} approved it, and nothing else does"


def _bytes_are_theirs(session: Session, revisions: Iterable[Revision]) -> Iterator[str]:
    blobs = {blob.sha256: hash_bytes(blob.content) for blob in session.scalars(select(Blob))}
    yield from (f"the bytes of {name} are not its own" for name, mark in blobs.items() if name != mark)
    used = set[str | None]()
    for revision in revisions:
        name = f"{revision.record} {revision.part} {revision.number}"
        used.add(revision.blob_sha256)
        if revision.redacted:
            if revision.text is not None or revision.blob_sha256 is not None:
                yield f"{name} is erased and still there"
        elif revision.action == Action.PUT and hash_bytes((revision.text or "").encode()) != revision.fingerprint:
            yield f"the text of {name} is not its own"
        elif revision.action == Action.ATTACH and revision.blob_sha256 != revision.fingerprint:
            yield f"the file of {name} is not its own"
    yield from (f"{name} belongs to no revision" for name in blobs.keys() - used)


def _of_part(part: str, revisions: list[Revision]) -> Iterator[str]:
    """Check restored texts and numbers: a restored text existed before, and machines replace no person's text."""
    before = set[str]()
    for revision in revisions:
        if revision.change.kind == ChangeKind.RESTORE and revision.fingerprint not in before:
            yield f"{revision.number} restores what never stood"
        if revision.parent != revision.number - 1:
            yield f"{revision.number} follows {revision.parent}"
        before.add(revision.fingerprint)
    if part == SOURCE or "." in part:
        return
    for old, new in pairwise(revisions):
        if new.change.kind in BY_EDITORS and old.text is not None and new.text is not None:
            yield from (f"{new.number} puts a machine's {name} over a person's" for name in _replaced(old, new))


def _replaced(old: Revision, new: Revision) -> Iterator[str]:
    before, after = _made_by(old.text or ""), _made_by(new.text or "")
    yield from (name for name, by in after.items() if by == "machine" and before.get(name) == "person")


def _made_by(text: str) -> dict[str, str]:
    """Return by segment whether a person or a machine wrote it."""
    parts = cut(text)
    rows = made_rows(read_yaml(parts.yaml)[0]) if parts is not None else {}
    return {name: str(row.get("by")) for name, row in rows.items() if isinstance(row, dict)}
