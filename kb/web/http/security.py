"""What guards every answer and every request that changes something; nothing here knows a page."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request

from kb.extensions import csrf
from kb.web.http.current_user import person

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# No inline script or style, nothing from other sites, no plugins, no frames, forms to ourselves alone.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)
# Pages that other sites may show in a frame, where the settings allow it: they hold words, signs and links alone.
CARDS = "embedding"
_POLICY_OF_CARDS = "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Pages that post, besides those of people who are signed in. Under "no-referrer" a browser calls the origin of a post
# "null" (Fetch, section 3.2), and without https it may send nothing else by which we could know our own pages.
_WITH_FORMS = frozenset(
    {
        *("account", "audit", "desk", "editor", "lists", "people", "revisions", "second_step"),
        *("adapting", "converting", "submit", "suggest", "suggestions", "tickets"),
        *("workshop_builder", "workshop_items", "workshop_slots", "workshop_feedback"),
    }
)
TWO_YEARS = 2 * 365 * 24 * 60 * 60


def init_app(app: Flask) -> None:
    """Guard every request and answer. Whoever finds out who is signed in must have been registered before."""
    app.before_request(_refuse_foreign_posts)
    app.after_request(_add_headers)


def _refuse_foreign_posts() -> None:
    """Let only our own pages change something; who is signed in has to bring a token as well.

    Readers without an account get no token, as that would need a cookie: the browser's word is enough for them.
    """
    if request.method in SAFE_METHODS:
        return
    if not _is_from_here():
        abort(403)
    if person() is not None:
        csrf.protect()


def _is_from_here() -> bool:
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    # Browsers leave that header out on plain http, and older ones everywhere.
    ours = urlsplit(current_app.config["PUBLIC_URL"])
    return request.headers.get("Origin") == f"{ours.scheme}://{ours.netloc}"


def _add_headers(response: Response) -> Response:
    has_forms = request.blueprint in _WITH_FORMS or person() is not None
    if has_forms and not current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Referrer-Policy", "same-origin")
    for name, value in (_headers_of_cards() if request.blueprint == CARDS else HEADERS).items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={TWO_YEARS}")
    return response


def _headers_of_cards() -> Mapping[str, str]:
    """Return what guards a card: no script, no form, and a frame on the sites that the settings name.

    X-Frame-Options knows no list of sites, so it stays only where there is none.
    """
    origins: tuple[str, ...] = current_app.config["EMBED_ORIGINS"]
    ancestors = " ".join(origins) or "'none'"
    headers = {**HEADERS, "Content-Security-Policy": f"{_POLICY_OF_CARDS}; frame-ancestors {ancestors}"}
    if origins:
        del headers["X-Frame-Options"]
    return headers
