"""Views of the pages about the site: those that are published as records, and the one that counts what is missing."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from kb.web.http.redirects import moved
from kb.web.http.rendering import render
from kb.web.pages.missing import about_links, shortfalls
from kb.web.pages.page import site_page

bp = Blueprint("pages", __name__, url_prefix="/<language:language>")


@bp.get("/pages/<record_id>")
def show(record_id: str) -> Response:
    """Show a page."""
    if (response := moved("pages", record_id)) is not None:
        return response
    return render("pages/show.html", page=site_page(record_id))


@bp.get("/about/missing")
def missing() -> Response:
    """Show what is missing here, counted from the records."""
    return render("pages/missing.html", groups=shortfalls(), path=about_links())
