"""Cards of practices and public workshops that other sites, such as learning platforms, show in a frame.

`security.py` lets the sites of the setting frame them, and nobody else. A card is the same for everybody, whoever is
signed in: it has no script, no form, no menu, and its link opens a window of its own.
"""

from __future__ import annotations

from flask import Blueprint, current_app, url_for
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from kb.errors import Gone, NotFound
from kb.extensions import db
from kb.web.http import i18n
from kb.web.http.errors import WORDS
from kb.web.http.i18n import gettext as _
from kb.web.http.layout import absolute
from kb.web.http.redirects import moved
from kb.web.http.rendering import generation, render
from kb.web.http.robots_header import unlisted
from kb.web.parts.workshop_words import held_words, languages_words, said
from kb.web.practices.page import practice_page
from kb.web.workshops.timetable import day_views
from kb.workshops.plan import access

bp = Blueprint("embedding", __name__, url_prefix="/<language:language>/embed")


@bp.get("/practices/<record_id>")
def practice(record_id: str) -> Response:
    """Show the card of a practice."""
    if (response := moved("practices", record_id, "embedding.practice")) is not None:
        return response
    try:
        page = practice_page(generation().catalog.reading("practices", record_id, i18n.current().code))
    except NotFound:
        return _nothing(404)
    except Gone:
        return _nothing(410)
    language = page.practice.language if page.is_fallback else i18n.current().code
    address = absolute(url_for("practices.show", record_id=record_id, language=language))
    return _card("machines/embed/practice.html", page=page, address=address)


@bp.get("/workshops/<key>")
def workshop(key: str) -> Response:
    """Show the card of a public workshop; one by link has none."""
    try:
        found = access.public(db.session, key)
        return _card(
            "machines/embed/workshop.html",
            is_kept=False,
            workshop=found,
            title=said(found.title, found),
            audience=said(found.audience, found),
            date=held_words(found),
            languages=languages_words(found),
            days=day_views(found),
            address=absolute(url_for("workshops.show", key=found.id)),
        )
    except NotFound:
        return _nothing(404)
    except SQLAlchemyError:
        current_app.logger.exception("the database does not answer")
        return _nothing(503)


def _nothing(status: int) -> Response:
    """Answer in the place of a card with what happened; the pages of errors have menus, which would not work there."""
    title, words = WORDS[status]
    address = absolute(url_for("home.index"))
    return _card("machines/embed/nothing.html", status=status, title=_(title), words=_(words), address=address)


def _card(template: str, *, status: int = 200, is_kept: bool = True, **values: object) -> Response:
    return unlisted(render(template, status=status, is_kept=is_kept, **values))
