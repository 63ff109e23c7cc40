"""Redirects from earlier ids of a record to its current one."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from werkzeug.wrappers import Response

from kb.web.http.rendering import generation


def moved(kind: str, record_id: str, endpoint: str | None = None, **values: Any) -> Response | None:
    """Return a redirect to the record that had this id once, or `None` where the id is current.

    `endpoint` and `values` name the page if it is not that of the record itself.
    """
    now = generation().catalog.resolve(kind, record_id)
    return None if now == record_id else redirect(url_for(endpoint or f"{kind}.show", record_id=now, **values), 301)
