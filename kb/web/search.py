"""The search page: one form, one address, one answer; it works without script and without an index."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from kb.errors import Unavailable
from kb.search.query import SearchQuery
from kb.search.results import SearchResults
from kb.web import i18n
from kb.web.rendering import generation, render
from kb.web.search_page import search_page

bp = Blueprint("search", __name__)


@bp.get("/<language:language>/search")
def index() -> Response:
    """Show what a search finds, or all records where nothing is asked."""
    query = SearchQuery.from_params(request.args, i18n.current().code)
    results = _find(query)
    if results is None:
        return render("search/unavailable.html", query=query, is_kept=False)
    return render("search/index.html", page=search_page(query, results))


def _find(query: SearchQuery) -> SearchResults | None:
    """Return what was found, or `None` where there is no index, or a damaged one, which the follower mends."""
    view = generation().search
    try:
        return view.find(query) if view is not None else None
    except Unavailable:
        return None
