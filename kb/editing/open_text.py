"""What an editor begins with: a draft, or the text as it stands, and the revision it is based on."""

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
from kb.kinds.tool.model import TOOL
from kb.publishing.actions import Edit
from kb.publishing.authorization import writing
from kb.records.bundle import SOURCE, hash_bytes, read_source
from kb.records.files.paths import RecordFile
from kb.records.segments import fingerprint


@dataclass(frozen=True)
class Opened:
    """A text in the editor: where it belongs, what it is based on, and the draft it comes from.

    `draft_fingerprint` is that of the text which the draft had when this window last read or wrote it.
    """

    place: RecordFile
    text: str
    base_number: int
    base_fingerprint: str
    draft_id: int | None = None
    note: str = ""
    draft_fingerprint: str = ""

    def kept_as(self, draft: Draft) -> Opened:
        """Return the same text, which from now on comes from this draft."""
        return replace(self, draft_id=draft.id, draft_fingerprint=hash_bytes(draft.text.encode()))

    def edit(self) -> Edit:
        """Return what the verbs of publishing take."""
        return Edit(self.place, self.text, self.base_number, self.base_fingerprint)


def open_part(
    session: Session, store: ContentStore, editor: User, place: RecordFile, *, draft_id: int | None, base: int | None
) -> Opened:
    """Return a draft, or the text of a part as the log has it, or that which a new translation begins with.

    `base` puts a draft upon another revision than the one it was written on: the one it has just been compared with.
    Raises `NotFound`, or `Forbidden` for another person's draft.
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
    """Whether another text stands now than the one that this one was begun with."""
    head = log.find_head(session, opened.place)
    return head is not None and head.fingerprint != opened.base_fingerprint


def own_draft(session: Session, editor: User, draft_id: int) -> Draft:
    """Return a draft of one's own, or a file that was set aside. Raises `NotFound` or `Forbidden`."""
    draft = get_draft(session, draft_id)
    if not is_open_to(draft, editor.id):
        raise Forbidden(f"draft {draft_id}")
    return draft


def used_up(session: Session, editor: User, opened: Opened) -> int | None:
    """Return the draft that a publication of this text uses up.

    A file that was set aside is somebody else's text: it stays until it is published as it is or discarded.
    """
    draft = find_origin(session, editor, opened)
    if draft is None or (draft.origin == DraftOrigin.FILE and draft.text != opened.text):
        return None
    return draft.id


def find_origin(session: Session, editor: User, opened: Opened) -> Draft | None:
    """Return the draft that a text comes from, if it is still there and this editor may use it.

    Another window may have published or discarded it; and the text may have been typed by whoever was signed in before.
    """
    if opened.draft_id is None:
        return None
    try:
        draft = own_draft(session, editor, opened.draft_id)
    except (NotFound, Forbidden):
        return None
    return draft if (draft.record, draft.part) == (opened.place.record, opened.place.part) else None


def has_parted(session: Session, editor: User, opened: Opened, draft: Draft) -> bool:
    """Whether a text was kept as `draft` because another window had saved the one that it came from."""
    origin = find_origin(session, editor, opened)
    return origin is not None and origin.id != draft.id and origin.origin != DraftOrigin.FILE


def drafts_of(session: Session, editor: User, place: RecordFile) -> list[Draft]:
    """Return one's own drafts of a part, the newest first."""
    query = select(Draft).where(Draft.record == place.record, Draft.part == place.part, Draft.author_id == editor.id)
    return list(session.scalars(query.order_by(Draft.updated.desc())))


def source_text(session: Session, place: RecordFile) -> str | None:
    """Return the source file of the record that a part belongs to, as the log has it."""
    head = log.find_head(session, RecordFile(place.kind, place.id, SOURCE))
    return head.text if head is not None else None


def new_translation(language: str) -> str:
    """Return the text that a new translation begins with."""
    return f"---\nlanguage: {language}\n---\n"


def _first_translation(store: ContentStore, place: RecordFile, source: str) -> str:
    """Return what a new translation of a record begins with, whose source file this is.

    For most records that is nothing. Texts that are the adaptation's own, and those whose text in the tool has changed
    since, wait for somebody to translate them.
    """
    bundle = read_source(ADAPTATION, place.id, source)[0] if place.kind == ADAPTATION.name else None
    if bundle is None:
        return new_translation(place.part)
    record: Adaptation = bundle.record
    catalog = store.current().catalog
    if catalog.find(TOOL.name, record.parent) is None:
        return new_translation(place.part)
    tool = catalog.reading(TOOL.name, record.parent, place.part)
    texts = tool.bundle.segments()
    same = {
        row.id for row in record.made if row.own is not YesNo.YES and row.parent == fingerprint(texts.get(row.id, ""))
    }
    if tool.is_fallback:
        return new_translation(place.part)
    return translation_text(bundle, tool, texts.keys() - same, TranslatedAnswers())
