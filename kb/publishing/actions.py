"""The verbs that change a record: publish, retire, restore, redact. Each appends to the log first, then applies."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kb import faults
from kb.accounts.model import User
from kb.accounts.permissions import Permission, require
from kb.content.bundle import SOURCE
from kb.content.files import Place, place_of
from kb.content.frontmatter import splice
from kb.content.record import Status
from kb.db import begin_write
from kb.errors import Conflict, NotFound, PraxisError, Rejected
from kb.history import log
from kb.history.drafts import UsedDraft, keep_loser, use_up
from kb.history.log import Entry, Head, Overtaken
from kb.history.model import Change, ChangeKind
from kb.i18n import N_
from kb.library.check import attached_problems, link_problems, target_of
from kb.library.library import Library
from kb.library.readable import read_and_check
from kb.problems import Problem, errors
from kb.publishing.apply import catch_up, derive
from kb.publishing.prepare import prepare
from kb.publishing.subjects import require_for
from kb.publishing.writing import apply_head

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Edit:
    """A new text for one part of a record, and the revision its editor began with (0 and empty for none)."""

    place: Place
    text: str
    base_number: int
    base_fingerprint: str


def publish(
    session: Session,
    library: Library,
    editor: User,
    edits: Sequence[Edit],
    *,
    note: str,
    minor: bool = False,
    draft_id: int | None = None,
    draft_fingerprint: str | None = None,
    now: datetime,
) -> Change:
    """Publish new texts of one record, together or not at all; when this returns, they are saved and shown.

    Raises `Forbidden`; `Conflict` if a part was changed since the editor began, with the text kept as a draft;
    `Rejected` with every problem at once. `draft_id` names the draft that this publication uses up;
    with `draft_fingerprint` only if its text is still the one that the editor saw.
    """
    kind = ChangeKind.MINOR if minor else ChangeKind.PUBLISH
    used = UsedDraft(draft_id, draft_fingerprint) if draft_id is not None else None
    return _change(session, library, editor, edits, kind, Permission.PUBLISH, note=note, used=used, now=now)


def retire(
    session: Session, library: Library, editor: User, record: str, *, successor: str | None, note: str, now: datetime
) -> Change:
    """Take a record out of search and lists, keeping its address.

    Readers who follow an old link are shown `successor`, if there is one. Raises `Forbidden`, `NotFound`, or `Rejected`
    if the successor is not a published record of the same kind.
    """
    require(editor, Permission.RETIRE)
    place = place_of(record, SOURCE)
    head = log.find_head(session, place)
    if head is None or head.text is None:
        raise NotFound(record)
    if successor is not None and (
        successor == place.id or library.current().catalog.find(place.kind, successor) is None
    ):
        message = N_("%(id)s is not a published record of this kind; choose one that is, or none.")
        raise Rejected([Problem("unknown-successor", message, ("successor",), params={"id": successor}, path=SOURCE)])
    try:
        text = splice(head.text, {"status": Status.RETIRED.value, "successor": successor})
    except ValueError as error:
        message = N_("The file's facts cannot be changed by the program (%(reason)s); edit the whole file.")
        raise Rejected([Problem("cannot-write", message, params={"reason": str(error)}, path=SOURCE)]) from error
    edit = Edit(place, text, head.number, head.fingerprint)
    return _change(session, library, editor, [edit], ChangeKind.RETIRE, Permission.RETIRE, note=note, now=now)


def restore(
    session: Session, library: Library, editor: User, place: Place, number: int, *, note: str, now: datetime
) -> Change:
    """Make an earlier text the newest again; itself one more revision, so it can be undone the same way.

    Raises `Forbidden`, `NotFound`, or `Rejected` if the text was erased or would not pass today's checks.
    """
    require(editor, Permission.RESTORE)
    with library.lock.held():  # so that a text that is being erased is not brought back
        session.rollback()
        revision, head = log.get_revision(session, place, number), log.find_head(session, place)
        if revision.text is None or head is None:
            message = N_("This revision holds no text that could be restored.")
            raise Rejected([Problem("nothing-to-restore", message, path=place.part)])
        edit = Edit(place, revision.text, head.number, head.fingerprint)
        return _change(session, library, editor, [edit], ChangeKind.RESTORE, Permission.RESTORE, note=note, now=now)


def _change(
    session: Session,
    library: Library,
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
    with library.lock.held():
        catch_up(session, library, now, [record])
        heads = log.heads(session, record)
        for edit in edits:
            if not _is_at_base(edit, heads.get(edit.place)):
                raise _conflict(session, editor, edits, edit, now)
        _require_for(session, library, editor, permission, edits)
        entries = _checked(session, library, edits, heads, kind, now)
        begin_write(session)
        if used is not None:  # in the same commit: the text is in the log or still in the draft
            use_up(session, used, editor.id, {edit.place for edit in edits})
        try:
            change = log.append(session, kind, entries, author_id=editor.id, note=note, now=now)
        except Overtaken:
            raise _conflict(session, editor, edits, edits[0], now) from None
        number = change.number
        try:
            _apply(session, library, [entry.place for entry in entries], number, now)
        except Exception:
            # It is saved; the follower applies what is left, here or after the next start.
            logger.exception("change %s is saved but not applied yet", number)
            session.rollback()
    faults.point("publish-done")
    return session.get_one(Change, number)


def _require_for(
    session: Session, library: Library, editor: User, permission: Permission, edits: Sequence[Edit]
) -> None:
    """Raise `Forbidden` unless the editor may do this to the record as it stands and as it will be."""
    source = Place(edits[0].place.kind, edits[0].place.id, SOURCE)
    head = log.find_head(session, source)
    texts = [head.text if head else None, *(edit.text for edit in edits if edit.place == source)]
    require_for(editor, permission, [edit.place for edit in edits], texts, library.vocabularies)


def _one_record(edits: Sequence[Edit]) -> str:
    records = {edit.place.record for edit in edits}
    if len(records) != 1 or len({edit.place for edit in edits}) != len(edits):
        message = "one change holds different parts of one record"
        raise ValueError(message)
    return records.pop()


def _is_at_base(edit: Edit, head: Head | None) -> bool:
    """The same text may come back, so the number decides; the fingerprint guards against another log's numbers."""
    if head is None:
        return edit.base_number == 0
    if not head.is_present and edit.base_number == 0:
        return True
    return (edit.base_number, edit.base_fingerprint) == (head.number, head.fingerprint)


