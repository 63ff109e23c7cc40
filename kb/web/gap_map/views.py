"""The gap map: where Europe has practices and where it has none, as a page and as a file for spreadsheets."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from kb.errors import Unavailable
from kb.web.gap_map.files import to_csv
from kb.web.gap_map.page import GapMapQuery, find_map, gap_map_page
from kb.web.http.rendering import render

bp = Blueprint("gaps", __name__)


@bp.get("/<language:language>/gaps")
def index() -> Response:
    """Show the map."""
    page = gap_map_page(GapMapQuery.from_params(request.args))
    return render("gap_map/index.html", is_kept=page.map is not None, page=page, is_first=not request.args)


@bp.get("/<language:language>/gaps.csv")
def download() -> Response:
    """Answer with the same table as a file."""
    gap_map = find_map(GapMapQuery.from_params(request.args))
    if gap_map is None:
        raise Unavailable("there is no index")
    return to_csv(gap_map)
