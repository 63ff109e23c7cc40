"""Search: one form and one address; all values of a filter, suggestions while typing, a feed, support by language.

It works without JavaScript and without an index. Nothing that is typed is stored or logged.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, jsonify, request
from werkzeug.wrappers import Response

from kb.errors import Unavailable
from kb.search.query.search_query import SearchQuery
from kb.web.http import i18n
from kb.web.http.country_urls import PLACE
from kb.web.http.rendering import render
from kb.web.http.robots_header import unlisted
from kb.web.practices.page import practices_by_title
from kb.web.practices.views import bp as practices
from kb.web.search.autocomplete import suggestions
from kb.web.search.files import PER_FEED, make_feed, newest_first
from kb.web.search.help import find_help
from kb.web.search.language_support import language_rows
from kb.web.search.page import find_page, find_results, per_page, practices_page, values_page

bp = Blueprint("search", __name__)
languages = Blueprint("search_languages", __name__)


@bp.get("/<language:language>/search")
@bp.get(f"/<language:language>/{PLACE}/search")
def index() -> Response:
    """Show the results of a search, or all records if the query is empty."""
    query = SearchQuery.from_params(request.args, i18n.current().code, per_page=per_page(request.args.get("q", "")))
    page = find_page(query)
    if page is None:
        box = find_help(query, None).box
        return render("search/unavailable.html", query=query, box=box, is_kept=False)
    return render("search/index.html", page=page, is_kept=page.workshops.is_kept)


@practices.get("", endpoint="index")
def show_practices() -> Response:
    """Show the practices by title, with search and filters; without an index all at once."""
    page = practices_page()
    if page is None:
        return render("practices/index.html", hits=practices_by_title())
    return render("search/index.html", page=page)


@bp.get("/<language:language>/search/values")
def values() -> Response:
    """Show all values of a filter with their numbers of results, or those whose names match the typed text."""
    query = replace(
        SearchQuery.from_params(request.args, i18n.current().code, per_page=1), is_grouped=True, is_cut=True
    )
    results = find_results(query)
    if results is None:
        return render("search/unavailable.html", query=query, box=None, is_kept=False)
    page = values_page(query, results, request.args.get("facet", ""), request.args.get("find", ""))
    return render("search/values.html", page=page)


@bp.get("/<language:language>/search/suggest")
def suggest() -> Response:
    """Return suggestions for a word that is still being typed."""
    query = SearchQuery.from_params(request.args, i18n.current().code)
    response = jsonify(suggestions(query.text))
    response.cache_control.no_store = True
    return response


@bp.get("/<language:language>/search.atom")
def feed() -> Response:
    """Return the newest records of a search as a feed."""
    query = SearchQuery.from_params(request.args, i18n.current().code, per_page=PER_FEED)
    results = find_results(newest_first(query))
    if results is None:
        raise Unavailable("there is no index")
    response = render("changes/feed.xml", feed=make_feed(query, results))
    response.content_type = "application/atom+xml; charset=utf-8"
    return unlisted(response)


@languages.get("/<language:language>/search/languages", endpoint="index")
def show_languages() -> Response:
    """Show what the search supports in each language."""
    return render("search/languages.html", rows=language_rows())
