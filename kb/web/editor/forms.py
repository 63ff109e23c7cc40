"""Parses posted forms of the editor into the resulting text and the pressed button."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import request

from kb.editing.forms.body_sections import body_of, moved_section, replace_body, without_empty_sections, without_section
from kb.editing.forms.disambiguation import with_picks
from kb.editing.forms.form_values import Posted
from kb.editing.forms.source_form import (
    RowOrder,
    SourceFile,
    apply_to_source,
    change_rows,
    read_source_file,
    with_status,
)
from kb.editing.open_text import Opened
from kb.editing.translation.segment_review import translated
from kb.editing.translation.translation_form import TranslationFile
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.web.editor.page import find_form, suggestions
from kb.web.http.rendering import store, today

RAW, FORM = "raw", "form"


@dataclass(frozen=True)
class PostedEditor:
    """A posted editor form. `opened` holds the resulting text; `verb` and `arguments` come from the button."""

    opened: Opened
    verb: str
    arguments: tuple[str, ...]
    view: str
    minor: bool

    @property
    def is_raw(self) -> bool:
        """Whether the whole file was edited as text."""
        return self.view == RAW

    def argument(self, index: int) -> str:
        """Return an argument of the button, or an empty text."""
        return self.arguments[index] if index < len(self.arguments) else ""


def read_posted_editor(place: RecordFile, text: str | None = None) -> PostedEditor:
    """Return the posted form of this part, with the typed values applied to its text, or to the given one."""
    form = request.form
    verb, *arguments = form.get("do", "").split(":")
    view = RAW if form.get("view") == RAW else FORM
    opened = Opened(
        place=place,
        text=(form.get("text", "") if text is None else text).replace("\r\n", "\n").replace("\r", "\n"),
        base_number=_number(form.get("base_number")) or 0,
        base_fingerprint=form.get("base_fingerprint", ""),
        draft_id=_number(form.get("draft")),
        note=form.get("note", "").replace("\r\n", "\n").strip(),
        draft_fingerprint=form.get("draft_fingerprint", ""),
    )
    if view == FORM:
        opened = replace(opened, text=_apply_posted(opened, verb, arguments))
    return PostedEditor(opened, verb, tuple(arguments), view, "minor" in form)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else None


def _apply_posted(opened: Opened, verb: str, arguments: list[str]) -> str:
    """Apply the values of the controls to the text that they were made from."""
    posted = with_picks(Posted(dict(request.form.lists())))
    file = find_form(opened)
    if isinstance(file, SourceFile):
        return apply_to_source(file, posted, suggestions(file).resolve)
    if isinstance(file, TranslationFile):
        return translated(file, posted, verb, arguments, today())
    return opened.text


def reorder(opened: Opened, verb: str, field: str, index: str) -> Opened:
    """Return the text after a row or a section was moved, added or removed."""
    kind = store().kinds[opened.place.kind]
    file = read_source_file(kind, opened.text)
    if file is None:
        return opened
    if verb.startswith("section-"):
        return replace(opened, text=_change_body(file, verb.removeprefix("section-"), field))
    return replace(opened, text=change_rows(file, RowOrder(verb, field, _number(index) or 0)))


def _change_body(file: SourceFile, verb: str, section_id: str) -> str:
    body = body_of(file.text)
    if verb == "remove":
        return replace_body(file.text, without_section(body, section_id, file.shape.sections))
    steps = {"up": -1, "down": 1}.get(verb, 0)
    return replace_body(file.text, moved_section(body, section_id, steps))


def finish_text(opened: Opened) -> Opened:
    """Return the text of a form ready for publication: without empty headings, with the status `published`."""
    if opened.place.part != SOURCE:
        return opened
    text = without_empty_sections(opened.text)
    file = read_source_file(store().kinds[opened.place.kind], text)
    if file is not None and file.values.get("status", "draft") in ("", "draft"):
        text = with_status(text, "published")
    return replace(opened, text=text)
