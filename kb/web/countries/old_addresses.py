"""Redirects from addresses of countries before the country became the second part of the path.

Apart because they stay for good: other sites, printed papers and short links hold them.
"""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from kb.kinds.country.membership import code_of

bp = Blueprint("old_countries", __name__, url_prefix="/<language:language>")


@bp.get("/countries/<record_id>")
def country(record_id: str) -> Response:
    """Redirect to the page of a country."""
    return _moved("countries.show", record_id)


@bp.get("/countries/<record_id>/situation")
def situation(record_id: str) -> Response:
    """Redirect to the national situation of a country."""
    return _moved("profiles.show", record_id)


@bp.get("/help/<record_id>")
def helplines(record_id: str) -> Response:
    """Redirect to the numbers of a country."""
    return _moved("help.show", record_id)


def _moved(endpoint: str, record_id: str) -> Response:
    code = code_of(record_id) or abort(404)
    address = url_for(endpoint, record_id=code.lower())
    query = request.query_string.decode(errors="replace")
    return redirect(f"{address}?{query}" if query else address, 301)
