"""Serve style sheets, scripts and fonts at URLs with a fingerprint of the whole folder, cached for a year.

All files share one fingerprint, because a style sheet names its fonts by relative URLs: so both change together. The
style sheets for the screen are sent as one file. This saves a reader on a slow line several connections before the
first text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, request, send_from_directory

import kb.web
from kb.web.http import compression

WEB = Path(kb.web.__file__).parent
STATIC = WEB / "static"
KB = WEB.parent
_MADE_OF = (".py", ".html", ".css", ".js", ".mo", ".yaml")
_TEXTS = frozenset({".css", ".js", ".svg", ".txt"})
YEAR = 365 * 24 * 60 * 60
# Files that are sent as one, each with its parts in order.
_JOINED = {"css/site.css": ("css/tokens.css", "css/base.css", "css/layout.css", "css/components.css", "css/reader.css")}


def fingerprint_of(files: Iterable[Path]) -> str:
    """Return a hash that changes with any name or byte of these files."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path.name} ".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def init_app(app: Flask, fixed: Iterable[Path]) -> None:
    """Serve the static folder, and let `url_for("static", filename=…)` add the version.

    `fixed` are folders that are read once, at start. Their content is part of every page, as the code is.
    """
    app.config["ASSETS"], app.config["BUILD"] = _fingerprints(tuple(folder.resolve() for folder in fixed))
    app.add_url_rule("/static/<version>/<path:filename>", "static", _send)
    app.url_defaults(_put_version)


@cache
def _fingerprints(fixed: tuple[Path, ...]) -> tuple[str, str]:
    """Return the fingerprint of the static files, and that of all files that pages are made from.

    Both are computed once per process, from the files as they are at its start.
    """
    served = fingerprint_of(path for path in STATIC.rglob("*") if path.is_file())
    made_of = (path for folder in (KB, *fixed) for path in folder.rglob("*") if path.suffix in _MADE_OF)
    return served, fingerprint_of(made_of)


def _put_version(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static":
        values.setdefault("version", current_app.config["ASSETS"])


def _send(version: str, filename: str) -> Response:
    """Send a file. A file of another version is sent too, but not cached.

    A page from before an update asks for another version.
    """
    response = (
        _one_of_many(filename) if filename in _JOINED else send_from_directory(STATIC, filename, conditional=True)
    )
    if response.status_code == 200 and Path(filename).suffix in _TEXTS:
        response.vary.add("Accept-Encoding")
        if compression.is_wanted():
            response.direct_passthrough = False
            response.close()
            response.set_data(_compress(filename))
            compression.mark(response)
    response.cache_control.no_cache = None
    if version == current_app.config["ASSETS"] and not current_app.debug:
        response.cache_control.max_age, response.cache_control.public = YEAR, True
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    return response


def _one_of_many(filename: str) -> Response:
    """Return a response with a joined file, or 304 if the browser has this version."""
    response = Response(_content(filename), mimetype="text/css")
    response.set_etag(current_app.config["ASSETS"])
    response.make_conditional(request)
    return response


@cache
def _content(filename: str) -> bytes:
    """Return the bytes of a file as it was when first read; joined files are put together."""
    return b"\n".join((STATIC / each).read_bytes() for each in _JOINED.get(filename, (filename,)))


@cache
def _compress(filename: str) -> bytes:
    """Return the compressed bytes of a file."""
    return compression.compress(_content(filename))
