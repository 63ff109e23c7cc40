"""How often tools are taken away: totals by tool, country and time, as a page and as a file for spreadsheets."""

from __future__ import annotations

from flask import Blueprint, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from kb.errors import Unavailable
from kb.extensions import db
from kb.web.downloads_page import downloads_page
from kb.web.downloads_page import table as all_numbers
from kb.web.rendering import render
from kb.web.spreadsheet import csv_response

bp = Blueprint("downloads", __name__)

_SILENT = "the database does not answer"


@bp.get("/<language:language>/downloads")
def index() -> Response:
    """Show the totals of a span of time."""
    try:
        page = downloads_page(db.session, request.args.get("period", ""))
    except SQLAlchemyError as error:
        raise Unavailable(_SILENT) from error
    return render("downloads/index.html", is_kept=False, page=page, is_first=not request.args)


@bp.get("/<language:language>/downloads.csv")
def table() -> Response:
    """Answer with every number as a file."""
    try:
        return csv_response("praxis-downloads.csv", all_numbers(db.session))
    except SQLAlchemyError as error:
        raise Unavailable(_SILENT) from error
