"""Views of the national situation: a country's profile, two to five side by side, and the extent on a map."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.kinds.country.membership import code_of
from kb.web.countries.page import find_reading
from kb.web.countries.profile.comparison import comparison_page
from kb.web.countries.profile.extent_map import extent_map
from kb.web.countries.profile.files import to_csv
from kb.web.countries.profile.forms import asked_cell, asked_countries, asked_theme
from kb.web.countries.profile.page import profile_page
from kb.web.http.rendering import render

bp = Blueprint("profiles", __name__, url_prefix="/<language:language>")


@bp.get("/<string(length=2):record_id>/situation")
def show(record_id: str) -> ResponseReturnValue:
    """Show how a country refers, assesses and informs, as far as it is known."""
    code = code_of(record_id)
    if code is None:
        abort(404)
    if code.lower() != record_id:
        return redirect(url_for("profiles.show", record_id=code.lower()), 301)
    return render("countries/profile/show.html", page=profile_page(code, find_reading(code)))


@bp.get("/countries/side-by-side")
def compare() -> ResponseReturnValue:
    """Show the answers of two to five countries, question by question; or download them as CSV."""
    page = comparison_page(asked_countries(), asked_theme())
    if request.args.get("format") == "csv" and page.has_enough:
        return to_csv(page)
    return render("countries/profile/comparison.html", page=page)


@bp.get("/countries/extent")
def extent() -> ResponseReturnValue:
    """Show on a map and in a table how far one actor puts one theme into practice."""
    return render("countries/profile/extent.html", page=extent_map(asked_cell()))
