"""Tools: the list of all, and each with its sections and case fields."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from kb.web.convert_begin import begin_view
from kb.web.moved import moved
from kb.web.rendering import render
from kb.web.tool_page import tool_page, tools_in_order

bp = Blueprint("tools", __name__, url_prefix="/<language:language>/tools")


@bp.get("")
def index() -> Response:
    """Show all tools."""
    return render("tools/index.html", hits=tools_in_order())


@bp.get("/<record_id>")
def show(record_id: str) -> Response:
    """Show a tool."""
    if (response := moved("tools", record_id)) is not None:
        return response
    return render("tools/show.html", page=tool_page("tools", record_id), begin=begin_view("tools", record_id))
