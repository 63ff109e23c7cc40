"""Practices: the list of all, and the page of each."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from kb.search.collation import sort_key
from kb.web import i18n
from kb.web.hits import hits
from kb.web.moved import moved
from kb.web.practice_page import practice_page
from kb.web.rendering import generation, render
from kb.web.similar import more_like

bp = Blueprint("practices", __name__, url_prefix="/<language:language>/practices")


@bp.get("")
def index() -> Response:
    """Show all published practices by title, in the order of the reader's alphabet."""
    code = i18n.current().code
    entries = sorted(generation().catalog.entries("practices"), key=lambda entry: sort_key(entry.title(code)[0], code))
    return render("practices/index.html", hits=hits(entry.key for entry in entries))


@bp.get("/<record_id>")
def show(record_id: str) -> Response:
    """Show a practice."""
    if (response := moved("practices", record_id)) is not None:
        return response
    reading = generation().catalog.reading("practices", record_id, i18n.current().code)
    similar = more_like("practices", record_id, besides=reading.record.related)
    return render("practices/show.html", page=practice_page(reading), similar=similar)
