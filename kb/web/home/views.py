"""View of the home page: search, themes, the map, what is new, links for each kind of visitor, and what is known."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from kb.web.home.page import home_page
from kb.web.http.rendering import render
from kb.web.practices.json_ld import home_data

bp = Blueprint("home", __name__)


@bp.get("/<language:language>/")
def index() -> Response:
    """Show the home page."""
    return render("home/index.html", page=home_page(), structured=home_data())
