"""Views of the glossary: the terms of the vocabularies, with names in eight languages."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from kb.web.http.rendering import render
from kb.web.terms.page import glossary, term_page

bp = Blueprint("terms", __name__, url_prefix="/<language:language>/terms")


@bp.get("")
def index() -> Response:
    """Show all terms by letter, or those found."""
    return render("terms/index.html", page=glossary(request.args))


@bp.get("/<term_id>")
def show(term_id: str) -> Response:
    """Show a term."""
    return render("terms/show.html", page=term_page(term_id))
