"""Saves a conversion as an adaptation for its country: a draft of a new record, if there is none yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission
from kb.content_store.store import ContentStore
from kb.conversion.adaptation_files import Adapted, adapt_conversion
from kb.conversion.adaptation_text import adaptation_id
from kb.conversion.convert import Conversion
from kb.editing.forms.new_record import Begun, begin_with, why_taken
from kb.editing.open_text import drafts_of
from kb.history import log
from kb.history.model import Draft
from kb.kinds.adaptation.model import ADAPTATION
from kb.kinds.tool.model import Tool
from kb.publishing.authorization import may_for, require_for
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.front_matter import FENCE, Value, emit


@dataclass(frozen=True)
class ExistingAdaptation:
    """An existing adaptation of a tool to a country: a record, or a draft that was never published.

    `draft_id` is set for an own draft; a user cannot open another user's draft.
    """

    record_id: str
    is_record: bool
    draft_id: int | None = None


def find_kept(
    session: Session, store: ContentStore, editor: User, tool_id: str, country: str
) -> ExistingAdaptation | None:
    """Return the adaptation of a tool to a country, or `None` if there is none yet."""
    place = _place(tool_id, country)
    if not why_taken(session, store, editor, place.kind, place.id):
        return None
    drafts = drafts_of(session, editor, place)
    return ExistingAdaptation(place.id, log.find_head(session, place) is not None, drafts[0].id if drafts else None)


def may_keep(store: ContentStore, editor: User, tool: Tool, country: str, language: str) -> bool:
    """Return whether a user's roles allow writing the adaptation of a tool to a country."""
    facts: dict[str, Value] = {"country": country, "language": language, "areas": list(tool.areas)}
    source = f"{FENCE}\n{emit(facts)}{FENCE}\n"
    return may_for(editor, Permission.EDIT, [_place(tool.id, country)], [source], store.vocabularies)


def keep_conversion(
    session: Session,
    store: ContentStore,
    editor: User,
    conversion: Conversion,
    *,
    now: datetime,
) -> tuple[Draft, Adapted]:
    """Create a draft of the adaptation that results from a conversion, in the language of its answers.

    Raises `Forbidden` for a country or area outside the editor's scope, or `Rejected`: with `id-taken` if there is an
    adaptation already.
    """
    made = adapt_conversion(conversion)
    text = made.texts[SOURCE]
    place = RecordFile(ADAPTATION.name, made.record_id, SOURCE)
    require_for(editor, Permission.EDIT, [place], [text], store.vocabularies)
    begun = Begun(place.kind, place.id, conversion.answers.language, text)
    return begin_with(session, store, editor, begun, now=now), made


def _place(tool_id: str, country: str) -> RecordFile:
    return RecordFile(ADAPTATION.name, adaptation_id(tool_id, country), SOURCE)
