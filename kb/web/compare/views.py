"""View of the comparison: two to four practices side by side, field by field; the URL names them."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from werkzeug.wrappers import Response

from kb.web.compare.page import MOST, ComparisonQuery, compare_page
from kb.web.http.rendering import render
from kb.web.parts.practice_picker import exactly
from kb.web.parts.selected_practices import find_published

bp = Blueprint("compare", __name__)


@bp.get("/<language:language>/compare")
def show() -> Response:
    """Show the comparison, or the choice of practices; typed words that name one practice add it at once."""
    query = ComparisonQuery.from_params(request.args)
    ids = [entry.id for entry in find_published(query.ids)]
    if len(ids) < MOST and query.add and (named := exactly(query.add)) is not None:
        return redirect(query.address(dict.fromkeys([*ids, named])), 303)
    return render("compare/show.html", page=compare_page(query), is_kept=not query.add)
