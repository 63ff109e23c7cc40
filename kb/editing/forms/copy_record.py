"""Creates a new record from an existing one: as a copy, or as a pattern without its claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission, require
from kb.content_store.store import ContentStore
from kb.editing.forms.body_sections import headings_in
from kb.editing.forms.new_record import Beginning, Begun, begin_with, first_text
from kb.editing.forms.schema_form import FormControl
from kb.editing.forms.source_form import SourceFile, read_source_file
from kb.editing.open_text import source_text
from kb.errors import NotFound, Rejected
from kb.history.model import Draft
from kb.i18n import N_
from kb.kinds.practice.assessment import Assessor
from kb.kinds.practice.reference_checks import AREAS, DOCUMENTS, TERM_LISTS
from kb.problems import Problem
from kb.records.bundle import SOURCE
from kb.records.files.generated_lines import format_source
from kb.records.files.paths import RecordFile
from kb.records.front_matter import Value, splice
from kb.records.record import Status
from kb.records.segments import splice_sections

# Facts about maintenance and progress of the other record; they do not apply to the new one.
_NOT_COPIED = (
    *("aliases", "successor", "keeper", "reviewed", "review_due", "validation", "same_as"),
    "reviewed_by_lawyer",
)


class CopyScope(StrEnum):
    """How much of the other record is copied."""

    DUPLICATE = "duplicate"
    ARCHETYPE = "archetype"


def begin_from(
    session: Session,
    store: ContentStore,
    editor: User,
    kind: str,
    origin_id: str,
    way: CopyScope,
    beginning: Beginning,
    *,
    problems: Sequence[Problem] = (),
    now: datetime,
) -> Draft:
    """Create a draft of a new record from the newest text of another one.

    A copy keeps the language of the other record. `problems` are those already found by the form. Raises `NotFound` if
    there is no such record, or `Rejected`.
    """
    require(editor, Permission.EDIT)
    text = source_text(session, RecordFile(kind, origin_id, SOURCE)) if kind in store.kinds else None
    if text is None:
        raise NotFound(f"{kind}/{origin_id}")
    origin = read_source_file(store.kinds[kind], text)
    if origin is None:
        message = N_("The file of this record cannot be read. You cannot copy the record or use it as a template.")
        raise Rejected([Problem("broken-origin", message)])
    if way is CopyScope.DUPLICATE:
        new, language = duplicate(origin, beginning), origin.language
    else:
        new, language = archetype(origin, beginning), beginning.language
    return begin_with(
        session, store, editor, Begun(kind, beginning.record_id, language, new), problems=problems, now=now
    )


def duplicate(origin: SourceFile, beginning: Beginning) -> str:
    """Return a copy with another id and title.

    Facts, texts, figures and sources are copied, and so is the mark of a machine's draft: a copy makes no person
    responsible. Work of people on the other record is not copied: its keeper, its review date, and how far its
    description was verified. Their answers on evidence are not copied either, because they were given for that record
    only.
    """
    given = origin.values.get("assessments")
    rows = given if isinstance(given, list) else []
    by_machines: list[Value] = [row for row in rows if not _is_by_person(row)]
    changes: dict[str, Value | None] = {key: None for key in _NOT_COPIED if key in origin.values}
    changes |= {"id": beginning.record_id, "status": Status.DRAFT.value, **beginning.facts}
    if by_machines != rows:
        changes["assessments"] = by_machines or None
    try:
        text = splice(origin.text, changes)
    except ValueError as error:
        message = N_("The facts in this file cannot be changed automatically (%(reason)s). Edit the whole file.")
        raise Rejected([Problem("cannot-write", message, params={"reason": str(error)}, path=SOURCE)]) from error
    return format_source(origin.shape, beginning.record_id, text)


def _is_by_person(row: Value) -> bool:
    return isinstance(row, dict) and row.get("by") == Assessor.PERSON


def archetype(origin: SourceFile, beginning: Beginning) -> str:
    """Return a new file with the other record's classifying terms, and its sections as empty headings.

    In another language than the other record's, the headings are those of a new record in that language.
    """
    facts = {**_class_facts(origin), **beginning.facts}
    text = first_text(origin.kind, Beginning(beginning.record_id, beginning.language, facts, beginning.texts))
    return text + _empty_sections(origin, beginning.language)


def _class_facts(origin: SourceFile) -> Mapping[str, Value]:
    """Return the term lists of a record: they classify it and make no claims."""
    vocabularies = {*TERM_LISTS.values(), AREAS, DOCUMENTS}
    names = {
        each.name for each in origin.fields if each.control is FormControl.TERMS and each.suggested in vocabularies
    }
    return {name: value for name in names if (value := origin.values.get(name))}


def _empty_sections(origin: SourceFile, language: str) -> str:
    fixed = headings_in(origin.kind, language) if origin.shape.sections is not None else {}
    empty: dict[str, tuple[str, str] | None] = {
        section.id: (fixed.get(section.id, section.heading), "") for section in origin.sections
    }
    return splice_sections("", empty, origin.shape.sections)
