"""Routes beside the translation editor: the translation memory of a text, and the search for a phrase in it."""

from __future__ import annotations

from flask import Blueprint, Response, request

from kb.accounts.permissions import Permission, require
from kb.publishing.authorization import writing
from kb.records.files.paths import RecordFile
from kb.web.editor.translation.memory_page import memory_page
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.rendering import render

bp = Blueprint("translating", __name__, url_prefix="/<language:language>/editor")


@bp.get("/<kind>/<record_id>/<part>/memory")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def memory(kind: str, record_id: str, part: str) -> Response:
    """Show translations of similar texts, or the lines with a phrase."""
    place = RecordFile(kind, record_id, part)
    require(signed_in(), writing(place))
    return render("editor/translation/memory.html", page=memory_page(place, request.args))
