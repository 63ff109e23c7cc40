"""Model of an imported table: named columns, numbered rows, texts in cells; and its size limits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kb.documents.csv_text import unguard_formulas
from kb.errors import Rejected
from kb.i18n import N_
from kb.problems import Problem, Severity

MAX_BYTES = 4 * 1024 * 1024
MAX_ROWS = 5000
MAX_COLUMNS = 200


@dataclass(frozen=True)
class TableRow:
    """A row with its number in the file; the header is row 1."""

    number: int
    cells: Mapping[str, str]

    def cell(self, name: str) -> str:
        """Return a cell, empty if there is none."""
        return self.cells.get(name, "")


@dataclass(frozen=True)
class SheetTable:
    """A parsed table; `problems` have row and column in `where`."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    problems: tuple[Problem, ...] = ()


def refused(code: str, message: str, **params: object) -> Rejected:
    """Return the exception for a file that cannot be read as a table at all."""
    return Rejected([Problem(code, message, ("file",), params=params)])


def table_of(lines: Iterable[Sequence[str]], problems: Sequence[Problem] = ()) -> SheetTable:
    """Build a table from lines of cells; the first line has the column names.

    Raises `Rejected` if it is empty or too large. Empty rows are left out. `problems` of cells have column numbers,
    which are replaced by names.
    """
    numbered = enumerate(lines, 1)
    names = tuple(name.strip() for name in next(numbered, (1, ()))[1])
    names = names[: max((place for place, name in enumerate(names, 1) if name), default=0)]
    if not names:
        raise refused("empty-table", N_("The table is empty: the first row has no column names."))
    if len(names) > MAX_COLUMNS:
        raise refused(
            "too-many-columns",
            N_("A table can have at most %(limit)s columns. Remove the columns that you do not need."),
            limit=MAX_COLUMNS,
        )
    found = [*_named(problems, names), *_of_header(names)]
    rows: list[TableRow] = []
    for number, cells in numbered:
        if number > MAX_ROWS + 1:
            raise refused(
                "too-many-rows",
                N_("A table can have at most %(limit)s rows. Split it into several tables."),
                limit=MAX_ROWS,
            )
        if len(cells) > len(names) and any(cell.strip() for cell in cells[len(names) :]):
            message = N_("This row has values to the right of the last named column. Move or remove them.")
            found.append(Problem("cells-without-column", message, (number, "")))
        if any(cell.strip() for cell in cells):
            rows.append(
                TableRow(
                    number, {name: unguard_formulas(cell) for name, cell in zip(names, cells, strict=False) if name}
                )
            )
    return SheetTable(tuple(name for name in names if name), tuple(rows), tuple(found))


def renamed(table: SheetTable, names: Mapping[str, str]) -> SheetTable:
    """Return a table with column labels replaced by column names; `names` maps labels in lower case to names.

    If two columns then have one name, the last one counts, and a problem says so.
    """
    own = {column: names.get(" ".join(column.split()).casefold(), column) for column in table.columns}
    columns = tuple(own.values())
    rows = (replace(row, cells={own.get(name, name): cell for name, cell in row.cells.items()}) for row in table.rows)
    problems = tuple(replace(each, where=(each.where[0], own.get(str(each.where[1]), ""))) for each in table.problems)
    return SheetTable(tuple(dict.fromkeys(columns)), tuple(rows), (*problems, *_of_header(columns)))


def _named(problems: Sequence[Problem], names: Sequence[str]) -> Iterator[Problem]:
    for problem in problems:
        row, column = problem.where
        name = names[column] if isinstance(column, int) and column < len(names) else ""
        yield Problem(problem.code, problem.message, (row, name), params=problem.params)


def _of_header(names: Sequence[str]) -> Iterator[Problem]:
    for name in dict.fromkeys(name for name in names if name and names.count(name) > 1):
        message = N_("The column %(name)s appears more than once. Only the last one is used.")
        yield Problem("column-twice", message, (1, name), params={"name": name}, severity=Severity.WARNING)


def to_json(rows: Iterable[TableRow]) -> str:
    """Serialize rows for a form field."""
    return json.dumps([[row.number, dict(row.cells)] for row in rows], ensure_ascii=False, separators=(",", ":"))


def from_json(written: str) -> SheetTable:
    """Parse rows from a form field. Raises `Rejected` for any text that `to_json` does not write."""
    try:
        found: Any = json.loads(written)
        rows = tuple(TableRow(_number(number), _cells(cells)) for number, cells in found)
    except (ValueError, TypeError, RecursionError) as error:
        raise refused("not-carried", N_("Not all changes were received. Select the file again.")) from error
    if len(rows) > MAX_ROWS or any(len(row.cells) > MAX_COLUMNS for row in rows):
        raise refused(
            "too-many-rows",
            N_("A table can have at most %(limit)s rows. Split it into several tables."),
            limit=MAX_ROWS,
        )
    return SheetTable(tuple(dict.fromkeys(name for row in rows for name in row.cells)), rows)


def _number(value: Any) -> int:
    if not isinstance(value, int) or not 0 < value <= MAX_ROWS + 1:
        raise ValueError(value)
    return value


def _cells(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(cell, str) for cell in value.values()):
        raise TypeError
    for cell in value.values():
        cell.encode()  # a lone surrogate cannot be written to a file
    return value
