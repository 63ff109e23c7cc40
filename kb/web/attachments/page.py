"""Data of the page with the files of a record: where each is used, and the Markdown that shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import request

from kb.editing.forms.attachments import AttachmentInfo, files_of, may_change_files
from kb.editing.forms.draft_titles import title_in
from kb.extensions import db
from kb.history.model import Draft
from kb.problems import Problem, Where
from kb.publishing.draft_visibility import visible_drafts
from kb.records.attachments import Attached
from kb.records.bundle import SOURCE
from kb.records.uploads.images import LONGEST_SIDE, MOST_BYTES
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, store
from kb.web.parts.draft_list import DraftLine, draft_lines
from kb.web.parts.passages import file_address

# Brackets would end the text of a link early.
_NO_BRACKETS = str.maketrans("[]", "()")
_FIELDS: Mapping[Where, str] = {("file",): "file", ("alt",): "alt", ("name",): "name"}


@dataclass(frozen=True)
class FileView:
    """A file in the list: its address, the Markdown that shows it, and where it is used."""

    name: str
    address: str
    attached: Attached
    to_write: str
    uses: tuple[str, ...]
    in_draft: bool


@dataclass(frozen=True)
class AttachmentsPage:
    """The files of one record, the drafts that the user may write, and the form for a new file."""

    kind: str
    record_id: str
    title: str
    is_there: bool
    own: tuple[DraftLine, ...]
    files: tuple[FileView, ...]
    may_change: bool
    problems: tuple[tuple[str, str], ...]
    typed: Mapping[str, str]
    megabytes: int = MOST_BYTES // 1024 // 1024
    longest: int = LONGEST_SIDE


def attachments_page(
    kind: str, record_id: str, problems: Sequence[Problem] = (), *, keep_typed: bool = False
) -> AttachmentsPage:
    """Return the data for the template; `keep_typed` is true if the posted form comes back with problems."""
    key, editor = (kind, record_id), signed_in()
    entry = generation().catalog.columns.get(key)
    drafts = visible_drafts(db.session, store(), editor, f"{kind}/{record_id}")
    typed = request.form if keep_typed else {}
    return AttachmentsPage(
        kind=kind,
        record_id=record_id,
        title=entry.title(i18n.current().code)[0] if entry is not None else _title(drafts, record_id),
        is_there=entry is not None,
        own=tuple(line for line in draft_lines(drafts) if line.draft.author_id == editor.id and line.may_write),
        files=tuple(_view(kind, record_id, each) for each in files_of(db.session, store(), editor, key)),
        may_change=may_change_files(db.session, store(), editor, key),
        problems=tuple((_FIELDS.get(each.where, ""), each.text(_)) for each in problems),
        typed={name: typed.get(name, "") for name in ("name", "alt")},
    )


def _title(drafts: Sequence[Draft], record_id: str) -> str:
    return next((title for each in drafts if (title := title_in(each.text, each.part))), record_id)


def _view(kind: str, record_id: str, file: AttachmentInfo) -> FileView:
    uses = (
        use.section if use.part == SOURCE else f"{use.section} ({i18n.language_name(use.part)})" for use in file.uses
    )
    address = file_address(kind, record_id, file.name, file.attached)
    return FileView(file.name, address, file.attached, markdown_for(file.name), tuple(uses), file.in_draft)


def markdown_for(name: str, alt: str = "") -> str:
    """Return the Markdown that shows a picture, or links to a document, within a text."""
    words = alt.translate(_NO_BRACKETS)
    if name.endswith(".pdf"):
        return "[{}]({})".format(words or _("link text"), name)
    return "![{}]({})".format(words or _("What the image shows"), name)
