"""Short URLs of workshops, for typing from a wall: `/w/` and the link token, redirecting to the reader's language.

A short URL contains the whole token: 15 of 31 letters are 15 · log2(31) = 74.3 bits, as many as in the long URL. It is
displayed in groups of five. Hyphens and letter case do not matter when it is typed. Robots may request it and get
`noindex`. A robot that is forbidden to request a URL may still list the bare URL.
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
    """Redirect to a workshop."""
    return _lead("workshops.show", key)


@bp.get("/<key>/feedback")
@needs_database()
def feedback(key: str) -> Response:
    """Redirect to the feedback form of a workshop."""
    return _lead("workshop_feedback.show", key)


def _lead(endpoint: str, typed: str) -> Response:
    token = "".join(letter for letter in typed.lower() if letter.isalnum())
    workshop = access.by_link(db.session, token)
    language = i18n.preferred(language_of(workshop))
    response = redirect(url_for(endpoint, key=token, language=language), 303)
    response.vary.add("Accept-Language")
    response.cache_control.no_store = True
    return unlisted(response, "noindex, nofollow")
