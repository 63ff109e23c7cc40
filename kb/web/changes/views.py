"""Views of what changed: a page and an Atom feed, both by country, role and article of law."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from kb.web.changes.files import changes_feed
from kb.web.changes.page import ChangesQuery, changes_page
from kb.web.http.rendering import render
from kb.web.http.robots_header import unlisted

bp = Blueprint("what_changed", __name__)


@bp.get("/<language:language>/changes")
def index() -> Response:
    """Show the latest changes."""
    page = changes_page(ChangesQuery.from_params(request.args))
    return render("changes/index.html", is_kept=page.is_whole, page=page, is_first=not request.args)


@bp.get("/<language:language>/changes.atom")
def feed() -> Response:
    """Return the latest changes as a feed."""
    response = render("changes/feed.xml", feed=changes_feed(ChangesQuery.from_params(request.args)))
    response.content_type = "application/atom+xml; charset=utf-8"
    return unlisted(response)
