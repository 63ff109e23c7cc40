"""Compares an imported table with the records: a new text for each changed record, a problem for each wrong cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from kb.editing.forms.form_values import fits, plain
from kb.editing.forms.source_form import SourceFile, read_source_file
from kb.editing.forms.splice_facts import splice_in_order
from kb.errors import Rejected
from kb.exchange.columns import (
    FINGERPRINT,
    FIXED,
    ID,
    Column,
    cell_of,
    columns_of,
    fixed_cells,
    mark_of,
    put,
    value_from,
    value_of,
)
from kb.exchange.table import SheetTable, TableRow
from kb.exchange.term_labels import Meaning
from kb.history.current_texts import CurrentText
from kb.i18n import N_
from kb.kinds.kind import Kind
from kb.problems import Problem, Severity, errors
from kb.publishing.actions import Edit
from kb.records.difference import Difference
from kb.records.front_matter import Value


@dataclass(frozen=True)
class ProposedChange:
    """The change that a row makes to a record; `row` holds only the cells that are needed to repeat it."""

    edit: Edit
    row: TableRow
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Incoming:
    """A table compared with the current records. `problems` have the row number and the column name in `where`.

    `ids` maps row numbers to record ids.
    """

    proposals: tuple[ProposedChange, ...]
    problems: tuple[Problem, ...]
    unchanged: int
    ids: Mapping[int, str] = field(default_factory=dict, compare=False)


def require_columns(table: SheetTable) -> None:
    """Raise `Rejected` for a table without the columns that identify a record and its exported state."""
    missing = [name for name in (ID, FINGERPRINT) if name not in table.columns]
    message = N_(
        "The column %(name)s is missing. It links each row to a record and to the version that you downloaded."
    )
    if missing:
        raise Rejected(Problem("no-column", message, ("file",), params={"name": name}) for name in missing)


def compare(kind: Kind, table: SheetTable, standing: Mapping[str, CurrentText], meaning: Meaning) -> Incoming:
    """Return the changes that a table makes; cells with a problem are skipped, the others count. Changes nothing."""
    problems = [*table.problems, *_unknown_columns(kind, table)]
    wrong = {problem.where[0] for problem in errors(problems)}
    twice = _twice(table)
    proposals: list[ProposedChange] = []
    unchanged = 0
    for row in table.rows:
        if row.number in wrong:
            continue
        found = list(_of_row(row, standing, twice))
        proposal = None
        if not found:
            proposal, found = _proposal(kind, row, standing[row.cell(ID).strip()], meaning)
        problems += found
        if proposal is not None:
            proposals.append(proposal)
        elif not found:
            unchanged += 1
    ids = {row.number: row.cell(ID).strip() for row in table.rows}
    return Incoming(tuple(proposals), tuple(problems), unchanged, ids)


def _unknown_columns(kind: Kind, table: SheetTable) -> Iterator[Problem]:
    known = {*FIXED, *(column.name for column in columns_of(kind.shape))}
    for name in dict.fromkeys(table.columns):
        if name not in known:
            message = N_("The column %(name)s does not belong in this type of table and will be ignored.")
            yield Problem("unknown-column", message, (1, name), params={"name": name}, severity=Severity.WARNING)


def _twice(table: SheetTable) -> set[str]:
    seen: set[str] = set()
    return {name for row in table.rows if (name := row.cell(ID).strip()) in seen or seen.add(name)}  # type: ignore[func-returns-value]


def _of_row(row: TableRow, standing: Mapping[str, CurrentText], twice: set[str]) -> Iterator[Problem]:
    """Yield the problems that exclude a row: an unknown record, two rows for one record, a record changed since."""
    name = row.cell(ID).strip()
    if name not in standing:
        message = N_("The record %(id)s does not exist. A table can change records, but not create them.")
        yield Problem("unknown-record", message, (row.number, ID), params={"id": name})
    elif name in twice:
        message = N_("The record %(id)s appears in more than one row. Keep one row.")
        yield Problem("record-twice", message, (row.number, ID), params={"id": name})
    elif row.cell(FINGERPRINT).strip() != mark_of(standing[name].fingerprint):
        message = N_(
            "%(id)s has changed since you downloaded the table. Download the table again and repeat your changes."
        )
        yield Problem("moved-on", message, (row.number, FINGERPRINT), params={"id": name})


def _proposal(
    kind: Kind, row: TableRow, standing: CurrentText, meaning: Meaning
) -> tuple[ProposedChange | None, list[Problem]]:
    """Return the changes of the valid cells of a row, and the problems of the others."""
    file = read_source_file(kind, standing.text)
    if file is None:
        message = N_("The file of %(id)s cannot be changed automatically. Edit the whole file.")
        return None, [Problem("cannot-write", message, (row.number, ID), params={"id": standing.place.id})]
    problems = list(_read_only(row, file, standing))
    changes: dict[str, Value | None] = {}
    differences: list[Difference] = []
    for column in columns_of(kind.shape):
        before = value_of(file.values, column)
        shown, cell = cell_of(column, before), plain(row.cells.get(column.name, ""))
        if column.name not in row.cells or cell == shown:
            continue
        if not fits(column.field, before):
            message = N_("The current value cannot be changed in a table. Edit the record.")
            problems.append(Problem("cannot-write", message, (row.number, column.name)))
            continue
        after = value_from(column, cell, meaning)
        if (doubt := _doubt(column, before, after, meaning)) is not None:
            problems.append(replace(doubt, where=(row.number, column.name)))
            continue
        if after != (before or None):
            put(file.values, changes, column, after)
            differences.append(Difference(column.name, shown, cell_of(column, after)))
    if not changes:
        return None, problems
    try:
        text = splice_in_order(standing.text, changes, _key_order(kind, file.language))
    except ValueError as error:
        message = N_("The facts in this file cannot be changed automatically (%(reason)s). Edit the whole file.")
        return None, [Problem("cannot-write", message, (row.number, ID), params={"reason": str(error)})]
    edit = Edit(standing.place, text, standing.number, standing.fingerprint)
    return ProposedChange(edit, _needed(row, differences), tuple(differences)), problems


def _doubt(column: Column, before: Value | None, after: Value | None, meaning: Meaning) -> Problem | None:
    """Return the problem of the first new name in a cell that was not recognized, if any."""
    were, are = (value if isinstance(value, list) else [value] for value in (before, after))
    new = (each for each in are if isinstance(each, str) and each not in were)
    found = (meaning.doubt(column.field, each) for each in new if column.field.suggested)
    return next(filter(None, found), None)


def _read_only(row: TableRow, file: SourceFile, standing: CurrentText) -> Iterator[Problem]:
    for name, value in fixed_cells(file, standing.place.id, standing.fingerprint).items():
        if name in row.cells and row.cell(name).strip() != value:
            message = N_("You cannot change %(name)s in a table. Restore the value %(value)s.")
            yield Problem("read-only", message, (row.number, name), params={"name": name, "value": value})


def _needed(row: TableRow, differences: list[Difference]) -> TableRow:
    names = (ID, FINGERPRINT, *(each.name for each in differences))
    return TableRow(row.number, {name: row.cell(name) for name in names})


@lru_cache(maxsize=64)
def _key_order(kind: Kind, language: str) -> tuple[str, ...]:
    """Return the order of keys, cached: a table of a thousand records needs the same order a thousand times."""
    file = read_source_file(kind, kind.template("new", language))
    return tuple(file.values) if file is not None else ()
