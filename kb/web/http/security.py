"""Security headers of every response, and the check of every request that changes something; independent of pages."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request

from kb.extensions import csrf
from kb.web.http.current_user import person

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
# No inline script or style, nothing from other sites, no plugins, no frames; forms go to this site alone.
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
# Pages that other sites may show in a frame, where the settings allow it; they hold only text, icons and links.
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
# Blueprints that post, besides pages of signed-in users. Under "no-referrer" a browser calls the origin of a post
# "null" (Fetch, section 3.2). Without https it may send nothing else by which we could recognise our own pages.
_WITH_FORMS = frozenset(
    {
        *("account", "audit", "desk", "editor", "lists", "people", "revisions", "second_step"),
        *("adapting", "adopted", "converting", "follow", "self_check", "submit", "suggest", "suggestions", "tickets"),
        *("workshop_builder", "workshop_items", "workshop_slots", "workshop_feedback"),
    }
)
# A mail program stops a subscription by one request without a browser's headers (RFC 8058). The token in its address is
# the permission, and the request can do nothing else.
_ONE_CLICK, _ONE_CLICK_FORM = "follow.off_submit", {"List-Unsubscribe": "One-Click"}
TWO_YEARS = 2 * 365 * 24 * 60 * 60


def init_app(app: Flask) -> None:
    """Check every request and add the headers to every response. The sign-in must be registered before."""
    app.before_request(_refuse_foreign_posts)
    app.after_request(_add_headers)


def _refuse_foreign_posts() -> None:
    """Answer 403 to changes that other sites post; signed-in users need a CSRF token as well.

    Readers without an account get no token, as that would need a cookie. For them, the headers of the browser suffice.
    """
    if request.method in SAFE_METHODS or _is_one_click():
        return
    if not _is_from_here():
        abort(403)
    if person() is not None:
        csrf.protect()


def _is_one_click() -> bool:
    return request.endpoint == _ONE_CLICK and request.form.to_dict(flat=True) == _ONE_CLICK_FORM


def _is_from_here() -> bool:
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    # Browsers omit that header on plain http, and older ones everywhere.
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
    """Return the headers of a card: no script, no form, and framing by the sites that the settings name.

    X-Frame-Options has no list of sites, so it stays only where no site is named.
    """
    origins: tuple[str, ...] = current_app.config["EMBED_ORIGINS"]
    ancestors = " ".join(origins) or "'none'"
    headers = {**HEADERS, "Content-Security-Policy": f"{_POLICY_OF_CARDS}; frame-ancestors {ancestors}"}
    if origins:
        del headers["X-Frame-Options"]
    return headers
