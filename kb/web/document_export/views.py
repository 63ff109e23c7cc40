"""Views that export pages as Word, OpenDocument or PDF files: the address of the page with the format as extension."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.documents.blocks import Document
from kb.documents.formats import FORMATS
from kb.errors import NotFound, Rejected, Unavailable
from kb.kinds.country.guidance import ReaderRole
from kb.kinds.country.membership import code_of
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.search.query.search_query import SearchQuery
from kb.web.answers.forms import crime_of
from kb.web.answers.page import answer_page
from kb.web.answers.side_by_side import side_by_side_page
from kb.web.answers.views import ROLE
from kb.web.compare.page import ComparisonQuery, compare_page
from kb.web.countries.page import find_reading as find_country
from kb.web.countries.profile.comparison import FEWEST, comparison_page
from kb.web.countries.profile.forms import asked_countries, asked_theme
from kb.web.countries.profile.page import profile_page
from kb.web.document_export.answers import answer_document, side_by_side_answers
from kb.web.document_export.comparison import comparison_document
from kb.web.document_export.countries import profile_document, side_by_side_document
from kb.web.document_export.directory import is_area, paper_of, service_cards
from kb.web.document_export.lists import list_document, search_document
from kb.web.document_export.practice import practice_document
from kb.web.http import i18n
from kb.web.http.file_queue import attachment, build_and_make, not_made
from kb.web.http.rendering import generation, stamp
from kb.web.http.robots_header import unlisted
from kb.web.lists.page import list_page, selection_of
from kb.web.organisations.page import service_page
from kb.web.organisations.papers import PAPERS
from kb.web.practices.history import find_current_version
from kb.web.practices.page import find_reading as find_practice
from kb.web.search.page import find_page

bp = Blueprint("taking", __name__, url_prefix="/<language:language>/take")
bp.register_error_handler(Rejected, not_made("docx", "odt"))

_FORMAT = "<name>"
_FORMATS = ("docx", "odt", "pdf")
MOST_FOUND = 50


@bp.get(f"/practices/<record_id>.{_FORMAT}")
def practice(record_id: str, name: str) -> ResponseReturnValue:
    """Return a practice as a document."""
    if generation().catalog.find(PRACTICE, record_id) is None:
        raise NotFound(f"practices/{record_id}")
    reading, standing = find_practice(record_id), find_current_version(record_id)
    key = request.path if standing is not None else ""  # without the database, the document says less
    return _document_response(lambda: practice_document(reading, standing), f"praxis-{record_id}", name, key)


@bp.get(f"/countries/<record_id>.{_FORMAT}")
def country(record_id: str, name: str) -> ResponseReturnValue:
    """Return the national situation of a country as a document."""
    code = code_of(record_id)
    reading = find_country(code) if code is not None else None
    if code is None or reading is None:
        abort(404)
    return _document_response(
        lambda: profile_document(profile_page(code, reading)), f"praxis-{record_id}", name, request.path
    )


@bp.get(f"/answers/{ROLE}/<crime>/<record_id>.{_FORMAT}")
def answer(role: str, crime: str, record_id: str, name: str) -> ResponseReturnValue:
    """Return the answer for a country, a role and a crime group as a document."""
    code, group = code_of(record_id), crime_of(crime)
    if code is None or group is None or find_country(code) is None:
        abort(404)
    page = answer_page(code, ReaderRole(role), group)
    stem = f"praxis-{code.lower()}-{role}-{group.slug}"
    return _document_response(lambda: answer_document(page), stem, name, request.path)


@bp.get(f"/answers/{ROLE}/<crime>.{_FORMAT}")
def answers(role: str, crime: str, name: str) -> ResponseReturnValue:
    """Return the answers of several countries as a document."""
    codes, group = asked_countries(), crime_of(crime) or abort(404)
    address = url_for("answers.compare", role=role, crime=group.slug, c=codes)
    if len(codes) < FEWEST:
        return redirect(address, 303)
    page = side_by_side_page(codes, ReaderRole(role), group)
    return _document_response(lambda: side_by_side_answers(page, address), f"praxis-{role}-{group.slug}", name, address)


@bp.get(f"/side-by-side.{_FORMAT}")
def countries(name: str) -> ResponseReturnValue:
    """Return a comparison of countries as a document."""
    codes, theme = asked_countries(), asked_theme()
    if len(codes) < FEWEST:
        return redirect(url_for("profiles.compare"), 303)
    address = url_for("profiles.compare", c=codes, theme=theme or None)
    return _document_response(
        lambda: side_by_side_document(comparison_page(codes, theme), address), "praxis-side-by-side", name, address
    )


@bp.get(f"/compare.{_FORMAT}")
def comparison(name: str) -> ResponseReturnValue:
    """Return a comparison of practices as a document."""
    asked = ComparisonQuery.from_params(request.args)
    page = compare_page(asked)
    if not page.has_table:
        return redirect(asked.address(page.ids.split(",")), 303)
    address = asked.address(page.ids.split(","))
    return _document_response(lambda: comparison_document(page, address), "praxis-comparison", name, address)


@bp.get(f"/organisations/<area>/<area_paper>.{_FORMAT}")
def services(area: str, area_paper: str, name: str) -> ResponseReturnValue:
    """Return a paper of the directory for an area: wall map, desk table or cards."""
    if not is_area(area) or area_paper not in PAPERS:
        abort(404)
    return _document_response(lambda: paper_of(area_paper, area), f"praxis-{area}-{area_paper}", name, request.path)


@bp.get(f"/organisations/<record_id>/services/<service_id>.{_FORMAT}")
def service(record_id: str, service_id: str, name: str) -> ResponseReturnValue:
    """Return cards of one service."""
    page = service_page(record_id, service_id)
    stem = f"praxis-{record_id}-{service_id}"
    return _document_response(lambda: service_cards(page.service, page.service.address), stem, name, request.path)


@bp.get(f"/list.{_FORMAT}")
def listed(name: str) -> ResponseReturnValue:
    """Return a list by link with its notes as a document."""
    selection = selection_of(request.args)
    return _document_response(lambda: list_document(list_page(selection)), "praxis-list", name)


@bp.get(f"/search.{_FORMAT}")
def found(name: str) -> ResponseReturnValue:
    """Return the first fifty results of a search as a document."""
    query = SearchQuery.from_params(request.args, i18n.current().code, per_page=MOST_FOUND)

    def build() -> Document:
        page = find_page(query)
        if page is None:
            raise Unavailable("there is no index")
        return search_document(page)

    return _document_response(build, "praxis-search", name)


@bp.before_request
def _check_format() -> None:
    if (request.view_args or {}).get("name") not in _FORMATS:
        abort(404)


def _document_response(build: Callable[[], Document], stem: str, name: str, address: str = "") -> ResponseReturnValue:
    """Return a document as a response; with an `address`, its PDF is cached, so it must contain no typed text."""
    data = build_and_make(build, name, f"{address} {stamp()}" if address else "")
    response = attachment(data, f"{stem}-{i18n.current().code}.{name}", FORMATS[name].media_type)
    return unlisted(response)
