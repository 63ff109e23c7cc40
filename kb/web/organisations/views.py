"""Views of the directory of support services."""

from __future__ import annotations

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response

from kb.web.http.country_urls import PLACE, home_country
from kb.web.http.redirects import moved
from kb.web.http.rendering import render
from kb.web.organisations.files import FORMATS, to_file
from kb.web.organisations.page import area_page, asked_of, countries, finder_page, readings_below, service_page

bp = Blueprint("organisations", __name__, url_prefix="/<language:language>")


@bp.get("/organisations")
@bp.get(f"/{PLACE}/organisations")
def index() -> Response:
    """Find services in the reader's country; without one, choose it."""
    if home_country() is None:
        return render("organisations/countries.html", countries=countries())
    asked = asked_of(request.args)
    # Whether a service is open changes by the minute.
    return render("organisations/index.html", page=finder_page(asked), is_kept=not asked.is_now)


@bp.get("/organisations/<record_id>")
def show(record_id: str) -> Response:
    """Show all services of an area."""
    if (response := moved("organisations", record_id)) is not None:
        return response
    return render("organisations/show.html", page=area_page(record_id))


@bp.get("/organisations/<record_id>.<table_format>")
def file(record_id: str, table_format: str) -> Response:
    """Return the services of an area as a file; those of a country with all its areas."""
    if table_format not in FORMATS:
        abort(404)
    return to_file(readings_below(record_id), f"praxis-services-{record_id}", table_format)


@bp.get("/organisations/<record_id>/<service_id>")
def service(record_id: str, service_id: str) -> Response:
    """Show one service."""
    return render("organisations/service.html", page=service_page(record_id, service_id))
