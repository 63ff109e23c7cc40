"""Short addresses of workshops, to be typed from a wall: `/w/` and the end of the link, on to the reader's language.

The short address ends with the whole token: 15 of 31 letters are 15 · log2(31) = 74.3 bits, as many as in the long one.
It is written in groups of five; how somebody types it, with or without the hyphens, in small letters or large, is the
same. Robots may ask for it and are told `noindex`: one that is told not to ask may still list the bare address.
"""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from kb.extensions import db
from kb.i18n import DEFAULT
from kb.web import i18n
from kb.web.frame import absolute
from kb.workshops import access
from kb.workshops.model import Workshop

bp = Blueprint("workshop_short", __name__, url_prefix="/w")

_GROUP = 5


@bp.get("/<key>")
def show(key: str) -> Response:
    """Lead to a workshop."""
    return _lead("workshops.show", key)


@bp.get("/<key>/feedback")
def feedback(key: str) -> Response:
    """Lead to the questions on a workshop."""
    return _lead("workshop_feedback.show", key)


def short_address(workshop: Workshop, *, to_feedback: bool = False) -> str:
    """Return the short address, as a camera reads it."""
    endpoint = "workshop_short.feedback" if to_feedback else "workshop_short.show"
    return absolute(url_for(endpoint, key=workshop.token))


def spelled(workshop: Workshop, *, to_feedback: bool = False) -> tuple[str, str]:
    """Return the short address as people read it, in two parts: without what a browser adds itself; in groups."""
    groups = "-".join(workshop.token[place : place + _GROUP] for place in range(0, len(workshop.token), _GROUP))
    endpoint = "workshop_short.feedback" if to_feedback else "workshop_short.show"
    before, typed, after = absolute(url_for(endpoint, key=groups)).removeprefix("https://").partition(groups)
    return before, typed + after


def _lead(endpoint: str, typed: str) -> Response:
    token = "".join(letter for letter in typed.lower() if letter.isalnum())
    workshop = access.by_link(db.session, token)
    offered = [each.code for each in i18n.offered()]
    fallback = workshop.language if workshop.language in offered else DEFAULT
    response = redirect(url_for(endpoint, key=token, language=i18n.preferred(fallback)), 303)
    response.vary.add("Accept-Language")
    response.cache_control.no_store = True
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
