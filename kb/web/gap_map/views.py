"""Views of the gap map: where Europe has practices and where they are missing, as a page and as CSV."""

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
    """Download the same table as CSV."""
    gap_map = find_map(GapMapQuery.from_params(request.args))
    if gap_map is None:
        raise Unavailable("there is no index")
    return to_csv(gap_map)
