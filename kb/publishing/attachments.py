"""Adds, removes and restores pictures and documents of a record, as changes in the log.

Readers can open a file only if a published text that they can read names it. So no single person can show readers a
file that two people have to check. A file named by a current text or a text in review keeps its bytes.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission, require
from kb.content_store.store import ContentStore
from kb.db import begin_write
from kb.errors import NotFound, Rejected
from kb.history import log
from kb.history.attachments import is_published
from kb.history.log import Head, LogEntry, Overtaken
from kb.history.model import Change, ChangeKind, DiscardedDraft, Draft
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.authorization import require_for
from kb.publishing.catch_up import catch_up, derive
from kb.publishing.checks import require_reason
from kb.publishing.draft_visibility import IN_REVIEW, visible_drafts
from kb.publishing.write_files import apply_head
from kb.records.attachments import NAME, namings
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile, is_record_id

logger = logging.getLogger(__name__)


def attach(
    session: Session,
    store: ContentStore,
    editor: User,
    place: RecordFile,
    data: bytes,
    *,
    replace: bool,
    note: str,
    four_eyes: bool = False,
    now: datetime,
) -> Change:
    """Add a file to a record; on return it is saved, and readers can open it where a text names it.

    Stores the bytes unchanged: `kb.records.uploads.images.taken` makes them safe. Raises `Forbidden`; `NotFound` if
    neither the record nor a draft visible to the editor exists. Raises `Rejected` if a file of this name exists and
    `replace` does not allow to replace it. Raises `Rejected` too if a text in review names the file; with `four_eyes`,
    also if a current text names it.
    """
    with _changing(session, store, editor, place, now) as head:
        entry = LogEntry(place, data, head.number if head else 0)
        if head is not None and head.is_present:
            _refuse_repetition(place, is_same=head.fingerprint == entry.fingerprint, replace=replace)
        _refuse_seen(session, place, four_eyes=four_eyes)
        return _append(session, store, editor, entry, ChangeKind.ATTACH, note, now)


def detach(
    session: Session, store: ContentStore, editor: User, place: RecordFile, *, note: str, now: datetime
) -> Change:
    """Remove a file from a record; the history keeps it.

    Raises `Forbidden`; `NotFound` if it does not exist; `Rejected` while a current text or a text in review names it.
    """
    with _changing(session, store, editor, place, now) as head:
        if head is None or not head.is_present:
            raise NotFound(f"{place.record} {place.part}")
        if parts := _naming(log.texts(session, place.record), place.part):
            message = N_("%(name)s is still used in these texts: %(places)s. Remove it from the texts first.")
            params = {"name": place.part, "places": ", ".join(parts)}
            raise Rejected([Problem("in-use", message, ("name",), params=params)])
        _refuse_seen(session, place)
        return _append(session, store, editor, LogEntry(place, None, head.number), ChangeKind.DELETE, note, now)


def restore_file(
    session: Session,
    store: ContentStore,
    editor: User,
    place: RecordFile,
    number: int,
    *,
    note: str,
    four_eyes: bool = False,
    now: datetime,
) -> Change:
    """Restore an earlier picture or document as a new revision, so it can be undone the same way.

    Raises `Forbidden`, `NotFound`, or `Rejected` if it was erased, is the current one, or must not be replaced. Raises
    `Rejected` also with `four_eyes` if `note` is empty.
    """
    require(editor, Permission.RESTORE)
    require_reason(note, four_eyes=four_eyes)
    with _changing(session, store, editor, place, now) as head:
        sha256 = log.get_revision(session, place, number).blob_sha256
        data = log.find_blob(session, sha256) if sha256 is not None else None
        if data is None:
            message = N_("This revision contains nothing to restore.")
            raise Rejected([Problem("nothing-to-restore", message, path=place.part)])
        entry = LogEntry(place, data, head.number if head else 0)
        if head is not None and head.is_present:
            _refuse_repetition(place, is_same=head.fingerprint == entry.fingerprint, replace=True)
        _refuse_seen(session, place, four_eyes=four_eyes)
        return _append(session, store, editor, entry, ChangeKind.RESTORE, note, now)


def clear_abandoned(session: Session, store: ContentStore, record: str, *, by: int | None, now: datetime) -> None:
    """Remove the files of a never published record once all its drafts are gone, including discarded ones.

    `by` is the person who removed the last draft, `None` for the program.
    """
    with store.lock.held():
        session.rollback()
        kept = (select(each.record).where(each.record == record).limit(1) for each in (Draft, DiscardedDraft))
        if is_published(session, record) or any(map(session.scalar, kept)):
            return
        heads = log.heads(session, record)
        entries = [LogEntry(place, None, head.number) for place, head in heads.items() if head.is_present]
        if not entries:
            return
        begin_write(session)
        change = log.append(session, ChangeKind.DELETE, entries, author_id=by, note="", now=now)
        if store.applied.reached() == change.number - 1:
            store.applied.reach(change.number)


def require_beside(session: Session, store: ContentStore, editor: User, record: str) -> None:
    """Raise `Forbidden` or `NotFound` unless a user may add files to a record.

    For a published record this needs the permission to publish, because the file goes into the content folder. For an
    unpublished one the user must be able to see a draft. If no draft is left either, the user must be able to erase.
    """
    if is_published(session, record):
        kind, _slash, record_id = record.partition("/")
        source = log.find_head(session, RecordFile(kind, record_id, SOURCE))
        if source is None or source.text is None:
            raise NotFound(record)
        places = [RecordFile(kind, record_id, SOURCE)]
        require_for(editor, Permission.PUBLISH, places, [source.text], store.vocabularies)
        return
    require(editor, Permission.EDIT)
    drafts = session.scalar(select(Draft.id).where(Draft.record == record).limit(1))
    if drafts is None and log.attachments(session, record):
        require(editor, Permission.REDACT)
    elif not visible_drafts(session, store, editor, record):
        raise NotFound(record)


def is_named(texts: Iterable[str], name: str) -> bool:
    """Return whether one of these texts shows a picture or links to a document."""
    return any(naming.name == name for text in texts for naming in namings(text))


def _naming(texts: dict[str, str], name: str) -> list[str]:
    return sorted((part for part, text in texts.items() if is_named([text], name)), key=lambda part: part != SOURCE)


@contextmanager
def _changing(
    session: Session, store: ContentStore, editor: User, place: RecordFile, now: datetime
) -> Iterator[Head | None]:
    """Yield the current file of this name to a user who may change it. Raises `Forbidden` or `NotFound`.

    Meanwhile nothing can be published or sent to review.
    """
    require(editor, Permission.EDIT)
    if place.kind not in store.kinds or not is_record_id(place.id) or not NAME.fullmatch(place.part):
        raise NotFound(f"{place.record} {place.part}")
    with store.lock.held():
        catch_up(session, store, now, [place.record])
        begin_write(session)
        try:
            require_beside(session, store, editor, place.record)
            yield log.heads(session, place.record).get(place)
        except BaseException:
            session.rollback()
            raise


def _refuse_repetition(place: RecordFile, *, is_same: bool, replace: bool) -> None:
    if is_same:
        raise _rejected("nothing-changed", N_("The same file is already attached as %(name)s."), place, "file")
    if not replace:
        message = N_("A file named %(name)s already exists. Choose another name, or tick the box to replace the file.")
        raise _rejected("name-taken", message, place, "name")


def _refuse_seen(session: Session, place: RecordFile, *, four_eyes: bool = False) -> None:
    """Refuse to change a file that reviewers have seen: an approval covers all that the text shows."""
    if four_eyes and is_named(log.texts(session, place.record).values(), place.part):
        message = N_(
            "A published text uses %(name)s, so a second person must approve the change. Add the new file under "
            "another name. Then send the text that uses the new file for review."
        )
        raise _rejected("four-eyes", message, place, "name")
    texts = session.scalars(select(Draft.text).where(Draft.record == place.record, Draft.stage.in_(IN_REVIEW)))
    if is_named(texts, place.part):
        message = N_("A text in review uses %(name)s, so this file cannot be changed now. Choose another name.")
        raise _rejected("in-review", message, place, "name")


def _rejected(code: str, message: str, place: RecordFile, field: str) -> Rejected:
    return Rejected([Problem(code, message, (field,), params={"name": place.part}, path=place.part)])


def _append(
    session: Session, store: ContentStore, editor: User, entry: LogEntry, kind: ChangeKind, note: str, now: datetime
) -> Change:
    try:
        change = log.append(session, kind, [entry], author_id=editor.id, note=note, now=now)
    except Overtaken as error:
        message = N_("Someone else has changed this file in the meantime. Check it and try again.")
        raise _rejected("changed-meanwhile", message, entry.place, "file") from error
    number = change.number
    _apply(session, store, entry.place, number, now)
    return session.get_one(Change, number)


def _apply(session: Session, store: ContentStore, place: RecordFile, number: int, now: datetime) -> None:
    """Write the file and show it; if that fails now, the follower does it here or after the next start."""
    is_whole = True
    try:
        apply_head(session, store, place, now)
    except Exception:
        logger.exception("the file %s %s could not be written; it is tried again", place.record, place.part)
        session.rollback()
        is_whole = False
    try:
        if is_published(session, place.record):  # readers see no file of a draft
            derive(session, store, {place.record})
    except Exception:
        logger.exception("change %s is saved but not applied yet", number)
        session.rollback()
        return
    if is_whole and store.applied.reached() == number - 1:
        store.applied.reach(number)
