"""Views of the pages about the site: about, method, accessibility, privacy and any others that are published."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from kb.web.http.redirects import moved
from kb.web.http.rendering import render
from kb.web.pages.page import site_page

bp = Blueprint("pages", __name__, url_prefix="/<language:language>/pages")


@bp.get("/<record_id>")
def show(record_id: str) -> Response:
    """Show a page."""
    if (response := moved("pages", record_id)) is not None:
        return response
    return render("pages/show.html", page=site_page(record_id))
