"""Earlier ids of a record lead to the one that counts."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from kb.web.rendering import generation


def moved(kind: str, record_id: str) -> Response | None:
    """Return the way to the record that had this id once, or `None` where the id itself counts."""
    now = generation().catalog.resolve(kind, record_id)
    return None if now == record_id else redirect(url_for(f"{kind}.show", record_id=now), 301)
