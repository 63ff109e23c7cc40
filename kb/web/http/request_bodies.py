"""What is sent with a request is read before the application is asked, by some of the threads of a worker alone.

Whoever sends a head and then nothing would otherwise keep a thread each, until nobody is answered any more. So readers
are always answered, and whoever sends something while others send theirs slowly is asked to try again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from flask import Flask, Response, request

from kb.i18n import N_
from kb.web.http.errors import error_page

READERS = 4  # threads of a worker that read what is sent; it has twice as many
WAIT = 0.5  # seconds for one of them
RETRY = 10  # seconds after which to try again
_BLOCK = 64 * 1024
_BUSY = (
    N_("Very much is being sent here just now"),
    N_(
        "Nothing of what you sent was read or saved, so it cannot be given back. "
        "Go back to the form and send it again in some seconds."
    ),
)


def init_app(app: Flask, limit: int) -> None:
    """Read bodies of up to so many bytes before the application is asked."""
    app.before_request(_refuse_unread)
    app.wsgi_app = WholeBodies(app.wsgi_app, limit)  # type: ignore[method-assign]


def _refuse_unread() -> Response | None:
    """Answer in the reader's language that nobody had time to read what was sent."""
    if not isinstance(request.input_stream, _Unread):
        return None
    response = error_page(503, said=_BUSY)
    response.retry_after = RETRY
    return response


class _Unread(BytesIO):
    """In place of a body that nobody has read."""


class WholeBodies:
    """A WSGI application before which the body of each request is there whole."""

    def __init__(self, app: Any, limit: int) -> None:
        self._app, self._limit = app, limit
        self._readers = threading.BoundedSemaphore(READERS)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request. What is longer than the limit is left to the application, which refuses it unread."""
        length = environ.get("CONTENT_LENGTH") or "0"
        is_sent = "HTTP_TRANSFER_ENCODING" in environ or length != "0"
        if not is_sent or (length.isdigit() and int(length) > self._limit):
            return self._answer(environ, start_response)
        if not self._readers.acquire(timeout=WAIT):
            nothing = {"CONTENT_LENGTH": "0", "wsgi.input": _Unread()}
            head = {key: value for key, value in environ.items() if key != "HTTP_TRANSFER_ENCODING"}
            return self._answer(head | nothing, start_response)
        body = BytesIO()
        try:
            left = int(length) if length.isdigit() and length != "0" else self._limit + 1
            while left > 0 and (block := environ["wsgi.input"].read(min(_BLOCK, left))):
                body.write(block)
                left -= len(block)
        finally:
            self._readers.release()
        body.seek(0)
        return self._answer({**environ, "wsgi.input": body}, start_response)

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answered: Iterable[bytes] = self._app(environ, start_response)
        return answered
