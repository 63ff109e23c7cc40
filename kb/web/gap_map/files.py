"""The gap map as CSV for spreadsheets. Apart because every feature makes its files in `files.py`."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Response

from kb.speech import lower_first
from kb.web.gap_map.page import GapMap
from kb.web.http.i18n import gettext as _
from kb.web.parts.csv_file import csv_response


def to_csv(gap_map: GapMap) -> Response:
    """Return the map as a file to save, named by its rows and columns."""
    query = gap_map.query
    return csv_response(f"praxis-gaps-{query.rows.name}-{query.columns.name}.csv", _rows(gap_map))


def _rows(gap_map: GapMap) -> Iterator[list[str | int]]:
    query, total = gap_map.query, _("total")
    corner = _("%(rows)s by %(columns)s", rows=_(query.rows.title), columns=lower_first(_(query.columns.title)))
    yield [corner, total, *(column.label.text for column in gap_map.columns)]
    for row in gap_map.rows:
        yield [row.value.label.text, row.total.count, *(cell.count for cell in row.cells)]
    yield [total, gap_map.total.count, *(cell.count for cell in gap_map.column_totals)]
