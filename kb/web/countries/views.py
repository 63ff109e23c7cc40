"""Countries: all of them on a map and in a table, and the page of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from kb.i18n import N_
from kb.kinds.country import emergency_number
from kb.kinds.country.card import CountryCard
from kb.kinds.country.membership import EUROPE, code_of, is_bound, is_member
from kb.search.analysis.collation import sort_key
from kb.web.countries.directive_status import bond_view
from kb.web.countries.page import country_page, practice_counts, search_of
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.redirects import moved
from kb.web.http.rendering import generation, render
from kb.web.parts.tile_map import codes, tiles

bp = Blueprint("countries", __name__, url_prefix="/<language:language>/countries")

# Too small for a tile, but bound to its neighbours by treaties.
WITHOUT_TILE = ("LI",)
# What is nobody's own: practices across borders, and tools of the Union.
UNION = "EU"


@dataclass(frozen=True)
class CountryRow:
    """One line of the table."""

    code: str
    name: str
    address: str
    count: int
    is_member: bool
    is_bound: bool
    bond: str
    numbers: int
    help: str


@dataclass(frozen=True)
class SortColumn:
    """One column of the table, which can be sorted by it. `sort` is what `aria-sort` says of it."""

    words: str
    address: str
    sort: str


# In the order of the columns: the name, and what is sorted by before the name.
SORTS: Mapping[str, tuple[str, str, Callable[[CountryRow], object]]] = {
    "country": (N_("Country"), "ascending", lambda row: 0),
    "practices": (N_("Practices"), "descending", lambda row: -row.count),
    "bound": (N_("Bound by the Directive?"), "other", lambda row: (not row.is_bound, not row.is_member)),
    "help": (N_("Numbers to call"), "descending", lambda row: -row.numbers),
}


@bp.get("")
def index() -> Response:
    """Show all countries."""
    counts = practice_counts()
    sort = request.args.get("sort", "")
    sort = sort if sort in SORTS else next(iter(SORTS))
    rows = _rows(counts, sort)
    return render(
        "countries/index.html",
        tiles=tiles(counts),
        rows=rows,
        columns=tuple(_column(name, sort) for name in SORTS),
        without=sum(not row.count for row in rows),
        union=counts[UNION],
        union_address=search_of(UNION),
    )


@bp.get("/<record_id>")
def show(record_id: str) -> Response:
    """Show a country, whether or not anybody has written about it."""
    if (response := moved("countries", record_id)) is not None:
        return response
    code = code_of(record_id)
    if code is None:
        abort(404)
    if code.lower() != record_id:
        return redirect(url_for("countries.show", record_id=code.lower()), 301)
    return render("countries/show.html", page=country_page(code), emergency=emergency_number)


def _rows(counts: Mapping[str, int], sort: str) -> tuple[CountryRow, ...]:
    entries = generation().catalog.entries("countries")
    numbers = {entry.id.upper(): len(entry.card.numbers) for entry in entries if isinstance(entry.card, CountryCard)}
    shown = {*codes(), *WITHOUT_TILE, *(EUROPE & (counts.keys() | numbers.keys()))}
    rows = [_row(code, counts.get(code, 0), numbers.get(code, 0)) for code in shown]
    language, key = i18n.current().code, SORTS[sort][2]
    return tuple(sorted(rows, key=lambda row: (key(row), sort_key(row.name, language))))


def _row(code: str, count: int, numbers: int) -> CountryRow:
    record_id = code.lower()
    return CountryRow(
        code=code,
        name=i18n.country_name(code),
        address=url_for("countries.show", record_id=record_id),
        count=count,
        is_member=is_member(code),
        is_bound=is_bound(code),
        bond=bond_view(code).short,
        numbers=numbers,
        help=url_for("help.show", record_id=record_id),
    )


def _column(name: str, sort: str) -> SortColumn:
    words, direction, _key = SORTS[name]
    first = next(iter(SORTS))
    target = url_for("countries.index") if name == first else url_for("countries.index", sort=name)
    return SortColumn(_(words), target, direction if name == sort else "")
