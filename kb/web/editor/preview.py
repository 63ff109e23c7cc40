"""Live preview of a section while it is edited, for kb/web/static/js/preview.js only."""

from __future__ import annotations

import re

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from kb.accounts.permissions import Permission, require
from kb.editing.forms.form_values import plain
from kb.errors import NotFound
from kb.i18n import DEFAULT, LANGUAGES
from kb.problems import errors
from kb.publishing.authorization import writing
from kb.records.bundle import SOURCE, text_problems
from kb.records.files.paths import RecordFile
from kb.records.segments import SECTION_ID
from kb.web.editor.form.section_previews import ROW_OF_SOURCE, files_beside, preview, row_of_original
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
