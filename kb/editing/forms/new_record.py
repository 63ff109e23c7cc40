"""Creates records as drafts: from a few facts, as a copy of another record, or after its pattern."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission, require
from kb.content_store.store import ContentStore
from kb.db import begin_write
from kb.editing.forms.body_sections import headings_in
from kb.editing.forms.splice_facts import splice_in_order
from kb.errors import Forbidden, NotFound, Rejected
from kb.history import log
from kb.history.drafts import MAX_CHARACTERS
from kb.history.model import Draft, DraftOrigin
from kb.i18n import LANGUAGES, N_
from kb.kinds.kind import Kind
from kb.problems import Problem
from kb.publishing.authorization import may_begin
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.front_matter import FENCE, Value, emit, facts_in
from kb.records.record import ID_PATTERN, Status
from kb.records.segments import splice_sections

_LONGEST_ID = 80
_BAD_ID = N_("Enter an ID in lower-case letters and digits, joined by hyphens, for example stone-terraces.")
_TAKEN = N_("Another record has, or had, the ID %(id)s. Choose another ID.")
_BEGUN = N_("Someone has just started a record with the ID %(id)s. Choose another ID.")
_OWN = N_("You have already started a record with the ID %(id)s. Its draft is on your dashboard. Choose another ID.")


@dataclass(frozen=True)
class Beginning:
    """Initial data of a record: facts by key, and texts of sections by id."""

    record_id: str
    language: str
    facts: Mapping[str, Value] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Begun:
    """The first text of a record, and the part that it belongs to."""

    kind: str
    record_id: str
    language: str
    text: str


def begin_record(
    session: Session,
    store: ContentStore,
    editor: User,
    kind: str,
    beginning: Beginning,
    *,
    problems: Sequence[Problem] = (),
    now: datetime,
) -> Draft:
    """Create a record as a draft; publishing it fixes the id. Raises `NotFound`, or `Rejected`.

    `problems` are those already found by the form; all are reported together.
    """
    if kind not in store.kinds:
        raise NotFound(kind)
    text = first_text(store.kinds[kind], beginning) if beginning.language in LANGUAGES else ""
    begun = Begun(kind, beginning.record_id, beginning.language, text)
    return begin_with(session, store, editor, begun, problems=problems, now=now)


def begin_with(
    session: Session,
    store: ContentStore,
    editor: User,
    begun: Begun,
    *,
    problems: Sequence[Problem] = (),
    now: datetime,
) -> Draft:
    """Save the first text of a record as a draft, if its id is free. Raises `Rejected` with all problems.

    One transaction checks the id and saves the draft. So if two users choose the same id at once, one gets an error.
    """
    require(editor, Permission.EDIT)
    if not may_begin(editor, store.kinds[begun.kind].shape):
        raise Forbidden(begun.kind)
    begin_write(session)
    if found := [*problems, *_begun_problems(session, store, editor, begun)]:
        session.rollback()
        raise Rejected(found)
    place = RecordFile(begun.kind, begun.record_id, SOURCE)
    draft = Draft(record=place.record, part=SOURCE, origin=DraftOrigin.EDITOR, author_id=editor.id, text=begun.text)
    draft.base_number, draft.base_fingerprint, draft.note, draft.created, draft.updated = 0, "", "", now, now
    session.add(draft)
    session.commit()
    return draft


def _begun_problems(session: Session, store: ContentStore, editor: User, begun: Begun) -> Iterator[Problem]:
    yield from language_problems(begun.language)
    yield from id_problems(session, store, editor, begun.kind, begun.record_id)
    if len(begun.text) > MAX_CHARACTERS:
        message = N_("The text can have at most %(limit)s characters. Shorten or split the text.")
        yield Problem("too-large", message, params={"limit": MAX_CHARACTERS})


def language_problems(language: str) -> Iterator[Problem]:
    """Yield the reasons why a record cannot be written in a language."""
    if language not in LANGUAGES:
        yield Problem("unknown-language", N_("Select an entry from the list."), ("language",))


def id_problems(session: Session, store: ContentStore, editor: User, kind: str, record_id: str) -> Iterator[Problem]:
    """Yield the reasons why a record cannot have an id."""
    if not re.fullmatch(ID_PATTERN, record_id) or len(record_id) > _LONGEST_ID:
        yield Problem("bad-id", _BAD_ID, ("id",))
    elif taken := why_taken(session, store, editor, kind, record_id):
        yield Problem("id-taken", taken, ("id",), params={"id": record_id})


def why_taken(session: Session, store: ContentStore, editor: User | None, kind: str, record_id: str) -> str:
    """Return why an id is not available, as a message with the placeholder `id`; empty if it is free."""
    place = RecordFile(kind, record_id, SOURCE)
    catalog = store.current().catalog
    if (
        log.find_head(session, place) is not None
        or (kind, catalog.resolve(kind, record_id)) in catalog.columns
        or store.content.path(place).parent.exists()
    ):
        return _TAKEN
    query = select(Draft.author_id).where(Draft.record == place.record, Draft.part == SOURCE, Draft.base_number == 0)
    authors = session.scalars(query).all()
    if not authors:
        return ""
    return _OWN if editor is not None and editor.id in authors else _BEGUN


def first_text(kind: Kind, beginning: Beginning) -> str:
    """Return the source file of a new record: the template's keys that have a value, and the known facts.

    Leaves out empty keys and headings, because the form has all headings and explains the other keys.
    """
    template = kind.template(beginning.record_id, beginning.language)
    values = facts_in(template)
    facts = {**{key: value for key, value in values.items() if value}, "status": Status.DRAFT.value}
    text = f"{FENCE}\n{emit(facts)}{FENCE}\n"
    if known := {key: value for key, value in beginning.facts.items() if value}:
        text = splice_in_order(text, known, tuple(values))
    return text + _first_body(kind, beginning.language, beginning.texts)


def _first_body(kind: Kind, language: str, texts: Mapping[str, str]) -> str:
    """Return the sections that have a text, each with its heading in this language."""
    headings = headings_in(kind, language)
    sections: dict[str, tuple[str, str] | None] = {
        section: (headings.get(section, section), text.strip()) for section, text in texts.items() if text.strip()
    }
    return splice_sections("", sections, kind.shape.sections) if sections else ""
