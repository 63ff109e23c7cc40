"""Data of the gap map: a table of two dimensions; each cell, also an empty one, counts and links to practices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import url_for

from kb.i18n import N_
from kb.search.index_view import IndexView
from kb.speech import lower_first
from kb.web.gap_map.dimensions import (
    COUNTINGS,
    DIMENSIONS,
    Dimension,
    DimensionValue,
    PracticeFilter,
    filters_of,
    search_for,
    values_of,
)
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.search_index import ask_index
from kb.web.http.search_urls import address
from kb.web.labels.facets import Label
from kb.web.parts.tile_map import shade

ROWS, COLUMNS = "group", "area"
MOST_LISTED = 8  # columns of which the missing rows are listed one by one
NARROWER = "narrower"
_SAME = N_("Rows and columns must be different. The columns have been changed.")
UNKNOWN = N_("“%(name)s” is not in the list. The default is shown instead.")
_T = TypeVar("_T")
# Placeholders that no value of a facet equals.
_ROW_MARK, _COLUMN_MARK = "0ROW0", "0COLUMN0"
NAME_LIMIT = 40  # letters of an invalid parameter that a message quotes


@dataclass(frozen=True)
class GapMapQuery:
    """The query of a URL with invalid values replaced; `problems` name the replacements."""

    rows: Dimension
    columns: Dimension
    counting: PracticeFilter
    with_narrower: bool
    problems: tuple[str, ...] = ()

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> GapMapQuery:
        """Parse the parameters of a URL."""
        problems: list[str] = []
        rows = _choose(params.get("rows"), DIMENSIONS, ROWS, problems)
        columns = _choose(params.get("columns"), DIMENSIONS, COLUMNS, problems)
        counting = _choose(params.get("only"), COUNTINGS, next(iter(COUNTINGS)), problems)
        if rows is columns:
            columns = DIMENSIONS[COLUMNS if rows.name != COLUMNS else ROWS]
            if params.get("rows") and params.get("columns"):
                problems.append(_(_SAME))
        return cls(rows, columns, counting, params.get(NARROWER) == "yes", tuple(problems))

    @property
    def has_narrower(self) -> bool:
        """Whether there are narrower terms to show."""
        return self.rows.has_narrower or self.columns.has_narrower

    def params(self, **changes: str) -> dict[str, Any]:
        """Return the parameters of the URL for this query, with changes."""
        own = {"rows": self.rows.name, "columns": self.columns.name}
        if self.counting.name != next(iter(COUNTINGS)):
            own["only"] = self.counting.name
        if self.with_narrower and self.has_narrower:
            own[NARROWER] = "yes"
        return {name: value for name, value in (own | changes).items() if value}


def _choose(name: str | None, known: Mapping[str, _T], usual: str, problems: list[str]) -> _T:
    if name and name not in known:
        problems.append(_(UNKNOWN, name=name[:NAME_LIMIT]))
    return known.get(name or usual) or known[usual]


@dataclass(frozen=True)
class CountCell:
    """A number and the search that finds as many, if there is one."""

    count: int
    address: str = ""

    @property
    def shade(self) -> int:
        """The strength of its colour."""
        return shade(self.count)

    @property
    def number(self) -> str:
        """The count in the reader's format."""
        return i18n.number(self.count)


@dataclass(frozen=True)
class MapRow:
    """One row: its value, its total, and a cell for each column; `address` is that of the value's page."""

    value: DimensionValue
    total: CountCell
    cells: tuple[CountCell, ...]
    address: str = ""


@dataclass(frozen=True)
class MissingRows:
    """One column, the rows without a practice there, and the number of all rows."""

    column: Label
    rows: tuple[Label, ...]
    total: int

    @property
    def value(self) -> str:
        """How many rows have no practice, in words."""
        return _(
            "none known for %(count)s of %(total)s", count=i18n.number(len(self.rows)), total=i18n.number(self.total)
        )


@dataclass(frozen=True)
class GapMap:
    """The table with its caption and labels."""

    query: GapMapQuery
    caption: str
    lead: str
    columns: tuple[DimensionValue, ...]
    column_totals: tuple[CountCell, ...]
    total: CountCell
    rows: tuple[MapRow, ...]

    @property
    def never(self) -> tuple[Label, ...]:
        """The rows without any practice."""
        return tuple(row.value.label for row in self.rows if not row.total.count)

    @property
    def missing(self) -> tuple[MissingRows, ...]:
        """For each column, the rows without a practice; none if there are too many columns to list."""
        if len(self.columns) > MOST_LISTED:
            return ()
        return tuple(self._missing(place) for place in range(len(self.columns)))

    def _missing(self, place: int) -> MissingRows:
        rows = tuple(row.value.label for row in self.rows if not row.cells[place].count)
        return MissingRows(self.columns[place].label, rows, len(self.rows))


