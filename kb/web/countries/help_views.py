"""Views of "Need help now?": numbers to call in each country, in few plain words for people in distress."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from kb.kinds.country import emergency_number
from kb.kinds.country.membership import code_of
from kb.web.countries.help_page import help_index_page, help_page
from kb.web.http.rendering import render
from kb.web.organisations.near import near

bp = Blueprint("help", __name__, url_prefix="/<language:language>")


@bp.get("/help")
def index() -> Response:
    """Let the reader choose a country; the site does not guess where a reader is."""
    return render("countries/help/index.html", page=help_index_page(), emergency=emergency_number)


@bp.get("/<string(length=2):record_id>/help")
def show(record_id: str) -> Response:
    """Show the numbers of a country; without checked ones, at least what is known."""
    code = code_of(record_id)
    if code is None:
        abort(404)
    if code.lower() != record_id:
        return redirect(url_for("help.show", record_id=code.lower()), 301)
    found = near(code, request.args, request.path)
    return render("countries/help/show.html", page=help_page(code), found=found, emergency=emergency_number)
