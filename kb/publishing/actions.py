"""Changes records: publish, retire, restore, redact. Each action appends to the log first, then applies the change."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from kb import fault_points
from kb.accounts.model import User
from kb.accounts.permissions import Permission, require
from kb.content_store.store import ContentStore
from kb.db import begin_write, write_transaction
from kb.errors import Conflict, NotFound, PraxisError, Rejected
from kb.history import log, review_notes
from kb.history.attachments import files_then, returning
from kb.history.drafts import UsedDraft, keep_loser, use_up
from kb.history.log import Head, LogEntry, Overtaken
from kb.history.model import Change, ChangeKind
from kb.i18n import N_
from kb.problems import Problem, errors
from kb.publishing.authorization import require_for
from kb.publishing.catch_up import catch_up, derive
from kb.publishing.checks import findings, refuse_long_note, require_reason
from kb.publishing.prepare import prepare
from kb.publishing.write_files import apply_head
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile, place_of
from kb.records.front_matter import splice
from kb.records.record import Status

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Edit:
    """A new text for one part of a record, and the revision on which it is based.

    Without a base revision, `base_number` is 0 and `base_fingerprint` is empty. `files` maps the names of pictures and
    documents that return with an earlier text to their fingerprints.
    """

    place: RecordFile
    text: str
    base_number: int
    base_fingerprint: str
    files: Mapping[str, str] = field(default_factory=dict, hash=False)


def publish(
    session: Session,
    store: ContentStore,
    editor: User,
    edits: Sequence[Edit],
    *,
    note: str,
    minor: bool = False,
    draft_id: int | None = None,
    draft_fingerprint: str | None = None,
    four_eyes: bool = False,
    now: datetime,
) -> Change:
    """Publish new texts of one record, all or none. On return, they are saved and readers see them.

    Raises `Forbidden`. Raises `Conflict` if a part has changed since the editor began; the texts are then kept as
    drafts. Raises `Rejected` with all problems at once, or if `four_eyes` requires a second person's approval first.
    The publication uses up the draft with `draft_id`. With `draft_fingerprint`, it does so only if the draft still has
    the text that the editor saw.
    """
    if four_eyes:
        require(editor, Permission.PUBLISH)
        message = N_("On this site, a second person approves every text before publication. Send this text for review.")
        raise Rejected([Problem("four-eyes", message, path=edits[0].place.part)])
    refuse_long_note(note)
    kind = ChangeKind.MINOR if minor else ChangeKind.PUBLISH
    used = UsedDraft(draft_id, draft_fingerprint) if draft_id is not None else None
    return _change(session, store, editor, edits, kind, Permission.PUBLISH, note=note, used=used, now=now)


def retire(
    session: Session,
    store: ContentStore,
    editor: User,
    record: str,
    *,
    successor: str | None,
    note: str,
    four_eyes: bool = False,
    now: datetime,
) -> Change:
    """Remove a record from search and lists, and keep its address.

    Readers who follow an old link see `successor`, if there is one. Raises `Forbidden` and `NotFound`. Raises
    `Rejected` if the successor is not a published record of the same kind. Raises `Rejected` also if `four_eyes`
    applies and `note` is empty.
    """
    require(editor, Permission.RETIRE)
    require_reason(note, four_eyes=four_eyes)
    place = place_of(record, SOURCE)
    head = log.find_head(session, place)
    if head is None or head.text is None:
        raise NotFound(record)
    if successor is not None and (successor == place.id or store.current().catalog.find(place.kind, successor) is None):
        message = N_(
            "%(id)s is not a published record of this type. Select a published record, or leave the field empty."
        )
        raise Rejected([Problem("unknown-successor", message, ("successor",), params={"id": successor}, path=SOURCE)])
    try:
        text = splice(head.text, {"status": Status.RETIRED.value, "successor": successor})
    except ValueError as error:
        message = N_("The facts in this file cannot be changed automatically (%(reason)s). Edit the whole file.")
        raise Rejected([Problem("cannot-write", message, params={"reason": str(error)}, path=SOURCE)]) from error
    edit = Edit(place, text, head.number, head.fingerprint)
    return _change(session, store, editor, [edit], ChangeKind.RETIRE, Permission.RETIRE, note=note, now=now)


def restore(
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
    """Restore an earlier text as a new revision, so that a later restore can undo it.

    The pictures in the text return in their earlier version. Raises `Forbidden` and `NotFound`. Raises `Rejected` if
    the text was erased or fails today's checks. Raises `Rejected` also if `four_eyes` applies and `note` is empty.
    """
    require(editor, Permission.RESTORE)
    require_reason(note, four_eyes=four_eyes)
    with store.lock.held():  # the lock prevents the restore of a text during its erasure
        session.rollback()
        revision, head = log.get_revision(session, place, number), log.find_head(session, place)
        if revision.text is None or head is None:
            message = N_("This revision contains nothing to restore.")
            raise Rejected([Problem("nothing-to-restore", message, path=place.part)])
        files = files_then(session, place, number, revision.text)
        edit = Edit(place, revision.text, head.number, head.fingerprint, files)
        return _change(session, store, editor, [edit], ChangeKind.RESTORE, Permission.RESTORE, note=note, now=now)


def _change(
    session: Session,
    store: ContentStore,
    editor: User,
    edits: Sequence[Edit],
    kind: ChangeKind,
    permission: Permission,
    *,
    note: str,
    used: UsedDraft | None = None,
    now: datetime,
) -> Change:
    record = _one_record(edits)
    require(editor, permission)
    with store.lock.held():
        catch_up(session, store, now, [record])
        heads = log.heads(session, record)
        for edit in edits:
            if not is_at_base(edit, heads.get(edit.place)):
                raise _conflict(session, editor, edits, edit, note, now)
        require_edits(session, store, editor, permission, edits)
        entries = checked(session, store, edits, heads, kind, now)
        begin_write(session)

        def use(change: Change) -> None:  # in the same commit: the text is either in the log or still in the draft
            draft = use_up(session, used, editor.id, {edit.place for edit in edits}) if used is not None else None
            if draft is not None and review_notes.of_draft(session, draft):
                review_notes.close(session, draft, change.number, by=editor.id, now=now)

        try:
            change = log.append(session, kind, entries, author_id=editor.id, note=note, also=use, now=now)
        except Overtaken:
            raise _conflict(session, editor, edits, edits[0], note, now) from None
        number = change.number
        bring_out(session, store, [entry.place for entry in entries], number, now)
    return session.get_one(Change, number)


def require_edits(
    session: Session, store: ContentStore, editor: User, permission: Permission, edits: Sequence[Edit]
) -> None:
    """Raise `Forbidden` unless the editor has the permission for both the current and the new version of the record."""
    source = RecordFile(edits[0].place.kind, edits[0].place.id, SOURCE)
    head = log.find_head(session, source)
    texts = [head.text if head else None, *(edit.text for edit in edits if edit.place == source)]
    require_for(editor, permission, [edit.place for edit in edits], texts, store.vocabularies)


def _one_record(edits: Sequence[Edit]) -> str:
    records = {edit.place.record for edit in edits}
    if len(records) != 1 or len({edit.place for edit in edits}) != len(edits):
        message = "one change holds different parts of one record"
        raise ValueError(message)
    return records.pop()


def is_at_base(edit: Edit, head: Head | None) -> bool:
    """Say whether a part is still at the revision on which the edit is based.

    The same text may return in a later revision, so the number must match. The fingerprint must match as well, because
    numbers may come from another log.
    """
    if head is None:
        return edit.base_number == 0
    if not head.is_present and edit.base_number == 0:
        return True
    return (edit.base_number, edit.base_fingerprint) == (head.number, head.fingerprint)


def _conflict(session: Session, editor: User, edits: Sequence[Edit], lost: Edit, note: str, now: datetime) -> Conflict:
    """Save every text of the change as a draft with the note. Return the conflict with the base and both texts."""
    base = log.find_revision(session, lost.place, lost.base_number)
    head = log.find_head(session, lost.place)
    base_text, theirs = (base.text or "" if base else ""), (head.text or "" if head else "")
    number = head.number if head else 0
    with write_transaction(session):
        drafts = {
            edit: keep_loser(
                session,
                edit.place,
                edit.text,
                base=(edit.base_number, edit.base_fingerprint),
                author_id=editor.id,
                note=note,
                now=now,
            )
            for edit in edits
        }
    return Conflict(
        lost.place.record, base=base_text, theirs=theirs, yours=lost.text, number=number, draft_id=drafts[lost]
    )


def checked(
    session: Session,
    store: ContentStore,
    edits: Sequence[Edit],
    heads: dict[RecordFile, Head],
    kind: ChangeKind,
    now: datetime,
) -> list[LogEntry]:
    """Return the log entries of the change. Raises `Rejected` with every error of the edited parts."""
    place = edits[0].place
    before = log.texts(session, place.record)
    parts = {edit.place.part: edit.text for edit in edits}
    prepared, problems = parts, tuple[Problem, ...]()
    if kind is not ChangeKind.RESTORE:  # a restored text stays as it was, with its earlier `same_as`
        minor, shape = kind is ChangeKind.MINOR, store.kinds[place.kind].shape
        prepared, problems = prepare(shape, place.id, parts, before, minor=minor, today=now.date())
    files = {name: mark for edit in edits for name, mark in edit.files.items()}
    if wrong := errors(findings(session, store, place, prepared, problems, files=files)):
        raise Rejected(wrong)
    return [
        *(
            LogEntry(
                edit.place, prepared[edit.place.part].encode(), head.number if (head := heads.get(edit.place)) else 0
            )
            for edit in edits
        ),
        *returning(session, place, files, heads),
    ]


def bring_out(
    session: Session,
    store: ContentStore,
    places: Sequence[RecordFile],
    number: int,
    now: datetime,
    *,
    with_index: bool = True,
) -> None:
    """Apply a change that is in the log, so that readers see it. If that fails, the follower applies it later."""
    try:
        _apply(session, store, places, number, now, with_index=with_index)
    except Exception:
        # The change is saved. The follower applies the rest, in this process or after the next start.
        logger.exception("change %s is saved but not applied yet", number)
        session.rollback()
    fault_points.point("publish-done")


def _apply(
    session: Session,
    store: ContentStore,
    places: Sequence[RecordFile],
    number: int,
    now: datetime,
    *,
    with_index: bool,
) -> None:
    """Write the files, and update what readers see. They see the new text even if a file cannot be written now."""
    is_whole = True
    for place in places:
        try:
            apply_head(session, store, place, now)
        except (OSError, PraxisError):
            logger.exception("the file of %s %s could not be written; it is tried again", place.record, place.part)
            session.rollback()
            is_whole = False
        fault_points.point("apply-between-files")
    derive(session, store, {place.record for place in places}, with_index=with_index)
    if is_whole and store.applied.reached() == number - 1:
        store.applied.reach(number)
