"""Views of download statistics: totals by tool, country and time, as a page and as CSV."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from kb.extensions import db
from kb.web.http.db_errors import needs_database
from kb.web.http.rendering import render
from kb.web.parts.csv_file import csv_response
from kb.web.tools.download_stats_page import csv_rows, downloads_page

bp = Blueprint("downloads", __name__)


@bp.get("/<language:language>/downloads")
@needs_database()
def index() -> Response:
    """Show the totals of a period."""
    page = downloads_page(db.session, request.args.get("period", ""))
    return render("tools/download_stats/index.html", is_kept=False, page=page, is_first=not request.args)


@bp.get("/<language:language>/downloads.csv")
@needs_database()
def table() -> Response:
    """Download all numbers as CSV."""
    return csv_response("praxis-downloads.csv", csv_rows(db.session))
