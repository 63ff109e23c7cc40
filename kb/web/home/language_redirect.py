"""Redirect from `/` to the home page in the language that the reader's browser prefers."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from kb.web.http import i18n

bp = Blueprint("language", __name__)


@bp.get("/")
def index() -> Response:
    """Redirect to the home page in the reader's language."""
    response = redirect(url_for("home.index", language=i18n.preferred()), 302)
    response.vary.add("Accept-Language")
    response.cache_control.no_cache = True
    return response
