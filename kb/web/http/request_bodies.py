"""Read request bodies before the application runs, in only some of the threads of a worker.

Otherwise a client that sends headers and then nothing would block a thread, until no thread is left. So readers always
get an answer. A client that sends a form while others send theirs slowly is asked to try again.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from flask import Flask, Response, request

from kb.i18n import N_
from kb.web.http.errors import error_page

READERS = 4  # threads of a worker that read bodies; it has twice as many
WAIT = 0.5  # seconds to wait for one of them
RETRY = 10  # seconds until the client should try again
_BLOCK = 64 * 1024
_BUSY = (
    N_("This site is very busy"),
    N_(
        "What you sent was not read or saved and cannot be shown here. Go back to the form and send it again in a few "
        "seconds."
    ),
)


def init_app(app: Flask, limit: int) -> None:
    """Read bodies of up to `limit` bytes before the application runs."""
    app.before_request(_refuse_unread)
    app.wsgi_app = WholeBodies(app.wsgi_app, limit)  # type: ignore[method-assign]


def _refuse_unread() -> Response | None:
    """Answer 503 in the reader's language because no thread was free to read the body."""
    if not isinstance(request.input_stream, _Unread):
        return None
    response = error_page(503, said=_BUSY)
    response.retry_after = RETRY
    return response


class _Unread(BytesIO):
    """Placeholder for a body that was not read."""


class WholeBodies:
    """WSGI middleware that reads the whole body of each request before the application runs."""

    def __init__(self, app: Any, limit: int) -> None:
        self._app, self._limit = app, limit
        self._readers = threading.BoundedSemaphore(READERS)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer a request. A body above the limit is left to the application, which refuses it unread."""
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
