"""Sections of a source file in the editor, and their previews."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from kb.editing.forms.source_form import SourceFile
from kb.kinds.practice.model import SECTION_TITLES
from kb.records.files.paths import RecordFile
from kb.records.front_matter import Value
from kb.web.editor.form.completeness import section_hint
from kb.web.editor.form.controls import height_of, id_of
from kb.web.editor.form.own_texts import ReasonView, reason_views
from kb.web.editor.form.section_previews import ROW_OF_SOURCE, preview
from kb.web.http.i18n import gettext as _
from kb.web.parts.passages import Files


@dataclass(frozen=True)
class SectionView:
    """A section in the form. `heading` is editable if sections are free; `preview` is set on request.

    `hint` is the question that the section answers. `reason` is set if the section was made from another record's.
    """

    id: str
    control_id: str
    heading: str
    text: str
    is_free: bool
    preview: Markup | None = None
    hint: str = ""
    reason: ReasonView | None = None

    @property
    def height(self) -> int:
        """The height of its text in lines."""
        return height_of(self.text)


def section_views(file: SourceFile, place: RecordFile, previewed: str, files: Files) -> Iterator[SectionView]:
    """Yield the sections of the form. `previewed` is the name of the section to preview."""
    numbers = _source_numbers(file.values)
    headings = fixed_headings(file.kind.shape.name)
    reasons = reason_views(file)
    for section_id in file.section_ids():
        section = file.find(section_id)
        text, is_free = section.text if section else "", file.shape.sections is None
        yield SectionView(
            id=section_id,
            control_id=id_of(f"s.{section_id}"),
            heading=section.heading if section and is_free else headings.get(section_id, section_id),
            text=text,
            is_free=is_free,
            hint=section_hint(file.kind.shape.name, section_id),
            preview=preview(place, section_id, text, file.language, numbers, ROW_OF_SOURCE, files)
            if previewed == section_id
            else None,
            reason=reasons.get(section_id),
        )


def fixed_headings(kind: str) -> Mapping[str, str]:
    """Return the fixed section headings of a kind, in the reader's language."""
    return {key: _(words) for key, words in SECTION_TITLES.items()} if kind == "practices" else {}


def _source_numbers(values: Mapping[str, Value]) -> dict[str, int]:
    rows = values.get("sources")
    found = [row.get("id") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return {str(each): number for number, each in enumerate(found, 1) if each}