def _conflict(session: Session, editor: User, edits: Sequence[Edit], lost: Edit, now: datetime) -> Conflict:
    """Keep every text of the change as a draft and return the conflict with all three texts of the one that lost."""
    base = log.find_revision(session, lost.place, lost.base_number)
    head = log.find_head(session, lost.place)
    base_text, theirs = (base.text or "" if base else ""), (head.text or "" if head else "")
    number = head.number if head else 0
    begin_write(session)
    drafts = {
        edit: keep_loser(
            session, edit.place, edit.text, base=(edit.base_number, edit.base_fingerprint), author_id=editor.id, now=now
        )
        for edit in edits
    }
    session.commit()
    return Conflict(
        lost.place.record, base=base_text, theirs=theirs, yours=lost.text, number=number, draft_id=drafts[lost]
    )


def _checked(
    session: Session, library: Library, edits: Sequence[Edit], heads: dict[Place, Head], kind: ChangeKind, now: datetime
) -> list[Entry]:
    """Return the rows of the change. Raises `Rejected` with every problem of the edited parts."""
    place = edits[0].place
    house = library.kinds[place.kind]
    before = log.texts(session, place.record)
    parts = {edit.place.part: edit.text for edit in edits}
    prepared, found = parts, list[Problem]()
    if kind is not ChangeKind.RESTORE:  # what stood once stands again as it was, with what counted as equal then
        minor = kind is ChangeKind.MINOR
        prepared, problems = prepare(house.shape, place.id, parts, before, minor=minor, today=now.date())
        found += problems
    good, bundle, more = read_and_check(house, place.id, before | prepared, library.vocabularies, library.law)
    found += more
    if bundle is not None:
        targets = {key: library.target(key) for key in {(link.kind, link.id) for link in house.links(bundle)}}
        targets |= {bundle.key: target_of(bundle)}
        found += link_problems(bundle, house.links(bundle), {key: t for key, t in targets.items() if t is not None})
        found += attached_problems(bundle, {place.part for place, head in heads.items() if head.is_present})
    wrong = [problem for problem in errors(found) if problem.path in prepared]
    if not wrong and all(before.get(part) == text for part, text in prepared.items()):
        wrong = [
            Problem("nothing-changed", N_("Nothing was changed, so there is nothing to publish."), path=place.part)
        ]
    if not wrong and not good.issuperset(prepared):
        message = N_("The record has no source that can be read; publish that first.")
        wrong = [Problem("no-source-file", message, path=place.part)]
    if wrong:
        raise Rejected(wrong)
    return [
        Entry(edit.place, prepared[edit.place.part].encode(), head.number if (head := heads.get(edit.place)) else 0)
        for edit in edits
    ]


def _apply(session: Session, library: Library, places: Sequence[Place], number: int, now: datetime) -> None:
    """Write the files, and show readers the new text even where a file cannot be written just now."""
    is_whole = True
    for place in places:
        try:
            apply_head(session, library, place, now)
        except (OSError, PraxisError):
            logger.exception("the file of %s %s could not be written; it is tried again", place.record, place.part)
            session.rollback()
            is_whole = False
        faults.point("apply-between-files")
    derive(session, library, {places[0].record})
    if is_whole and library.applied.reached() == number - 1:
        library.applied.reach(number)
