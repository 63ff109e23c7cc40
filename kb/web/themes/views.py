"""Views of themes: the practice areas, from the four widest to the narrowest."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from kb.web.http.country_urls import PLACE
from kb.web.http.redirects import moved
from kb.web.http.rendering import render
from kb.web.themes.page import areas, theme_page

bp = Blueprint("themes", __name__, url_prefix="/<language:language>")


@bp.get("/themes")
def index() -> Response:
    """Show the widest areas with all areas below them."""
    return render("themes/index.html", areas=areas())


@bp.get("/themes/<record_id>")
@bp.get(f"/{PLACE}/themes/<record_id>")
def show(record_id: str) -> Response:
    """Show an area, with or without a record of its own."""
    if (response := moved("themes", record_id)) is not None:
        return response
    return render("themes/show.html", page=theme_page(record_id, request.args.get("sort", "")))
