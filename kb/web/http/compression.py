"""Compress text responses with gzip if the client accepts it, but never a page of a signed-in user.

A page with a secret (a token in a form) and a stranger's text (a word in its address) must not be compressed. From its
length the secret could be guessed letter by letter (BREACH, 2013). Readers' pages hold no secret.
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

from kb.web.http.current_user import has_session, person

# Bytes. A smaller response fits into the first packets anyway.
_SMALL = 1000
# A balance of speed and size: a page of 80 kB costs 1 ms and shrinks to 16 kB.
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
    """Compress responses. Must be registered first, so that it runs last."""
    app.after_request(_compress)


def is_wanted() -> bool:
    """Whether the response to this request may be compressed."""
    return request.accept_encodings.quality("gzip") > 0 and not has_session() and person() is None


def compress(data: bytes) -> bytes:
    """Return the data compressed with gzip; the same data give the same bytes."""
    return gzip.compress(data, _LEVEL, mtime=0)


def decompress(data: bytes) -> bytes:
    """Return the data uncompressed."""
    return gzip.decompress(data)


def mark(response: Response) -> None:
    """Set the header that says that the response is compressed."""
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
