"""Routes of the translation matrix: progress of all records and languages, as a page and as a table."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.web.desk.translation_matrix_page import matrix_page, read_matrix_filter, table_rows
from kb.web.http.auth import permission_required
from kb.web.http.rendering import render
from kb.web.parts.csv_file import csv_response

bp = Blueprint("matrix", __name__, url_prefix="/<language:language>/desk")


@bp.get("/translations")
@permission_required(Permission.SEE_DESK)
def index() -> ResponseReturnValue:
    """Show one page of the filtered records."""
    return render(
        "desk/translation_matrix/show.html",
        page=matrix_page(read_matrix_filter(), request.args.get("page", 1, type=int)),
    )


@bp.get("/translations.csv")
@permission_required(Permission.SEE_DESK)
def download() -> ResponseReturnValue:
    """Return all filtered records as a table."""
    return csv_response("translations.csv", table_rows(read_matrix_filter()))
