"""Style sheets, scripts and fonts: each address carries a fingerprint of the whole folder and is kept for a year.

One fingerprint for all, because a style sheet names its fonts by relative addresses: so both change together. The
sheets of the screen are sent as one, which saves a reader with a slow line several connections before the first words.
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
# What is sent as one file, and the files that it is made of, in their order.
_JOINED = {"css/site.css": ("css/tokens.css", "css/base.css", "css/layout.css", "css/components.css")}


def fingerprint_of(files: Iterable[Path]) -> str:
    """Return what changes with any name or byte of these files."""
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(f"{path.name} ".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def init_app(app: Flask, fixed: Iterable[Path]) -> None:
    """Serve the folder, and let `url_for("static", filename=…)` name the version.

    `fixed` are folders that are read once, at start: what they hold is part of every page as the code is.
    """
    app.config["ASSETS"], app.config["BUILD"] = _fingerprints(tuple(folder.resolve() for folder in fixed))
    app.add_url_rule("/static/<version>/<path:filename>", "static", _send)
    app.url_defaults(_put_version)


@cache
def _fingerprints(fixed: tuple[Path, ...]) -> tuple[str, str]:
    """Return the fingerprints of what is served and of all that pages are made of, as the process found them."""
    served = fingerprint_of(path for path in STATIC.rglob("*") if path.is_file())
    made_of = (path for folder in (KB, *fixed) for path in folder.rglob("*") if path.suffix in _MADE_OF)
    return served, fingerprint_of(made_of)


def _put_version(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static":
        values.setdefault("version", current_app.config["ASSETS"])


def _send(version: str, filename: str) -> Response:
    """Send a file. One of another version (a page from before an update asks) is sent too, but not kept."""
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
    """Return an answer with a file that is made of others; a browser that has this version is told so."""
    response = Response(_content(filename), mimetype="text/css")
    response.set_etag(current_app.config["ASSETS"])
    response.make_conditional(request)
    return response


@cache
def _content(filename: str) -> bytes:
    """Return the bytes of a file; the files of the folder are those of the start."""
    return b"\n".join((STATIC / each).read_bytes() for each in _JOINED.get(filename, (filename,)))


@cache
def _compress(filename: str) -> bytes:
    """Return a file compressed."""
    return compression.compress(_content(filename))
