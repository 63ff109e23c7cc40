"""Tables as files that spreadsheets open as they are: CSV in UTF-8, and no cell that would be run.

The file begins with a byte order mark, without which Excel takes ė and ș for other letters; programs that read
`utf-8-sig`, and most that read UTF-8, skip it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from flask import Response

from kb.web.http.robots_header import unlisted

# A cell that begins so is a formula to some programs, whoever wrote it. So is what stands behind a sign that ends a
# cell where a comma stands before decimals (`kb/exchange/table.py` says more).
_RUN = re.compile(r"^[=+\-@＝＋－＠\t\r\n]|(?<=[;\t\r\n])[=+\-@＝＋－＠]")
_MARK = "\ufeff"


def to_csv(rows: Iterable[Sequence[str | int]]) -> str:
    """Return a table as text: commas between cells, lines that end in CR LF (RFC 4180)."""
    out = io.StringIO()
    out.write(_MARK)
    csv.writer(out).writerows([_safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def csv_response(name: str, rows: Iterable[Sequence[str | int]]) -> Response:
    """Return a table as a file to save. `name` is plain ASCII."""
    response = Response(to_csv(rows), content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    response.cache_control.no_cache = True
    return unlisted(response)


def _safe(cell: str | int) -> str | int:
    """Return a cell of which no program takes anything for a formula: an apostrophe makes it a text."""
    return _RUN.sub(r"'\g<0>", cell) if isinstance(cell, str) else cell
