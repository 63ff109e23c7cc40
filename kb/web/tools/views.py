"""Views of tools: the list, the page of each tool and of its family, and the page of each adaptation to a country."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from kb.web.http.country_urls import PLACE
from kb.web.http.layout import show_same_as
from kb.web.http.redirects import moved
from kb.web.http.rendering import render
from kb.web.tools.family import family_of
from kb.web.tools.list_page import list_page
from kb.web.tools.page import find_adaptation, tool_page

bp = Blueprint("tools", __name__, url_prefix="/<language:language>")
adaptations = Blueprint("adaptations", __name__, url_prefix="/<language:language>/adaptations")


@bp.get("/tools")
@bp.get(f"/{PLACE}/tools")
def index() -> Response:
    """Show all tools."""
    return render("tools/index.html", page=list_page())


@bp.get("/tools/<record_id>")
@bp.get(f"/{PLACE}/tools/<record_id>")
def show(record_id: str) -> Response:
    """Show a tool; in a country that adapted it, the adaptation."""
    if (response := moved("tools", record_id)) is not None:
        return response
    if (adapted := find_adaptation(record_id)) is not None:
        show_same_as("adaptations.show", record_id=adapted)
        return _show("adaptations", adapted)
    return _show("tools", record_id)


@bp.get("/tools/<record_id>/family")
def family(record_id: str) -> Response:
    """Show the adaptations of a tool."""
    if (response := moved("tools", record_id)) is not None:
        return response
    return render("tools/family.html", family=family_of(record_id))


@adaptations.get("/<record_id>", endpoint="show")
def show_adaptation(record_id: str) -> Response:
    """Show an adaptation."""
    if (response := moved("adaptations", record_id)) is not None:
        return response
    return _show("adaptations", record_id)


def _show(kind: str, record_id: str) -> Response:
    return render("tools/show.html", page=tool_page(kind, record_id))
