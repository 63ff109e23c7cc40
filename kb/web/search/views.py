"""Search: one form, one address, one answer; all values of a filter, suggestions while typing, a feed of every search.

It works without script and without an index. Nothing that is typed is kept or logged.
"""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from kb.errors import Unavailable
from kb.search.query.search_query import SearchQuery
from kb.search.results.results import SearchResults
from kb.web.http import i18n
from kb.web.http.rendering import generation, render
from kb.web.http.robots_header import unlisted
from kb.web.search.autocomplete import suggestions
from kb.web.search.files import PER_FEED, feed_of, newest_first
from kb.web.search.help import found_help
from kb.web.search.page import SearchPage, search_page, values_page
from kb.web.search.workshop_results import for_records, found_workshops

bp = Blueprint("search", __name__)


@bp.get("/<language:language>/search")
def index() -> Response:
    """Show what a search finds, or all records where nothing is asked."""
    query = SearchQuery.from_params(request.args, i18n.current().code)
    page = find_page(query)
    if page is None:
        box = found_help(query, None).box
        return render("search/unavailable.html", query=query, box=box, is_kept=False)
    return render("search/index.html", page=page, is_kept=page.workshops.is_kept)


def find_page(query: SearchQuery) -> SearchPage | None:
    """Return everything that a search finds, for its page and for its files; `None` where there is no index."""
    results = _find(for_records(query))
    if results is None:
        return None
    workshops, help_pages = found_workshops(query, results), found_help(query, results)
    return search_page(query, workshops.among(query, help_pages.among(query, results)), workshops, help_pages)


@bp.get("/<language:language>/search/values")
def values() -> Response:
    """Show all values of a filter with what each would leave, or those whose names fit what was typed."""
    query = SearchQuery.from_params(request.args, i18n.current().code, per_page=1)
    results = _find(query)
    if results is None:
        return render("search/unavailable.html", query=query, box=None, is_kept=False)
    page = values_page(query, results, request.args.get("facet", ""), request.args.get("find", ""))
    return render("search/values.html", page=page)


@bp.get("/<language:language>/search/suggest")
def suggest() -> Response:
    """Answer with what may be meant by a word that is still being typed."""
    query = SearchQuery.from_params(request.args, i18n.current().code)
    response = jsonify(suggestions(query.text, generation().search))
    response.cache_control.no_store = True
    return response


@bp.get("/<language:language>/search.atom")
def feed() -> Response:
    """Answer with the newest records of a search, for programs that look again by themselves."""
    query = SearchQuery.from_params(request.args, i18n.current().code, per_page=PER_FEED)
    results = _find(newest_first(query))
    if results is None:
        raise Unavailable("there is no index")
    response = render("search/feed.xml", feed=feed_of(query, results))
    response.content_type = "application/atom+xml; charset=utf-8"
    return unlisted(response)


def _find(query: SearchQuery) -> SearchResults | None:
    """Return what was found, or `None` where there is no index, or a damaged one, which the follower mends."""
    view = generation().search
    try:
        return view.find(query) if view is not None else None
    except Unavailable:
        return None
