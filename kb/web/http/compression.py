"""Text is sent compressed to whoever can read it so; never a page of somebody signed in.

A page that holds a secret (a token in a form) and something that a stranger chose (a word in its address) must not be
compressed: from its length the secret could be guessed letter by letter (BREACH, 2013). Readers' pages hold no secret.
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

from kb.web.http.current_user import has_session, person

# Below this, the answer fits into the first packets anyway.
_SMALL = 1000
# Between speed and size: a page of 80 kB costs 1 ms and becomes 16 kB.
_LEVEL = 5
_TEXTS = frozenset(
    {
        "application/atom+xml",
        "application/javascript",
        "application/json",
        "application/ld+json",
        "application/xml",
        "image/svg+xml",
        "text/css",
        "text/csv",
        "text/html",
        "text/javascript",
        "text/markdown",
        "text/plain",
        "text/xml",
    }
)


def init_app(app: Flask) -> None:
    """Compress answers; registered first, so that it is done last."""
    app.after_request(_compress)


def is_wanted() -> bool:
    """Whether this request's answer may be compressed."""
    return request.accept_encodings.quality("gzip") > 0 and not has_session() and person() is None


def compress(data: bytes) -> bytes:
    """Return the data as gzip has them, the same for the same data."""
    return gzip.compress(data, _LEVEL, mtime=0)


def decompress(data: bytes) -> bytes:
    """Return what was compressed."""
    return gzip.decompress(data)


def mark(response: Response) -> None:
    """Say that the answer's data are compressed."""
    response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")


def _compress(response: Response) -> Response:
    if response.mimetype not in _TEXTS or response.content_encoding or response.is_streamed:
        return response
    if response.direct_passthrough or response.status_code != 200:
        return response
    if (response.content_length or 0) < _SMALL:
        return response
    response.vary.add("Accept-Encoding")
    if is_wanted():
        response.set_data(compress(response.get_data()))
        mark(response)
    return response
