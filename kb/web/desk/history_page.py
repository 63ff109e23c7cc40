"""Pages of the history of a record: the list of changes, a comparison of two revisions, one revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, url_for

from kb.accounts.permissions import Permission, may
from kb.editing.forms.attachments import may_change_files
from kb.errors import NotFound, Rejected
from kb.extensions import db
from kb.history import log
from kb.history.attachments import files_then, is_published
from kb.history.change_contents import sizes
from kb.history.model import ChangeKind, Revision
from kb.i18n import LANGUAGES, N_
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.web.audit.labels import note_words
from kb.web.editor.form.differences import compare
from kb.web.editor.outdated_translations import restoring_lines
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.form_problems import field_problems
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, render, store
from kb.web.labels.authors import authors
from kb.web.parts.allowed_actions import may_here

_KINDS: Mapping[str, str] = {
    ChangeKind.PUBLISH: N_("Published"),
    ChangeKind.MINOR: N_("Minor change: translations stay up to date"),
    ChangeKind.RETIRE: N_("Retired"),
    ChangeKind.RESTORE: N_("Restored"),
    ChangeKind.DELETE: N_("Removed"),
    ChangeKind.ATTACH: N_("File added"),
    ChangeKind.FILE: N_("Imported from a file"),
    ChangeKind.REDACT: N_("erased"),
}


# Page size of a long history.
_SHOWN = 100


@dataclass(frozen=True)
class RevisionLine:
    """One revision in the history. `author` is empty if no signed-in user made it."""

    revision: Revision
    part: str
    kind: str
    author: str
    is_newest: bool

    @property
    def is_source(self) -> bool:
        """Whether it is a text of the source file."""
        return self.part == SOURCE

    @property
    def is_text(self) -> bool:
        """Whether it has a text that can be compared."""
        return self.revision.text is not None

    @property
    def key(self) -> str:
        """Part and number, which identify it in a form."""
        return f"{self.part}:{self.revision.number}"

    @property
    def can_be_erased(self) -> bool:
        """Whether its text, image or document can be erased. The revision that readers see cannot."""
        revision = self.revision
        return (revision.text is not None or revision.blob_sha256 is not None) and not self.is_newest

    @property
    def can_return(self) -> bool:
        """Whether it can be restored as the newest revision."""
        return (self.is_text or self.is_file) and not self.is_newest

    @property
    def is_file(self) -> bool:
        """Whether it has an image or document to show."""
        return self.revision.blob_sha256 is not None

    @property
    def is_picture(self) -> bool:
        """Whether it is an image."""
        return self.is_file and not self.part.endswith(".pdf")


def history_page(kind: str, record_id: str, part: str, first: int) -> Response:
    """Return the changes of a record from number `first` on; `part` limits them to one part. Raises `NotFound`."""
    revisions = log.history(db.session, f"{kind}/{record_id}")
    if not revisions or not may_see_history(kind, record_id):
        raise NotFound(record_id)
    lines = [line for line in _lines(revisions) if part in ("", line.part)]
    following = first + _SHOWN if first + _SHOWN < len(lines) else None
    return render(
        "desk/history/index.html",
        lines=(shown := lines[first : first + _SHOWN]),
        choices=[line for line in lines if line.is_text],
        parts=sorted({each.part for each in revisions}, key=lambda each: (each != SOURCE, _part_name(each))),
        part=part,
        together=sizes(db.session, (line.revision.change_number for line in shown)),
        following=following,
        kind=kind,
        record_id=record_id,
        title=_title(kind, record_id),
        is_there=(kind, record_id) in generation().catalog.columns,
        part_name=_part_name,
        note_words=note_words,
    )


def comparison_page(kind: str, record_id: str, *, older: str, newer: str) -> Response:
    """Return the comparison of two revisions, given by their keys; by default the newest and the one before it."""
    lines = [line for line in _lines(log.history(db.session, f"{kind}/{record_id}")) if line.is_text]
    if not lines:
        raise NotFound(record_id)
    known = {line.key: line for line in lines}
    new = known.get(newer, lines[0])
    old = known.get(older, _before(new, lines))
    before, after = old.revision.text or "", new.revision.text or ""
    return render(
        "desk/history/compare.html",
        choices=lines,
        older=old,
        newer=new,
        comparison=compare(RecordFile(kind, record_id, new.revision.part), before, after),
        kind=kind,
        record_id=record_id,
        title=_title(kind, record_id),
        part_name=_part_name,
    )


def _before(line: RevisionLine, lines: list[RevisionLine]) -> RevisionLine:
    """Return the previous text of the same part. `lines` are sorted newest first."""
    return next(
        (each for each in lines if each.part == line.part and each.revision.number < line.revision.number), line
    )


def revision_page(place: RecordFile, number: int, error: Rejected | None = None) -> Response:
    """Return the page of one revision. `error` tells why it cannot be restored. Raises `NotFound`."""
    lines = _lines(log.history(db.session, place.record, place.part))
    found = next((line for line in lines if line.revision.number == number), None)
    if found is None or not may_see_history(place.kind, place.id):
        raise NotFound(f"{place.record} {place.part} {number}")
    parent = log.find_revision(db.session, place, found.revision.parent)
    before = parent.text or "" if parent else ""
    text, head = found.revision.text or "", log.find_head(db.session, place)
    files = files_then(db.session, place, number, text) if found.can_return and found.is_text else {}
    return render(
        "desk/history/show.html",
        status=422 if error else 200,
        line=found,
        note_words=note_words,
        place=place,
        parent=parent,
        newest=lines[0].revision.number,
        comparison=compare(place, before, text),
        restoring=compare(place, head.text or "" if head else "", text) if found.can_return and found.is_text else None,
        may_restore=may_here(Permission.RESTORE, place),
        may_erase=may(signed_in(), Permission.REDACT),
        back=[name for name, mark in files.items() if mark],
        lost=[name for name, mark in files.items() if not mark],
        turns=restoring_lines(place, text) if found.can_return and found.is_text else (),
        title=_title(place.kind, place.id),
        part_name=_part_name,
        file_address=url_for(
            "revisions.show_file", kind=place.kind, record_id=place.id, name=place.part, number=number
        ),
        problems=field_problems(error.problems if error else ()),
    )


def _lines(revisions: list[Revision]) -> list[RevisionLine]:
    names = authors(db.session, (each.change.author_id for each in revisions))
    newest: dict[str, int] = {}
    for revision in revisions:
        newest[revision.part] = max(newest.get(revision.part, 0), revision.number)
    return [
        RevisionLine(
            revision=each,
            part=each.part,
            kind=kind_words(each.change.kind),
            author=names.get(each.change.author_id or 0, ""),
            is_newest=newest[each.part] == each.number,
        )
        for each in revisions
    ]


def kind_words(kind: str) -> str:
    """Return the label of an action."""
    return _(_KINDS.get(kind, kind))


def may_see_history(kind: str, record_id: str) -> bool:
    """Return whether the user may see the history. If nothing was published, this needs permission to change files."""
    if is_published(db.session, f"{kind}/{record_id}"):
        return True
    return may_change_files(db.session, store(), signed_in(), (kind, record_id))


def _title(kind: str, record_id: str) -> str:
    entry = generation().catalog.columns.get((kind, record_id))
    return entry.title(i18n.current().code)[0] if entry else record_id


def _part_name(part: str) -> str:
    """Return the label of a part: its language, or the name of an attachment."""
    return i18n.language_name(part) if part in LANGUAGES else part
