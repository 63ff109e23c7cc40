"""Permanent short addresses: redirect `/p/<id>` to a practice and `/p/<id>/<number>` to a version.

The target is in the reader's language.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from kb.errors import NotFound
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.records.record import Status
from kb.web.http import i18n
from kb.web.http.rendering import generation

bp = Blueprint("permanent", __name__, url_prefix="/p")


@bp.get("/<record_id>")
def show(record_id: str) -> Response:
    """Redirect to a practice; for a retired one, to the page that says so."""
    return _lead("practices.show", record_id)


@bp.get("/<record_id>/<int:number>")
def version(record_id: str, number: int) -> Response:
    """Redirect to a version of a practice."""
    return _lead("practices.version", record_id, number=number)


def _lead(endpoint: str, record_id: str, **values: Any) -> Response:
    catalog = generation().catalog
    now = catalog.resolve(PRACTICE, record_id)
    entry = catalog.columns.get((PRACTICE.name, now))
    if entry is None or entry.status is Status.DRAFT:
        raise NotFound(f"{PRACTICE.name}/{record_id}")
    response = redirect(url_for(endpoint, language=i18n.preferred(), record_id=now, **values), 303)
    response.vary.add("Accept-Language")
    response.cache_control.no_cache = True
    return response
