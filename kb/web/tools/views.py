"""Tools: the list of all, and each with its sections and case fields."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from kb.web.http.redirects import moved
from kb.web.http.rendering import render
from kb.web.tools.convert.start import begin_view
from kb.web.tools.family import family_of
from kb.web.tools.family_summary import countries_with
from kb.web.tools.page import tool_page, tools_in_order

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
    page, begin = tool_page("tools", record_id), begin_view("tools", record_id)
    return render("tools/show.html", page=page, begin=begin, countries=countries_with(record_id), changed="")


@bp.get("/<record_id>/family")
def family(record_id: str) -> Response:
    """Show what countries have made of a tool."""
    if (response := moved("tools", record_id)) is not None:
        return response
    return render("tools/family.html", family=family_of(record_id))
