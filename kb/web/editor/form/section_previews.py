"""Previews of sections as readers will see them. Source numbers link to the sources of the editor page."""

from __future__ import annotations

from collections.abc import Mapping

from flask import url_for
from markupsafe import Markup

from kb.editing.forms.attachments import files_to_show
from kb.extensions import db
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.record import Passage, State
from kb.web.http.auth import signed_in
from kb.web.http.rendering import has_pages, store
from kb.web.parts.blank_marks import gap_names_of, mark_gaps, with_gaps
from kb.web.parts.passages import Files, record_link, section_html, shown_files

# Link target of a source number: its row in the form.
ROW_OF_SOURCE = "#f-sources-%(index)s"


def preview(
    place: RecordFile, name: str, text: str, language: str, numbers: Mapping[str, int], sources: str, files: Files = ()
) -> Markup:
    """Return a section as readers will see it. Its source marks link to the sources on this page."""
    gaps = gap_names_of(place.kind, place.id, language)
    shown = text if gaps is None else with_gaps(text, gaps)
    html = str(section_html(Passage(name, shown, language, State.ORIGINAL), numbers, files))
    for source_id, number in numbers.items():
        target = sources % {"id": source_id, "index": number - 1}
        html = html.replace(f'href="#source-{source_id}"', f'href="{target}"')
    return mark_gaps(html)  # cleaned by `section_html`; source ids are letters, digits and hyphens


def files_beside(place: RecordFile) -> Files:
    """Return the images and documents that texts of this record may show to its editors."""
    key = (place.kind, place.id)
    return shown_files(key, files_to_show(db.session, store(), signed_in(), key))


def row_of_original(kind: str, record_id: str) -> str:
    """Return the link target of a source number in a translation's preview: the page of the original.

    For a kind without pages, it is the row of the source in the editor.
    """
    if not has_pages(kind):
        return f"{url_for('editor.edit', kind=kind, record_id=record_id, part=SOURCE)}{ROW_OF_SOURCE}"
    return f"{record_link(f'{kind}/{record_id}')}#source-%(id)s"
