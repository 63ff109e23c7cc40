"""Download of a table as a CSV file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from flask import Response

from kb.documents.csv_text import to_csv
from kb.web.http.robots_header import unlisted


def csv_response(name: str, rows: Iterable[Sequence[str | int]]) -> Response:
    """Return a table as a file to save. `name` is plain ASCII."""
    response = Response(to_csv(rows), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.cache_control.no_cache = True
    return unlisted(response)
