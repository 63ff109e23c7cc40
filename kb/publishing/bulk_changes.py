"""Bulk changes: publishes many records in one atomic `Change`, and reverts a change."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission, require
from kb.content_store.store import ContentStore
from kb.db import begin_write
from kb.errors import Conflict, Forbidden, NotFound, Rejected
from kb.history import log
from kb.history.attachments import files_then
from kb.history.change_contents import touched
from kb.history.log import LogEntry, Overtaken
from kb.history.model import Change, ChangeKind
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.actions import Edit, bring_out, checked, is_at_base, require_edits
from kb.publishing.catch_up import catch_up
from kb.publishing.checks import refuse_long_note, require_reason

logger = logging.getLogger(__name__)

MOST = 1000


def publish_many(
    session: Session,
    store: ContentStore,
    editor: User,
    edits: Sequence[Edit],
    *,
    note: str,
    four_eyes: bool = False,
    now: datetime,
) -> Change:
    """Publish new texts of many records in one change, all of them or none.

    With `four_eyes`, texts need a second reader, so this is refused. Raises `Forbidden`; `Conflict`, naming the first
    record that changed since its text was exported; `Rejected` with every problem, whose `path` is record and part. No
    draft is kept, because the caller still has the table.
    """
    require(editor, Permission.PUBLISH)
    if four_eyes:
        message = N_(
            "On this site, a second person reviews each text before publication. You cannot publish several "
            "texts at once."
        )
        raise Rejected([Problem("four-eyes", message)])
    if not note.strip():
        message = N_("Enter a note that says what was changed and why. The note is kept in the history of each record.")
        raise Rejected([Problem("no-note", message, ("note",))])
    refuse_long_note(note.strip())
    if not edits:
        raise Rejected([Problem("nothing-changed", N_("Nothing has changed."))])
    if len(edits) > MOST:
        message = N_("There are too many changes for one form. Split the table and upload it in parts.")
        raise Rejected([Problem("too-many", message)])
    kind, permission = ChangeKind.PUBLISH, Permission.PUBLISH
    return _change_many(session, store, editor, lambda: edits, kind, permission, note=note, now=now)


def find_problems(
    session: Session, store: ContentStore, editor: User, edits: Sequence[Edit], *, now: datetime
) -> Mapping[str, tuple[Problem, ...]]:
    """Return the problems that prevent this user from publishing, by record; changes nothing."""
    found: dict[str, tuple[Problem, ...]] = {}
    for record, group in _by_record(edits).items():
        try:
            require_edits(session, store, editor, Permission.PUBLISH, group)
            checked(session, store, group, log.heads(session, record), ChangeKind.PUBLISH, now)
        except Forbidden:
            message = N_("You do not have permission to change this record. Ask an administrator.")
            found[record] = (Problem("forbidden", message),)
        except Rejected as error:
            found[record] = error.problems
    return found


def undo_change(
    session: Session,
    store: ContentStore,
    editor: User,
    number: int,
    *,
    note: str,
    four_eyes: bool = False,
    now: datetime,
) -> Change:
    """Restore the texts from before a change, in one change, which can be undone the same way.

    Raises `NotFound`; `Forbidden`; `Rejected`, naming them, if records have newer changes, or had no text before.
    Raises `Rejected` also with `four_eyes` if `note` is empty.
    """
    require(editor, Permission.RESTORE)
    require_reason(note, four_eyes=four_eyes)
    kind, permission = ChangeKind.RESTORE, Permission.RESTORE
    return _change_many(session, store, editor, lambda: _back(session, number), kind, permission, note=note, now=now)


def _back(session: Session, number: int) -> list[Edit]:
    """Return the edits that revert a change. Raises `NotFound` or `Rejected`."""
    if session.get(Change, number) is None:
        raise NotFound(f"change {number}")
    problems: list[Problem] = []
    edits: list[Edit] = []
    for each in (row for row in touched(session, number) if row.place.is_text):
        params = {"record": each.place.record}
        if not each.is_newest:
            message = N_("%(record)s has newer changes, which would be lost.")
            problems.append(Problem("moved-on", message, params=params, path=each.place.record))
        elif not each.has_parent:
            message = N_("%(record)s had no text before this change, so there is nothing to restore.")
            problems.append(Problem("nothing-to-restore", message, params=params, path=each.place.record))
        else:
            before = log.get_revision(session, each.place, each.parent)
            head = log.get_revision(session, each.place, each.number)
            files = files_then(session, each.place, each.parent, before.text or "")
            edits.append(Edit(each.place, before.text or "", head.number, head.fingerprint, files))
    if problems or not edits:
        nothing = Problem("nothing-to-restore", N_("This change did not affect any texts."))
        raise Rejected(problems or [nothing])
    return edits


def _change_many(
    session: Session,
    store: ContentStore,
    editor: User,
    edits: Callable[[], Sequence[Edit]],
    kind: ChangeKind,
    permission: Permission,
    *,
    note: str,
    now: datetime,
) -> Change:
    """Apply the edits as one change; other publishers wait only for part of it.

    Everything is read and checked before the lock is taken. If the log has changed meanwhile, it is checked again under
    the lock. This also prevents restoring a text that is being erased. The index of a large change follows in steps.
    """

    def worked_out() -> list[LogEntry]:
        return _checked_all(session, store, editor, edits(), kind, permission, now)

    session.rollback()
    before = log.last_number(session)
    entries = worked_out()
    records = {entry.place.record for entry in entries}
    is_large = len(records) > store.step
    with store.lock.held():
        catch_up(session, store, now, records)
        if log.last_number(session) != before:
            entries = worked_out()
        begin_write(session)
        try:
            change = log.append(session, kind, entries, author_id=editor.id, note=note.strip(), now=now)
        except Overtaken:
            raise _conflict(session, edits()[0]) from None
        number = change.number
        bring_out(session, store, [entry.place for entry in entries], number, now, with_index=not is_large)
    if is_large:
        _bring_into_the_index(store, number)
    return session.get_one(Change, number)


def _bring_into_the_index(store: ContentStore, number: int) -> None:
    try:
        store.mend_index()
    except Exception:
        logger.exception("change %s is saved but not in the index yet; the follower goes on", number)


def _checked_all(
    session: Session,
    store: ContentStore,
    editor: User,
    edits: Sequence[Edit],
    kind: ChangeKind,
    permission: Permission,
    now: datetime,
) -> list[LogEntry]:
    """Return the rows of the change. Raises `Forbidden`, `Conflict`, or `Rejected` with the problems of all records."""
    entries: list[LogEntry] = []
    problems: list[Problem] = []
    for record, group in _by_record(edits).items():
        heads = log.heads(session, record)
        for edit in group:
            if not is_at_base(edit, heads.get(edit.place)):
                raise _conflict(session, edit)
        require_edits(session, store, editor, permission, group)
        try:
            entries += checked(session, store, group, heads, kind, now)
        except Rejected as error:
            problems += [replace(problem, path=f"{record} {problem.path}".strip()) for problem in error.problems]
    if problems:
        raise Rejected(problems)
    return entries


def _by_record(edits: Sequence[Edit]) -> dict[str, list[Edit]]:
    groups: dict[str, list[Edit]] = {}
    for edit in edits:
        groups.setdefault(edit.place.record, []).append(edit)
    if len({edit.place for edit in edits}) != len(edits):
        message = "one change holds one text of each part"
        raise ValueError(message)
    return groups


def _conflict(session: Session, lost: Edit) -> Conflict:
    """Return the conflict with all three texts of the record that changed meanwhile."""
    base = log.find_revision(session, lost.place, lost.base_number)
    head = log.find_head(session, lost.place)
    return Conflict(
        lost.place.record,
        base=base.text or "" if base else "",
        theirs=head.text or "" if head else "",
        yours=lost.text,
        number=head.number if head else 0,
    )
