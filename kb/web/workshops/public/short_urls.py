"""Short addresses of workshops, to be typed from a wall: `/w/` and the end of the link, on to the reader's language.

The short address ends with the whole token: 15 of 31 letters are 15 · log2(31) = 74.3 bits, as many as in the long one.
It is written in groups of five; how somebody types it, with or without the hyphens, in small letters or large, is the
same. Robots may ask for it and are told `noindex`: one that is told not to ask may still list the bare address.
"""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from kb.extensions import db
from kb.web.http import i18n
from kb.web.http.db_errors import needs_database
from kb.web.http.robots_header import unlisted
from kb.web.workshops.urls import language_of
from kb.workshops.plan import access

bp = Blueprint("workshop_short", __name__, url_prefix="/w")


@bp.get("/<key>")
@needs_database()
def show(key: str) -> Response:
    """Lead to a workshop."""
    return _lead("workshops.show", key)


@bp.get("/<key>/feedback")
@needs_database()
def feedback(key: str) -> Response:
    """Lead to the questions on a workshop."""
    return _lead("workshop_feedback.show", key)


def _lead(endpoint: str, typed: str) -> Response:
    token = "".join(letter for letter in typed.lower() if letter.isalnum())
    workshop = access.by_link(db.session, token)
    language = i18n.preferred(language_of(workshop))
    response = redirect(url_for(endpoint, key=token, language=language), 303)
    response.vary.add("Accept-Language")
    response.cache_control.no_store = True
    return unlisted(response, "noindex, nofollow")
