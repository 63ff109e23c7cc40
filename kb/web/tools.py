"""Tools: the list of all, and each with its sections and case fields."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from kb.search.collation import sort_key
from kb.web import i18n
from kb.web.convert_begin import begin_view
from kb.web.hits import hit_of
from kb.web.moved import moved
from kb.web.rendering import generation, render
from kb.web.tool_page import tool_page

bp = Blueprint("tools", __name__, url_prefix="/<language:language>/tools")


@bp.get("")
def index() -> Response:
    """Show all tools, by title."""
    code = i18n.current().code
    entries = sorted(generation().catalog.entries("tools"), key=lambda entry: sort_key(entry.title(code)[0], code))
    return render("tools/index.html", hits=[hit_of(entry) for entry in entries])


@bp.get("/<record_id>")
def show(record_id: str) -> Response:
    """Show a tool."""
    if (response := moved("tools", record_id)) is not None:
        return response
    return render("tools/show.html", page=tool_page("tools", record_id), begin=begin_view("tools", record_id))
