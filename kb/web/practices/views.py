"""Views of practices: the list, the page of each, its changes and earlier versions, and how to cite it."""

from __future__ import annotations

from flask import Blueprint
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from kb.errors import NotFound
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.web.http import i18n
from kb.web.http.embed_code import frame_code
from kb.web.http.redirects import moved
from kb.web.http.rendering import generation, render, with_cache_headers
from kb.web.practices.citation import FORMATS, citation_of, reference_of
from kb.web.practices.history import find_current_version, list_changes, load_past, load_version
from kb.web.practices.json_ld import practice_data
from kb.web.practices.page import find_reading, more_like, practice_page

bp = Blueprint("practices", __name__, url_prefix="/<language:language>/practices")


@bp.get("/<record_id>")
def show(record_id: str) -> Response:
    """Show a practice."""
    if (response := moved("practices", record_id)) is not None:
        return response
    reading, standing = find_reading(record_id), find_current_version(record_id)
    page = practice_page(reading, standing)
    similar = more_like("practices", record_id, besides=reading.record.related)
    structured = practice_data(page, standing)
    is_kept = standing is not None
    return render("practices/show.html", is_kept=is_kept, page=page, similar=similar, structured=structured)


@bp.get("/<record_id>/changes")
def changes(record_id: str) -> Response:
    """Show what changed in a practice."""
    if (response := moved("practices", record_id, "practices.changes")) is not None:
        return response
    steps = list_changes(record_id)
    # A person's wish not to be named takes effect at once, so pages with names are not cached.
    has_names = any(step.author for step in steps)
    return render("practices/changes.html", is_kept=not has_names, reading=find_reading(record_id), steps=steps)


@bp.get("/<record_id>/versions/<int:number>")
def version(record_id: str, number: int) -> Response:
    """Show a past version of a practice. It is never cached: its text may be erased on request."""
    if (response := moved("practices", record_id, "practices.version", number=number)) is not None:
        return response
    found = load_version(record_id, number)
    page = practice_page(found.bundle.reading(i18n.current().code), is_version=True)
    is_retired = generation().catalog.find(PRACTICE, record_id) is None
    return render("practices/version.html", is_kept=False, page=page, version=found, is_retired=is_retired)


@bp.get("/<record_id>/cite")
def cite(record_id: str) -> Response:
    """Show how to cite a practice."""
    if (response := moved("practices", record_id, "practices.cite")) is not None:
        return response
    reading = find_reading(record_id)
    reference = reference_of(reading, citation_of(reading, load_past(record_id)))
    code = frame_code("embedding.practice", reading.title.text, record_id=record_id)
    formats = tuple(FORMATS.values())
    return render("practices/cite.html", reading=reading, reference=reference, formats=formats, frame_code=code)


@bp.get("/<record_id>.<any(bib, ris, 'csl.json'):ending>")
def citation(record_id: str, ending: str) -> Response:
    """Return the citation of a practice as a file for a program."""
    if (response := moved("practices", record_id, "practices.citation", ending=ending)) is not None:
        return response
    if (citation_format := FORMATS.get(ending)) is None:
        raise NotFound(ending)
    text = citation_format.write(citation_of(find_reading(record_id), load_past(record_id)))
    response = FlaskResponse(text, content_type=f"{citation_format.media_type}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{record_id}.{ending}"'
    return with_cache_headers(response)
