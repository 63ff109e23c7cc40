"""Cards of practices and public workshops that other sites, such as learning platforms, show in a frame.

`security.py` lets only the sites of the setting frame them. A card is the same for all, signed in or not. It has no
script, no form and no menu, and its link opens a new window.
"""

from __future__ import annotations

from flask import Blueprint, current_app, url_for
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from kb.errors import Gone, NotFound
from kb.extensions import db
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.web.http import i18n
from kb.web.http.errors import WORDS
from kb.web.http.i18n import gettext as _
from kb.web.http.layout import absolute
from kb.web.http.redirects import moved
from kb.web.http.rendering import generation, render
from kb.web.http.robots_header import unlisted
from kb.web.parts.workshop_words import held_words, languages_words, localize
from kb.web.practices.page import PracticePage, practice_page
from kb.web.workshops.timetable import day_views
from kb.workshops.model import Workshop
from kb.workshops.plan import access

bp = Blueprint("embedding", __name__, url_prefix="/<language:language>/embed")


@bp.get("/practices/<record_id>")
def practice(record_id: str) -> Response:
    """Show the card of a practice."""
    if (response := moved("practices", record_id, "embedding.practice")) is not None:
        return response
    try:
        page = practice_page(generation().catalog.reading(PRACTICE, record_id, i18n.current().code))
    except NotFound:
        return _error_card(404)
    except Gone:
        return _error_card(410)
    return _practice_card(record_id, page)


def _practice_card(record_id: str, page: PracticePage) -> Response:
    language = page.practice.language if page.is_fallback else i18n.current().code
    address = absolute(url_for("practices.show", record_id=record_id, language=language))
    return _card("machines/embed/practice.html", page=page, address=address)


@bp.get("/workshops/<key>")
def workshop(key: str) -> Response:
    """Show the card of a public workshop; workshops by link have none."""
    try:
        return _workshop_card(access.public(db.session, key))
    except NotFound:
        return _error_card(404)
    except SQLAlchemyError:
        current_app.logger.exception("the database does not answer")
        return _error_card(503)


def _workshop_card(workshop: Workshop) -> Response:
    return _card(
        "machines/embed/workshop.html",
        is_kept=False,
        workshop=workshop,
        title=localize(workshop.title, workshop),
        audience=localize(workshop.audience, workshop),
        date=held_words(workshop),
        languages=languages_words(workshop),
        days=day_views(workshop),
        address=absolute(url_for("workshops.show", key=workshop.id)),
    )


def _error_card(status: int) -> Response:
    """Return an error as a card; error pages have menus, which would not work in a frame."""
    title, words = WORDS[status]
    address = absolute(url_for("home.index"))
    return _card("machines/embed/nothing.html", status=status, title=_(title), words=_(words), address=address)


def _card(template: str, *, status: int = 200, is_kept: bool = True, **values: object) -> Response:
    return unlisted(render(template, status=status, is_kept=is_kept, **values))
