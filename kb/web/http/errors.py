"""Error pages: what happened and where to go from here. The only module that turns exceptions into responses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from flask import Flask, Response, current_app, redirect, render_template, request, url_for
from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

import kb.web
from kb.errors import Busy, Conflict, Erased, Forbidden, Gone, NotFound, PraxisError, Rejected, Unavailable
from kb.i18n import N_
from kb.problems import Problem
from kb.web.http import i18n
from kb.web.http.current_user import set_person
from kb.web.http.form_problems import problem_text
from kb.web.http.i18n import gettext as _
from kb.web.http.layout import MenuLink
from kb.web.http.rendering import generation, render
from kb.web.http.resubmit import is_carried, resend

# The title of each page, and what to do. A status that is not listed uses the words of its hundred.
WORDS: Mapping[int, tuple[str, str]] = {
    400: (N_("The site could not understand this request"), N_("Go back, reload the page and try again.")),
    403: (
        N_("You do not have permission to do this"),
        N_("Sign in with an account that has permission, or ask an administrator."),
    ),
    404: (
        N_("Page not found"),
        N_("The address may be wrong, or the page may not be published. Use the search to find what you need."),
    ),
    405: (
        N_("This page cannot be opened this way"),
        N_("Go back to the previous page and use the button or link there."),
    ),
    409: (
        N_("Someone else has changed this text in the meantime"),
        N_("Your text is kept as a draft. Open the record again to compare the two texts."),
    ),
    410: (
        N_("This record has been retired"),
        N_("The record is no longer kept up to date and no longer appears in search."),
    ),
    413: (N_("Your text or file is too large"), N_("Send a shorter text or a smaller file.")),
    422: (N_("There is a problem"), N_("Nothing was saved because of these problems:")),
    429: (N_("Too many attempts"), N_("Wait a few minutes before you try again.")),
    503: (
        N_("Part of this site is temporarily unavailable"),
        N_("Try again in a minute. In the meantime, you can browse the site."),
    ),
}
RETRY_SECONDS = 10  # before a file is requested again
# Status 410, as for a retired record, but for another reason.
ERASED = (
    N_("The text of this version was erased on request"),
    N_("The text was removed from the history on request. The practice itself may still be available."),
)
_STATUSES: Mapping[type[PraxisError], int] = {NotFound: 404, Forbidden: 403, Conflict: 409, Unavailable: 503}
# Read at start, because the response of a broken application must not depend on anything in it.
_BROKEN = (Path(kb.web.__file__).parent / "templates" / "http" / "errors" / "500.html").read_text(encoding="utf-8")


def init_app(app: Flask) -> None:
    """Answer every exception with an error page."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(PraxisError, _domain_error_page)
    for kind in (DatabaseError, NoConnectionLeft):
        app.register_error_handler(kind, _unanswered_page)
    app.register_error_handler(Busy, _busy)
    app.register_error_handler(Gone, _gone_page)
    app.register_error_handler(Erased, _erased_page)
    app.register_error_handler(Rejected, _rejected_page)
    app.register_error_handler(500, _broken_page)
    app.after_request(_relative_redirect)


def error_page(
    status: int,
    *,
    successor: MenuLink | None = None,
    problems: tuple[Problem, ...] = (),
    ways: Sequence[MenuLink] = (),
    name: tuple[str, str] | None = None,
    said: tuple[str, str] | None = None,
) -> Response:
    """Return an error page. It is never cached, and it does not say whose fault the error was."""
    title, words = said or WORDS.get(status) or WORDS[400]
    html = render_template(
        "http/errors/error.html",
        status=status,
        title=_(title),
        words=_(words),
        successor=successor,
        name=name,
        problems=tuple(problem_text(problem) for problem in problems),
        ways=ways,
    )
    response = Response(html, status)
    response.cache_control.no_store = True
    return response


def _http(error: HTTPException) -> BaseResponse | HTTPException:
    if error.response is not None or error.code is None or error.code < 400:
        return error  # a redirect, or a response that a view built itself
    if error.code == 500:
        return _broken_page(error)
    if error.code == 404 and (shorter := _path_without_slash()) is not None:
        return redirect(shorter, 301)
    response = error_page(error.code)
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers.setdefault(name, value)  # headers that the status needs, such as Allow and Retry-After
    return response


def _path_without_slash() -> str | None:
    """Return the address without its trailing slash if a page exists there, else `None`."""
    path = f"/{request.path.strip('/')}"
    if ".." in path.split("/"):  # browsers would resolve it upwards
        return None
    is_page = request.path.endswith("/") and current_app.url_map.bind("localhost").test(path, "GET")
    if not is_page or request.method not in ("GET", "HEAD"):
        return None
    return urlunsplit(("", "", quote(path), request.query_string.decode("latin-1"), ""))


def _relative_redirect(response: Response) -> Response:
    """Redirect to a relative address: the router takes the host from the request, where it can be forged."""
    if response.status_code == 308:
        parts = urlsplit(response.location or "")
        response.location = urlunsplit(("", "", parts.path, parts.query, ""))
        response.cache_control.no_store = True
    return response


def _domain_error_page(error: PraxisError) -> Response:
    status = next((code for kind, code in _STATUSES.items() if isinstance(error, kind)), 500)
    if status == 500:
        return _broken_page(error)
    return (_resubmit_page() if status == 503 else None) or error_page(status)


def _unanswered_page(error: SQLAlchemyError) -> Response:
    """Ask to try again where the database does not answer, is locked for too long, is damaged or lacks a table."""
    if isinstance(error, DataError | IntegrityError):  # the database answers: this is a bug of ours
        return _broken_page(error)
    current_app.logger.error("the database does not answer", exc_info=error)
    set_person(None)  # the menu of the page would query the database for the name
    return _domain_error_page(Unavailable("database"))


def _busy(_error: Busy) -> Response:
    response = render("tools/convert/wait.html", status=503, is_kept=False)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response


def _rejected_page(error: Rejected) -> Response:
    return error_page(422, problems=error.problems)


def _gone_page(error: Gone) -> Response:
    """Answer 410 for a retired record, with a link to its successor."""
    kind, record_id = request.blueprint or "", (request.view_args or {}).get("record_id", "")
    catalog, code = generation().catalog, i18n.current().code
    retired = catalog.columns.get((kind, record_id))
    entry = catalog.find(kind, catalog.resolve(kind, error.successor)) if error.successor else None
    successor = (
        MenuLink(entry.title(code)[0], url_for(f"{kind}.show", record_id=entry.id), language=entry.title(code)[1])
        if entry
        else None
    )
    return error_page(410, successor=successor, name=retired.title(code) if retired else None)


def _erased_page(_error: Erased) -> Response:
    return error_page(410, said=ERASED)


def _resubmit_page() -> Response | None:
    """Give back a posted long text, even if much is broken; `None` if there is none, or if even that fails."""
    if not is_carried():
        return None
    try:
        set_person(None)  # the menu of the page would query the database for the name
        return resend(status=503)
    except Exception:
        current_app.logger.exception("what was typed could not be given back")
        return None


def _broken_page(error: Exception) -> Response:
    if isinstance(error, PraxisError):
        current_app.logger.error("unexpected: %r", error)
    if (carried := _resubmit_page()) is not None:
        return carried
    return Response(_BROKEN, 500, headers={"Cache-Control": "no-store"})
