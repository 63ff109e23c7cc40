"""oEmbed 1.0 endpoint: other sites send the address of a page, and get the frame of its card.

No address is fetched: the router parses it, and only practices and public workshops of this site have a card.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import Blueprint, Response, current_app, jsonify, request, url_for
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from kb.errors import NotFound
from kb.extensions import db
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.web.http import i18n
from kb.web.http.embed_code import HEIGHTS, WIDTH, frame_code
from kb.web.http.layout import absolute
from kb.web.http.rendering import generation
from kb.web.http.robots_header import unlisted
from kb.web.labels.facets import SITE
from kb.web.parts.workshop_words import localize
from kb.workshops.plan import access

bp = Blueprint("oembed", __name__)

LEAST = 200  # text in a smaller frame is not readable
_PRACTICES = frozenset({"practices.show", "permanent.show", "embedding.practice"})
_WORKSHOPS = frozenset({"workshops.show", "embedding.workshop"})
# The errors are in English, as only programs and their authors read them.
_WHICH_ADDRESSES = "Set “url” to the full address of a practice or public workshop on this site."


@bp.get("/oembed")
def show() -> Response:
    """Return the oEmbed object of the page with this address."""
    if (asked := request.args.get("format", "json")) != "json":
        return _error(501 if asked == "xml" else 422, "Only the “json” format is supported.")
    address = request.args.get("url", "")
    try:
        return _answer(_describe(*_find_card(address)))
    except NotFound:
        return _error(404 if address else 422, _WHICH_ADDRESSES)
    except SQLAlchemyError:
        current_app.logger.exception("the database does not answer")
        return _error(503, "Part of this site is temporarily unavailable")


def _describe(title: str, endpoint: str, values: Mapping[str, str]) -> dict[str, Any]:
    """Return the oEmbed object of a card, with the code of its frame where other sites may show one."""
    width, height = _at_most("maxwidth", WIDTH), _at_most("maxheight", HEIGHTS[endpoint])
    described: dict[str, Any] = {
        "version": "1.0",
        "type": "link",
        "title": title,
        "provider_name": SITE,
        "provider_url": absolute(url_for("home.index")),
    }
    if code := frame_code(endpoint, title, (width, height), **values):
        described |= {"type": "rich", "html": code, "width": width, "height": height}
    return described


def _find_card(address: str) -> tuple[str, str, dict[str, str]]:
    """Return the title of a page, and endpoint and values of its card. Raises `NotFound` for pages without one."""
    endpoint, values = _route(address)
    if (code := values.get("language")) is not None:
        i18n.speak(code)
    if endpoint in _PRACTICES:
        catalog = generation().catalog
        entry = catalog.find(PRACTICE, catalog.resolve(PRACTICE, values["record_id"]))
        if entry is not None:
            return entry.title(i18n.current().code)[0], "embedding.practice", {"record_id": entry.id}
    if endpoint in _WORKSHOPS:
        workshop = access.public(db.session, values["key"])
        return localize(workshop.title, workshop).text, "embedding.workshop", {"key": workshop.id}
    raise NotFound(endpoint)


def _route(address: str) -> tuple[str, dict[str, str]]:
    """Return endpoint and values of an address of this site. Raises `NotFound` for any other."""
    site = urlsplit(str(current_app.config["PUBLIC_URL"]))
    before = site.path.rstrip("/")
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise NotFound("address") from error
    is_ours = (parts.scheme, parts.netloc) == (site.scheme, site.netloc) and parts.path.startswith(f"{before}/")
    if not is_ours:
        raise NotFound("address")
    try:
        router = current_app.url_map.bind("localhost")
        endpoint, values = router.match(unquote(parts.path.removeprefix(before)), "GET")
    except (HTTPException, RequestRedirect) as error:
        raise NotFound("address") from error
    return endpoint, dict(values)


def _at_most(name: str, usual: int) -> int:
    text = request.args.get(name, "")
    limit = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else usual
    return min(usual, max(LEAST, limit))


def _error(status: int, words: str) -> Response:
    return _answer({"error": words}, status)


def _answer(value: dict[str, Any], status: int = 200) -> Response:
    response = jsonify(value)
    response.status_code = status
    response.cache_control.no_store = True
    return unlisted(response)
