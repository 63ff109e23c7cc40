"""The pages about the site itself: about, method, accessibility, privacy and whatever else is published."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from kb.records.record import Passage, Reading, State
from kb.web.http import i18n
from kb.web.http.redirects import moved
from kb.web.http.rendering import generation, render
from kb.web.pages.collection import collection
from kb.web.parts.passages import PagePart, files_of, section_html
from kb.web.parts.record_languages import language_lines
from kb.web.practices.page import line

# Pages that speak of whoever runs the installation; their texts cannot know who that is.
NAMING_OPERATOR = frozenset({"about", "accessibility", "privacy"})

# The page that says how much there is: its text does not, as every new record would make it wrong.
ABOUT = "about"

bp = Blueprint("pages", __name__, url_prefix="/<language:language>/pages")


@bp.get("/<record_id>")
def show(record_id: str) -> Response:
    """Show a page."""
    if (response := moved("pages", record_id)) is not None:
        return response
    reading = generation().catalog.reading("pages", record_id, i18n.current().code)
    parts = tuple(_part(reading, section) for section in reading.sections())
    head = line(reading, (reading.title, reading.passages["summary"]))
    lines = language_lines(reading)
    contents = tuple((part.id, part.heading) for part in parts)
    return render(
        "pages/show.html",
        reading=reading,
        parts=parts,
        head_line=head,
        lines=lines,
        links=contents,
        names_operator=reading.id in NAMING_OPERATOR,
        collection=collection() if reading.id == ABOUT else None,
    )


def _part(reading: Reading, section: Passage) -> PagePart:
    """Return a section; that a text is an original is worth no line on a page that is all of one hand."""
    found = line(reading, (section,), anchor=section.name)
    return PagePart(
        id=section.name,
        heading=section.heading or "",
        heading_language=section.language,
        html=section_html(section, {}, files_of(reading.bundle)),
        language=section.language,
        line=None if section.state is State.ORIGINAL else found,
    )