@dataclass(frozen=True)
class MenuOption:
    """One option of a menu."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class GapMapPage:
    """The page: the map, `None` without an index, the menus above it, and links to other maps and to its file."""

    query: GapMapQuery
    map: GapMap | None
    rows: tuple[MenuOption, ...]
    columns: tuple[MenuOption, ...]
    countings: tuple[MenuOption, ...]
    narrower: str | None
    swapped: str
    file: str


@dataclass(frozen=True)
class _Addresses:
    """The search addresses of the cells, built once with placeholders, because a map has a thousand cells."""

    cell: str
    row: str
    column: str
    total: str

    @classmethod
    def of(cls, query: GapMapQuery) -> _Addresses:
        row, column = (query.rows, _ROW_MARK), (query.columns, _COLUMN_MARK)
        chosen = ((row, column), (row,), (column,), ())
        return cls(*(address(search_for(query.counting, *each)) for each in chosen))

    def of_cell(self, row: str, column: str) -> str:
        return self.cell.replace(_ROW_MARK, row).replace(_COLUMN_MARK, column)

    def of_row(self, row: str) -> str:
        return self.row.replace(_ROW_MARK, row)

    def of_column(self, column: str) -> str:
        return self.column.replace(_COLUMN_MARK, column)


def gap_map_page(query: GapMapQuery) -> GapMapPage:
    """Return the data for the template of the gap map."""
    narrower = "" if query.with_narrower else "yes"
    return GapMapPage(
        query=query,
        map=find_map(query),
        rows=_options(DIMENSIONS, query.rows.name),
        columns=_options(DIMENSIONS, query.columns.name),
        countings=_options(COUNTINGS, query.counting.name),
        narrower=_address(query, **{NARROWER: narrower}) if query.has_narrower else None,
        swapped=_address(query, rows=query.columns.name, columns=query.rows.name),
        file=url_for("gaps.download", **query.params()),
    )


def _options(known: Mapping[str, Dimension] | Mapping[str, PracticeFilter], chosen: str) -> tuple[MenuOption, ...]:
    return tuple(MenuOption(name, _(each.title), name == chosen) for name, each in known.items())


def find_map(query: GapMapQuery) -> GapMap | None:
    """Return the map, or `None` where the index cannot answer."""
    return ask_index(lambda view: gap_map(query, view))


def gap_map(query: GapMapQuery, view: IndexView) -> GapMap:
    """Return the table for a query. Raises `Unavailable` if the index is damaged."""
    counts = view.cross(query.rows.facet, query.columns.facet, filters_of(query.counting))
    addresses = _Addresses.of(query)
    columns = values_of(query.columns, query.counting, counts.columns, with_narrower=query.with_narrower)
    rows = tuple(
        MapRow(
            value=row,
            total=CountCell(counts.rows.get(row.value, 0), addresses.of_row(row.value)),
            cells=tuple(
                CountCell(counts.cell(row.value, each.value), addresses.of_cell(row.value, each.value))
                for each in columns
            ),
        )
        for row in values_of(query.rows, query.counting, counts.rows, with_narrower=query.with_narrower)
    )
    empty = sum(not cell.count for row in rows for cell in row.cells)
    return GapMap(
        query=query,
        caption=_caption(query),
        lead=_lead(empty, len(rows) * len(columns)),
        columns=columns,
        column_totals=tuple(
            CountCell(counts.columns.get(each.value, 0), addresses.of_column(each.value)) for each in columns
        ),
        total=CountCell(counts.total, addresses.total),
        rows=rows,
    )


def _caption(query: GapMapQuery) -> str:
    return _(
        "Practices by %(rows)s and %(columns)s. Practices counted: %(counting)s",
        rows=lower_first(_(query.rows.title)),
        columns=lower_first(_(query.columns.title)),
        counting=lower_first(_(query.counting.title)),
    )


def _lead(empty: int, total: int) -> str:
    return ngettext(
        "We know of no practice for %(count)s of %(total)s combinations.",
        "We know of no practice for %(count)s of %(total)s combinations.",
        empty,
        total=i18n.number(total),
    )


def _address(query: GapMapQuery, **changes: str) -> str:
    return url_for("gaps.index", **query.params(**changes))
