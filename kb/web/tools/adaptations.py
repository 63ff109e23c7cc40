"""Adaptations: a tool as it is kept for one country."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from kb.web.http.redirects import moved
from kb.web.http.rendering import generation, render
from kb.web.tools.convert.start import begin_view
from kb.web.tools.family_summary import changed_words
from kb.web.tools.page import tool_page

bp = Blueprint("adaptations", __name__, url_prefix="/<language:language>/adaptations")


@bp.get("/<record_id>")
def show(record_id: str) -> Response:
    """Show an adaptation."""
    if (response := moved("adaptations", record_id)) is not None:
        return response
    page, begin = tool_page("adaptations", record_id), begin_view("adaptations", record_id)
    changed = changed_words(generation().catalog.columns["adaptations", record_id])
    return render("tools/show.html", page=page, begin=begin, countries=(), changed=changed)
