"""Pieces of the editor for its scripts: the preview of a section, and the fields of a row that was left out."""

from __future__ import annotations

import re
from dataclasses import replace

from flask import Blueprint, Response, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from kb.accounts.permissions import Permission, require
from kb.editing.forms.form_values import plain
from kb.editing.forms.source_form import read_source_file
from kb.errors import NotFound
from kb.i18n import DEFAULT, LANGUAGES
from kb.problems import errors
from kb.publishing.authorization import writing
from kb.records.bundle import SOURCE, text_problems
from kb.records.files.paths import RecordFile
from kb.records.segments import SECTION_ID
from kb.web.editor.form.controls import controls_of
from kb.web.editor.form.section_previews import ROW_OF_SOURCE, files_beside, preview, row_of_original
from kb.web.editor.page import suggestions
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import store

bp = Blueprint("previewing", __name__, url_prefix="/<language:language>/editor")

# Maximum rows of a list of sources; more than any record has.
_MOST_SOURCES = 500
_SOURCE_ID = re.compile(r"[a-zA-Z0-9-]{1,40}")


@bp.post("/<kind>/<record_id>/<part>/section")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def section_submit(kind: str, record_id: str, part: str) -> ResponseReturnValue:
    """Return the HTML of a section, sanitized as for readers. Nothing is saved."""
    place, form = RecordFile(kind, record_id, part), request.form
    if kind not in store().kinds or not place.is_text:
        raise NotFound(place.record)
    require(signed_in(), writing(place))
    text = plain(form.get("text", ""))
    if found := errors(text_problems(text)):  # some of them would crash the Markdown library
        return _answer("", " ".join(each.text(_) for each in found), 422)
    return _answer(str(_preview(place, text)), "", 200)


@bp.post("/<kind>/<record_id>/<part>/row")
@permission_required(Permission.EDIT)
def row_submit(kind: str, record_id: str, part: str) -> ResponseReturnValue:
    """Return the HTML of a list with the one row that was opened, whose fields were not on the page."""
    place = RecordFile(kind, record_id, part)
    if kind not in store().kinds or place.part != SOURCE:
        raise NotFound(place.record)
    require(signed_in(), writing(place))
    html = _row_html(place)
    return _answer(html, "", 200 if html else 422)


def _row_html(place: RecordFile) -> str:
    """Return the controls of the row that `do` names (`open:field:index`); empty if there is none."""
    file = read_source_file(store().kinds[place.kind], request.form.get("text", "").replace("\r\n", "\n"))
    _verb, name, index = (*request.form.get("do", "").split(":"), "", "")[:3]
    field = next((each for each in file.fields if each.name == name), None) if file is not None else None
    if file is None or field is None or not index.isdecimal():
        return ""
    control = controls_of([field], file.values, suggestions(file))[0]
    row = next((each for each in control.rows if each.index == int(index)), None)
    if row is None:
        return ""
    action = url_for("editor.edit_submit", kind=place.kind, record_id=place.id, part=place.part)
    only = replace(control, rows=(row,))
    return render_template("editor/_row.html", control=only, action=action, language=file.language)


def _preview(place: RecordFile, text: str) -> Markup:
    """Return the section as readers will see it, using the posted name, language and sources."""
    form = request.form
    name, language = form.get("section", ""), form.get("language", "")
    sources = [each for each in form.getlist("source")[:_MOST_SOURCES] if _SOURCE_ID.fullmatch(each)]
    return preview(
        place,
        name if SECTION_ID.fullmatch(name) else "section",
        text,
        language if language in LANGUAGES else DEFAULT,
        {each: number for number, each in enumerate(sources, 1)},
        ROW_OF_SOURCE if place.part == SOURCE else row_of_original(place.kind, place.id),
        files_beside(place),
    )


def _answer(html: str, words: str, status: int) -> tuple[Response, int]:
    response = jsonify(html=html, words=words)
    response.cache_control.no_store = True
    return response, status
