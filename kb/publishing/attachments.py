"""Putting pictures and documents beside a record, taking them away, bringing them back: changes in the log like all."""

from __future__ import annotations

import logging
from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission, require
from kb.content.attached import NAME
from kb.content.bundle import SOURCE
from kb.content.files import Place, is_record_id
from kb.db import begin_write
from kb.errors import NotFound, Rejected
from kb.history import log
from kb.history.log import Entry, Overtaken
from kb.history.model import Change, ChangeKind
from kb.i18n import N_
from kb.library.library import Library
from kb.problems import Problem
from kb.publishing.actions import require_reason
from kb.publishing.apply import catch_up, derive
from kb.publishing.subjects import require_for
from kb.publishing.writing import apply_head

logger = logging.getLogger(__name__)


def attach(
    session: Session,
    library: Library,
    editor: User,
    place: Place,
    data: bytes,
    *,
    replace: bool,
    note: str,
    now: datetime,
) -> Change:
    """Put a file beside a record; when this returns, it is saved and readers of a published record can see it.

    The bytes are taken as they are: `kb.content.pictures.taken` makes them safe. Raises `Forbidden`; `NotFound` for a
    record that was never published; `Rejected` if there is a file of this name and `replace` does not allow for it.
    """
    what = ChangeKind.PUBLISH, Permission.PUBLISH
    return _change(session, library, editor, place, data, what, replace=replace, note=note, now=now)


def detach(session: Session, library: Library, editor: User, place: Place, *, note: str, now: datetime) -> Change:
    """Take a file away from a record; the history keeps it. Raises `Forbidden`, or `NotFound` if it is not there."""
    what = ChangeKind.DELETE, Permission.PUBLISH
    return _change(session, library, editor, place, None, what, replace=True, note=note, now=now)


def restore_file(
    session: Session,
    library: Library,
    editor: User,
    place: Place,
    number: int,
    *,
    note: str,
    four_eyes: bool = False,
    now: datetime,
) -> Change:
    """Make an earlier picture or document the newest again; itself one more revision, so it can be undone the same way.

    Raises `Forbidden`, `NotFound`, or `Rejected` if it was erased or stands now, or where `four_eyes` are the rule and
    `note` is empty.
    """
    require(editor, Permission.RESTORE)
    require_reason(note, four_eyes=four_eyes)
    with library.lock.held():  # so that a file that is being erased is not brought back
        session.rollback()
        sha256 = log.get_revision(session, place, number).blob_sha256
        data = log.find_blob(session, sha256) if sha256 is not None else None
        if data is None:
            message = N_("This revision holds no file that could be restored.")
            raise Rejected([Problem("nothing-to-restore", message, path=place.part)])
        what = ChangeKind.RESTORE, Permission.RESTORE
        return _change(session, library, editor, place, data, what, replace=True, note=note, now=now)


def _change(
    session: Session,
    library: Library,
    editor: User,
    place: Place,
    data: bytes | None,
    what: tuple[ChangeKind, Permission],
    *,
    replace: bool,
    note: str,
    now: datetime,
) -> Change:
    kind, permission = what
    require(editor, permission)
    if place.kind not in library.kinds or not is_record_id(place.id) or not NAME.fullmatch(place.part):
        raise NotFound(f"{place.record} {place.part}")
    with library.lock.held():
        catch_up(session, library, now, [place.record])
        source = log.find_head(session, Place(place.kind, place.id, SOURCE))
        if source is None or source.text is None:
            raise NotFound(place.record)
        require_for(editor, permission, [place], [source.text], library.vocabularies)
        head = log.heads(session, place.record).get(place)
        entry = Entry(place, data, head.number if head else 0)
        if data is None and (head is None or not head.is_present):
            raise NotFound(f"{place.record} {place.part}")
        if data is not None and head is not None and head.is_present:
            _refuse_repetition(place, is_same=head.fingerprint == entry.fingerprint, replace=replace)
        begin_write(session)
        try:
            change = log.append(session, kind, [entry], author_id=editor.id, note=note, now=now)
        except Overtaken as error:
            message = N_("Somebody else has changed this file meanwhile; look at it and try again.")
            raise Rejected([Problem("changed-meanwhile", message, ("file",), path=place.part)]) from error
        number = change.number
        _apply(session, library, place, number, now)
    return session.get_one(Change, number)


def _refuse_repetition(place: Place, *, is_same: bool, replace: bool) -> None:
    if is_same:
        message = N_("This very file is there already, as %(name)s.")
        raise Rejected([Problem("nothing-changed", message, ("file",), params={"name": place.part}, path=place.part)])
    if not replace:
        message = N_("There is a file %(name)s already; choose another name, or tick that it is to be replaced.")
        raise Rejected([Problem("name-taken", message, ("name",), params={"name": place.part}, path=place.part)])


def _apply(session: Session, library: Library, place: Place, number: int, now: datetime) -> None:
    """Write the file and show it; what cannot be done now, the follower does here or after the next start."""
    is_whole = True
    try:
        apply_head(session, library, place, now)
    except Exception:
        logger.exception("the file %s %s could not be written; it is tried again", place.record, place.part)
        session.rollback()
        is_whole = False
    try:
        derive(session, library, {place.record})
    except Exception:
        logger.exception("change %s is saved but not applied yet", number)
        session.rollback()
        return
    if is_whole and library.applied.reached() == number - 1:
        library.applied.reach(number)
