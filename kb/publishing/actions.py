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
from kb.history.drafts import UsedDraft, keep_loser, use_up
from kb.history.log import Head, LogEntry, Overtaken
from kb.history.model import Change, ChangeKind
from kb.i18n import N_
from kb.problems import Problem, errors
from kb.publishing.authorization import require_for
from kb.publishing.catch_up import catch_up, derive
from kb.publishing.checks import findings, refuse_long_note, require_reason
from kb.publishing.prepare import prepare
from kb.publishing.restore_attachments import files_then, returning
from kb.publishing.write_files import apply_head
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile, place_of
from kb.records.front_matter import splice
from kb.records.record import Status

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Edit:
    """A new text for one part of a record, and the revision its editor began with (0 and empty for none).

    `files` are the fingerprints of pictures and documents that come back with an earlier text, by name.
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
    """Publish new texts of one record, together or not at all; when this returns, they are saved and shown.

    Raises `Forbidden`; `Conflict` if a part was changed since the editor began, with the text kept as a draft;
    `Rejected` with every problem at once, or where `four_eyes` want a second person to approve the text first.
    `draft_id` names the draft that this publication uses up; with `draft_fingerprint` only if its text is still the one
    that the editor saw.
    """
    if four_eyes:
        require(editor, Permission.PUBLISH)
        message = N_("Here a second person approves every text before it is published. Send it to review.")
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
    """Take a record out of search and lists, keeping its address.

    Readers who follow an old link are shown `successor`, if there is one. Raises `Forbidden`, `NotFound`, or `Rejected`
    if the successor is not a published record of the same kind, or where `four_eyes` are the rule and `note` is empty.
    """
    require(editor, Permission.RETIRE)
    require_reason(note, four_eyes=four_eyes)
    place = place_of(record, SOURCE)
    head = log.find_head(session, place)
    if head is None or head.text is None:
        raise NotFound(record)
    if successor is not None and (successor == place.id or store.current().catalog.find(place.kind, successor) is None):
        message = N_("%(id)s is not a published record of this kind; choose one that is, or none.")
        raise Rejected([Problem("unknown-successor", message, ("successor",), params={"id": successor}, path=SOURCE)])
    try:
        text = splice(head.text, {"status": Status.RETIRED.value, "successor": successor})
    except ValueError as error:
        message = N_("The file's facts cannot be changed by the program (%(reason)s); edit the whole file.")
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
    """Make an earlier text the newest again; itself one more revision, so it can be undone the same way.

    The pictures that it shows come back with it, as they were then. Raises `Forbidden`, `NotFound`, or `Rejected` if
    the text was erased or would not pass today's checks, or where `four_eyes` are the rule and `note` is empty.
    """
    require(editor, Permission.RESTORE)
    require_reason(note, four_eyes=four_eyes)
    with store.lock.held():  # so that a text that is being erased is not brought back
        session.rollback()
        revision, head = log.get_revision(session, place, number), log.find_head(session, place)
        if revision.text is None or head is None:
            message = N_("This revision holds no text that could be restored.")
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

        def use(change: Change) -> None:  # in the same commit: the text is in the log or still in the draft
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
    """Raise `Forbidden` unless the editor may do this to the record as it stands and as it will be."""
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
    """Say whether a part still stands where its editor began.

    The same text may come back, so the number decides; the fingerprint guards against another log's numbers.
    """
    if head is None:
        return edit.base_number == 0
    if not head.is_present and edit.base_number == 0:
        return True
    return (edit.base_number, edit.base_fingerprint) == (head.number, head.fingerprint)


def _conflict(session: Session, editor: User, edits: Sequence[Edit], lost: Edit, note: str, now: datetime) -> Conflict:
    """Keep every text of the change as a draft, with its note, and return the conflict with the texts that met."""
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
    """Return the rows of the change. Raises `Rejected` with every problem of the edited parts."""
    place = edits[0].place
    before = log.texts(session, place.record)
    parts = {edit.place.part: edit.text for edit in edits}
    prepared, problems = parts, tuple[Problem, ...]()
    if kind is not ChangeKind.RESTORE:  # what stood once stands again as it was, with what counted as equal then
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
    """Show readers a change that is in the log; what fails now is done by the follower, for it is saved."""
    try:
        _apply(session, store, places, number, now, with_index=with_index)
    except Exception:
        # It is saved; the follower applies what is left, here or after the next start.
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
    """Write the files, and show readers the new text even where a file cannot be written just now."""
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
