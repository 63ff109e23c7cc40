"""From a view to an answer: one generation for each request, and an answer that costs a 304 the second time.

A page's ETag stands for everything it is made from: records and index, code, language, day ("overdue" changes at
midnight). Who is signed in gets pages that are never kept, as messages and menus change them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime

from flask import Flask, Response, current_app, g, make_response, render_template, request

from kb.content_store.store import ContentStore, Generation
from kb.web.http import i18n
from kb.web.http.current_user import has_session, person
from kb.web.http.page_cache import PageCache

# Settings that stand in pages.
_SETTINGS_SHOWN = ("PUBLIC_URL", "LEAVE_URL", "OPERATOR", "CONTACT", "EMBED_ORIGINS")


def init_app(app: Flask) -> None:
    """Answer unchanged and kept pages early, and give templates who asks."""
    app.extensions["kept"] = PageCache()
    app.extensions["stamps"] = {}
    app.before_request(_answer_unchanged)
    app.before_request(_answer_from_cache)
    app.after_request(_cache_page)
    app.context_processor(lambda: {"person": person(), "has_session": has_session(), "language": i18n.current()})


def depends(app: Flask, endpoint: str, stamp: Callable[[], str]) -> None:
    """Let the ETag of one page stand for something more, of which `stamp` asks no database."""
    app.extensions["stamps"][endpoint] = stamp


def store() -> ContentStore:
    """Return the content store of this application."""
    found: ContentStore = current_app.extensions["store"]
    return found


def generation() -> Generation:
    """Return the generation that this request keeps from its start to its end.

    For readers the follower swaps in what other processes published. Whoever is signed in may have published it just
    now, and is led to the page by whichever process answers: hers looks itself (0.05 ms).
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
    """Whether records of a kind have a page each; those of some kinds are there for other records alone."""
    return kind in store().kinds and store().kinds[kind].has_pages


def now() -> datetime:
    """Return the moment of this request, which is the same from its start to its end."""
    if "now" not in g:
        g.now = current_app.extensions["clock"]()
    found: datetime = g.now
    return found


def today() -> date:
    """Return the day of this request."""
    return now().date()


def render(template: str, /, *, status: int = 200, is_kept: bool = True, **values: object) -> Response:
    """Return a page. `is_kept` is false for one that may change before anything in its ETag does."""
    return with_cache_headers(make_response(render_template(template, **values), status), is_kept=is_kept)


def with_cache_headers(response: Response, *, is_kept: bool = True) -> Response:
    """Return an answer with what says how long it holds, as for a page."""
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
    """Return what stands for everything a page is made from but its address; made once for each request."""
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
    """Answer 304 before any work: a reader who has this ETag was given it for the same address."""
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
    """Answer with the page as it was made for somebody else before."""
    if request.method not in ("GET", "HEAD") or request.query_string or has_session():
        return None
    return _page_cache().find(request.path, stamp())


def _cache_page(response: Response) -> Response:
    if g.pop("is_kept", False) and request.method == "GET" and not request.query_string:
        _page_cache().keep(request.path, stamp(), response)
    return response


def _page_cache() -> PageCache:
    found: PageCache = current_app.extensions["kept"]
    return found
