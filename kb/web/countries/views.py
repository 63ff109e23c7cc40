"""Views of countries: all of them on a map and in a table, and the page of each."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from kb.kinds.country import emergency_number
from kb.kinds.country.membership import code_of
from kb.web.countries.page import countries_page, country_page
from kb.web.countries.profile.page import profile_page
from kb.web.http.redirects import moved
from kb.web.http.rendering import render
from kb.web.organisations.near import near

bp = Blueprint("countries", __name__, url_prefix="/<language:language>")


@bp.get("/countries")
def index() -> Response:
    """Show all countries."""
    return render("countries/index.html", page=countries_page(request.args.get("sort", "")))


@bp.get("/<string(length=2):record_id>/")
def show(record_id: str) -> Response:
    """Show a country, with or without a record."""
    if (response := moved("countries", record_id)) is not None:
        return response
    code = code_of(record_id)
    if code is None:
        abort(404)
    if code.lower() != record_id:
        return redirect(url_for("countries.show", record_id=code.lower()), 301)
    page, found = country_page(code), near(code, request.args, request.path)
    situation = profile_page(code, page.reading, is_apart=True)
    return render("countries/show.html", page=page, situation=situation, found=found, emergency=emergency_number)
