"""Render views to responses: one content generation per request, ETags, and cached pages.

A page's ETag covers everything it is made from: records and index, code, language, and the day ("overdue" changes at
midnight). Pages of signed-in users are never cached, as flash messages and menus change them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime

from flask import Flask, Response, current_app, g, make_response, render_template, request

from kb.content_store.store import ContentStore, Generation
from kb.web.http import compression, i18n
from kb.web.http.current_user import has_session, person
from kb.web.http.page_cache import SEARCHES_LIMIT, PageCache

# Settings that pages show.
_CACHED_SEARCHES = ("search.index",)  # endpoints whose pages are cached with their query
_SETTINGS_SHOWN = ("PUBLIC_URL", "LEAVE_URL", "OPERATOR", "CONTACT", "EMBED_ORIGINS")


def init_app(app: Flask) -> None:
    """Answer unchanged and cached pages early, and tell templates who is signed in."""
    app.extensions["kept"] = PageCache()
    app.extensions["kept searches"] = PageCache(SEARCHES_LIMIT)
    app.extensions["stamps"] = {}
    app.before_request(_answer_unchanged)
    app.before_request(_answer_from_cache)
    app.after_request(_cache_page)
    app.context_processor(lambda: {"person": person(), "has_session": has_session(), "language": i18n.current()})


def depends(app: Flask, endpoint: str, stamp: Callable[[], str]) -> None:
    """Add `stamp` to the ETag of one page; `stamp` must not query the database."""
    app.extensions["stamps"][endpoint] = stamp


def store() -> ContentStore:
    """Return the content store of this application."""
    found: ContentStore = current_app.extensions["store"]
    return found


def generation() -> Generation:
    """Return the content generation of this request, the same from its start to its end.

    For readers, a background thread swaps in what other processes published. A signed-in user may have published just
    now, and any process may answer the next request. So for that user the process checks itself (0.05 ms).
    """
    if "generation" not in g:
        if person() is not None:
            _look()
        g.generation = store().current()
    found: Generation = g.generation
    return found


def _look() -> None:
    try:
        store().refresh()
    except Exception:
        current_app.logger.exception("what other processes wrote is not seen now; the follower tries again")


def has_pages(kind: str) -> bool:
    """Whether records of a kind have their own pages; some kinds only serve other records."""
    return kind in store().kinds and store().kinds[kind].has_pages


def now() -> datetime:
    """Return the time of this request, the same from its start to its end."""
    if "now" not in g:
        g.now = current_app.extensions["clock"]()
    found: datetime = g.now
    return found


def today() -> date:
    """Return the date of this request."""
    return now().date()


def render(template: str, /, *, status: int = 200, is_kept: bool = True, **values: object) -> Response:
    """Return a rendered page. `is_kept` is false if the page may change before its ETag does."""
    return with_cache_headers(make_response(render_template(template, **values), status), is_kept=is_kept)


def with_cache_headers(response: Response, *, is_kept: bool = True) -> Response:
    """Return a response with cache headers, as a page has them."""
    if has_session() or person() is not None:
        response.cache_control.private = True
        response.cache_control.no_store = True
        response.vary.add("Cookie")
    elif response.status_code == 200 and is_kept:
        response.set_etag(stamp(), weak=True)
        response.cache_control.no_cache = True
        g.is_kept = True
    else:
        response.cache_control.no_store = True
    return response


def stamp() -> str:
    """Return a fingerprint of everything a page is made from except its address; computed once per request."""
    if "etag" not in g:
        g.etag = _new_stamp()
    found: str = g.etag
    return found


def _new_stamp() -> str:
    said = (str(current_app.config[name]) for name in _SETTINGS_SHOWN)
    further = current_app.extensions["stamps"].get(request.endpoint)
    more = (further(),) if further is not None else ()
    made_from = (
        generation().stamp,
        current_app.config["BUILD"],
        i18n.current().code,
        today().isoformat(),
        *said,
        *more,
    )
    return hashlib.sha256(" ".join(made_from).encode()).hexdigest()[:20]


def _answer_unchanged() -> Response | None:
    """Answer 304 before any other work: a reader with this ETag got it for the same address."""
    if request.method not in ("GET", "HEAD") or not request.if_none_match or has_session():
        return None
    tag = stamp()
    if not request.if_none_match.contains_weak(tag):
        return None
    response = Response(status=304)
    response.set_etag(tag, weak=True)
    response.cache_control.no_cache = True
    return response


def _answer_from_cache() -> Response | None:
    """Answer with the cached page."""
    if request.method not in ("GET", "HEAD") or has_session() or (cache := _page_cache()) is None:
        return None
    return cache.find(_name_of_page(), stamp())


def _cache_page(response: Response) -> Response:
    if g.pop("is_kept", False) and request.method == "GET" and (cache := _page_cache()) is not None:
        data = cache.keep(_name_of_page(), stamp(), response)
        if compression.is_wanted():  # it is sent as it is kept, compressed once
            response.set_data(data)
            compression.mark(response)
    return response


def _page_cache() -> PageCache | None:
    """Return the cache for this address. Searches have one of their own, so that they displace no other page."""
    found: PageCache | None = None
    if not request.query_string:
        found = current_app.extensions["kept"]
    elif request.endpoint in _CACHED_SEARCHES:
        found = current_app.extensions["kept searches"]
    return found


def _name_of_page() -> str:
    """Return the path. Of a query only a fingerprint, so that the cache has no list of what readers typed."""
    query = hashlib.sha256(request.query_string).hexdigest() if request.query_string else ""
    return f"{request.path} {query}" if query else request.path
