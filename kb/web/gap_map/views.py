"""The gap map: where Europe has practices and where it has none, as a page and as a file for spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response

from kb.errors import Unavailable
from kb.web.gap_map.dimensions import COUNTINGS, DIMENSIONS, Dimension, PracticeFilter
from kb.web.gap_map.page import NARROWER, GapMap, GapMapQuery, gap_map, map_address
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, render
from kb.web.parts.csv_file import csv_response

bp = Blueprint("gaps", __name__)


@dataclass(frozen=True)
class MenuOption:
    """One choice of a menu."""

    value: str
    words: str
    is_chosen: bool


@bp.get("/<language:language>/gaps")
def index() -> Response:
    """Show the map."""
    asked = GapMapQuery.from_params(request.args)
    found = _map(asked)
    narrower = "" if asked.with_narrower else "yes"
    return render(
        "gap_map/index.html",
        is_kept=found is not None,
        map=found,
        asked=asked,
        is_first=not request.args,
        rows=_options(DIMENSIONS, asked.rows.name),
        columns=_options(DIMENSIONS, asked.columns.name),
        countings=_options(COUNTINGS, asked.counting.name),
        narrower=map_address(asked, **{NARROWER: narrower}) if asked.has_narrower else None,
        swapped=map_address(asked, rows=asked.columns.name, columns=asked.rows.name),
        file=url_for("gaps.download", **asked.params()),
    )


@bp.get("/<language:language>/gaps.csv")
def download() -> Response:
    """Answer with the same table as a file."""
    asked = GapMapQuery.from_params(request.args)
    found = _map(asked)
    if found is None:
        message = "there is no index"
        raise Unavailable(message)
    return csv_response(f"praxis-gaps-{asked.rows.name}-{asked.columns.name}.csv", found.table())


def _map(asked: GapMapQuery) -> GapMap | None:
    """Return the map, or `None` where there is no index, or a damaged one, which the follower mends."""
    view = generation().search
    try:
        return gap_map(asked, view) if view is not None else None
    except Unavailable:
        return None


def _options(known: Mapping[str, Dimension] | Mapping[str, PracticeFilter], chosen: str) -> tuple[MenuOption, ...]:
    return tuple(MenuOption(name, _(each.title), name == chosen) for name, each in known.items())
