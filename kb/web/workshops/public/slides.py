"""Routes of the slides of a workshop: on one page for all its viewers, as a PDF, and as one offline HTML file.

Only trainers' slides have model answers. Trainers' notes are on no slides.
"""

from __future__ import annotations

from flask import Blueprint, abort
from flask.typing import ResponseReturnValue

from kb.documents.formats import FORMATS
from kb.errors import Rejected
from kb.web.http.db_errors import needs_database
from kb.web.http.file_queue import attachment, made_slides, not_made
from kb.web.http.robots_header import unlisted
from kb.web.workshops.file_names import download_name
from kb.web.workshops.public.page import find_visible, may_build
from kb.web.workshops.public.slides_page import (
    SLIDE_FORMATS,
    deck_of,
    offline_file,
    slides_page,
)

bp = Blueprint("workshop_slides", __name__, url_prefix="/<language:language>/workshops")
bp.register_error_handler(Rejected, not_made("html"))


@bp.get("/<key>/slides")
@needs_database()
def show(key: str) -> ResponseReturnValue:
    """Show all slides. A script shows them one at a time."""
    return slides_page(find_visible(key), key)


@bp.get("/<key>/slides.<name>")
@needs_database()
def take(key: str, name: str) -> ResponseReturnValue:
    """Return all slides as a PDF, or as one HTML file that works offline."""
    if name not in SLIDE_FORMATS:
        abort(404)
    workshop = find_visible(key)
    found = deck_of(workshop, has_answers=may_build(workshop))
    data = offline_file(found) if name == "html" else made_slides(found)
    file_name = download_name(workshop, f"slides-{'-'.join(found.languages)}.{name}")
    return unlisted(attachment(data, file_name, FORMATS[name].media_type))
