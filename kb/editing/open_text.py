"""Opens a text in the editor: a draft or the current text, with the revision it is based on."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import require
from kb.content_store.store import ContentStore
from kb.conversion.adaptation_translation import TranslatedAnswers, translation_text
from kb.errors import Forbidden, NotFound
from kb.history import log
from kb.history.drafts import get_draft, is_open_to
from kb.history.model import Draft, DraftOrigin
from kb.i18n import LANGUAGES
from kb.kinds.adaptation.model import ADAPTATION, Adaptation
from kb.kinds.country.situation import YesNo
from kb.kinds.tool.kind import KIND as TOOL
from kb.publishing.actions import Edit
from kb.publishing.authorization import writing
from kb.records.bundle import SOURCE, hash_bytes, read_source
from kb.records.files.paths import RecordFile
from kb.records.segments import fingerprint


@dataclass(frozen=True)
class Opened:
    """A text in the editor: its record part, its base revision, and the draft it comes from.

    `draft_fingerprint` is that of the draft's text when this window last read or wrote it.
    """

    place: RecordFile
    text: str
    base_number: int
    base_fingerprint: str
    draft_id: int | None = None
    note: str = ""
    draft_fingerprint: str = ""

    def kept_as(self, draft: Draft) -> Opened:
        """Return the same text, now linked to this draft."""
        return replace(self, draft_id=draft.id, draft_fingerprint=hash_bytes(draft.text.encode()))

    def edit(self) -> Edit:
        """Return the `Edit` for the publishing actions."""
        return Edit(self.place, self.text, self.base_number, self.base_fingerprint)


def open_part(
    session: Session, store: ContentStore, editor: User, place: RecordFile, *, draft_id: int | None, base: int | None
) -> Opened:
    """Return a draft, the current text of a part from the log, or the initial text of a new translation.

    `base` replaces a draft's base revision by the one that it has just been compared with. Raises `NotFound`, or
    `Forbidden` for another user's draft.
    """
    require(editor, writing(place))
    if place.kind not in store.kinds or not place.is_text:
        raise NotFound(place.record)
    if draft_id is not None:
        return _opened_draft(session, own_draft(session, editor, draft_id), place, base)
    head = log.find_head(session, place)
    if head is not None and head.text is not None:
        return Opened(place, head.text, head.number, head.fingerprint)
    source = source_text(session, place)
    if place.part not in LANGUAGES or source is None:
        raise NotFound(place.record)
    return Opened(place, _first_translation(store, place, source), 0, "")


def _opened_draft(session: Session, draft: Draft, place: RecordFile, base: int | None) -> Opened:
    if (draft.record, draft.part) != (place.record, place.part):
        raise NotFound(f"draft {draft.id}")
    number, mark = draft.base_number, draft.base_fingerprint
    if base is not None:
        number, mark = (base, log.get_revision(session, place, base).fingerprint) if base else (0, "")
    return Opened(place, draft.text, number, mark, note=draft.note).kept_as(draft)


def is_behind(session: Session, opened: Opened) -> bool:
    """Return whether the current text has changed since this one was begun."""
    head = log.find_head(session, opened.place)
    return head is not None and head.fingerprint != opened.base_fingerprint


def own_draft(session: Session, editor: User, draft_id: int) -> Draft:
    """Return an own draft, or a set-aside file. Raises `NotFound` or `Forbidden`."""
    draft = get_draft(session, draft_id)
    if not is_open_to(draft, editor.id):
        raise Forbidden(f"draft {draft_id}")
    return draft


def used_up(session: Session, editor: User, opened: Opened) -> int | None:
    """Return the draft that publishing this text uses up.

    A set-aside file is another person's text: it stays until it is published unchanged or discarded.
    """
    draft = find_origin(session, editor, opened)
    if draft is None or (draft.origin == DraftOrigin.FILE and draft.text != opened.text):
        return None
    return draft.id


def find_origin(session: Session, editor: User, opened: Opened) -> Draft | None:
    """Return the draft that a text comes from, if it still exists and this editor may use it.

    Another window may have published or discarded it. The text may also be from a user who was signed in before.
    """
    if opened.draft_id is None:
        return None
    try:
        draft = own_draft(session, editor, opened.draft_id)
    except (NotFound, Forbidden):
        return None
    return draft if (draft.record, draft.part) == (opened.place.record, opened.place.part) else None


def has_parted(session: Session, editor: User, opened: Opened, draft: Draft) -> bool:
    """Return whether a text was saved as a separate `draft` because another window had saved its original draft."""
    origin = find_origin(session, editor, opened)
    return origin is not None and origin.id != draft.id and origin.origin != DraftOrigin.FILE


def drafts_of(session: Session, editor: User, place: RecordFile) -> list[Draft]:
    """Return one's own drafts of a part, newest first."""
    query = select(Draft).where(Draft.record == place.record, Draft.part == place.part, Draft.author_id == editor.id)
    return list(session.scalars(query.order_by(Draft.updated.desc())))


def source_text(session: Session, place: RecordFile) -> str | None:
    """Return the source file of the record that a part belongs to, from the log."""
    head = log.find_head(session, RecordFile(place.kind, place.id, SOURCE))
    return head.text if head is not None else None


def new_translation(language: str) -> str:
    """Return the initial text of a new translation."""
    return f"---\nlanguage: {language}\n---\n"


def _first_translation(store: ContentStore, place: RecordFile, source: str) -> str:
    """Return the initial text of a new translation of a record, given its source file.

    For most records it is empty. In an adaptation, own texts and texts that changed in the tool since then need a
    translator.
    """
    bundle = read_source(ADAPTATION, place.id, source)[0] if place.kind == ADAPTATION.name else None
    if bundle is None:
        return new_translation(place.part)
    record: Adaptation = bundle.record
    catalog = store.current().catalog
    if catalog.find(TOOL, record.parent) is None:
        return new_translation(place.part)
    tool = catalog.reading(TOOL, record.parent, place.part)
    texts = tool.bundle.segments()
    same = {
        row.id for row in record.made if row.own is not YesNo.YES and row.parent == fingerprint(texts.get(row.id, ""))
    }
    if tool.is_fallback:
        return new_translation(place.part)
    return translation_text(bundle, tool, texts.keys() - same, TranslatedAnswers())
