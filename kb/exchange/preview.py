"""Preview of an import: each change, each problem with its row, and the unchanged rows."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.content_store.store import ContentStore
from kb.editing.forms.source_form import read_source_file
from kb.errors import Rejected
from kb.exchange.columns import FINGERPRINT, FIXED, ID, header_of, mark_of, row_of
from kb.exchange.import_table import Incoming, ProposedChange, compare, require_columns
from kb.exchange.table import SheetTable, TableRow, renamed
from kb.exchange.term_labels import Meaning
from kb.history.current_texts import standing
from kb.i18n import N_
from kb.problems import Problem, Where
from kb.publishing.bulk_changes import find_problems


def lines_of(session: Session, store: ContentStore, kind: str, record_ids: Sequence[str]) -> list[tuple[str, ...]]:
    """Return a table of the current records in the given order, with a header row."""
    found = standing(session, kind, record_ids)
    house = store.kinds[kind]
    lines = [header_of(house.shape)]
    for record_id in record_ids:
        each = found.get(record_id)
        file = read_source_file(house, each.text) if each is not None else None
        if each is not None and file is not None:
            lines.append(row_of(file, record_id, each.fingerprint))
    return lines


def compared(session: Session, store: ContentStore, kind: str, table: SheetTable, meaning: Meaning) -> Incoming:
    """Return the changes of a table, without the checks of each record that publication makes anyway.

    `meaning` resolves names in cells and of columns. Raises `Rejected` if the table does not identify its records.
    """
    table = renamed(table, meaning.names)
    require_columns(table)
    found = standing(session, kind, (row.cell(ID).strip() for row in table.rows))
    return compare(store.kinds[kind], table, found, meaning)


def ticked_table(session: Session, kind: str, record_ids: Sequence[str], cells: Mapping[str, str]) -> SheetTable:
    """Return a table that puts the same facts into each of these records; empty cells are left out.

    Raises `Rejected` if no record or no fact was chosen. Unknown records are left out.
    """
    wanted = {name: text for name, text in cells.items() if text}
    found = standing(session, kind, record_ids)
    problems = []
    if not found:
        problems.append(Problem("none-ticked", N_("Select at least one record.")))
    if not wanted:
        problems.append(Problem("nothing-to-set", N_("Fill in at least one field.")))
    if problems:
        raise Rejected(problems)
    rows = tuple(
        TableRow(number, {ID: each.place.id, FINGERPRINT: mark_of(each.fingerprint), **wanted})
        for number, each in enumerate(found.values(), 1)
    )
    return SheetTable((ID, FINGERPRINT, *wanted), rows)


def preview(
    session: Session,
    store: ContentStore,
    editor: User,
    kind: str,
    table: SheetTable,
    meaning: Meaning,
    *,
    now: datetime,
) -> Incoming:
    """Return the result of publishing the table by this person, without saving anything.

    A problem that would prevent publication is reported at its cell, which is skipped, or at its row. Raises the errors
    of `compared`.
    """
    incoming = compared(session, store, kind, table, meaning)
    good: list[ProposedChange] = []
    problems: list[Problem] = []
    waiting = incoming.proposals
    while waiting:
        through, wrong = _let_through(session, store, editor, waiting, now)
        good += through
        problems += [each for each in wrong if each not in problems]
        # An error in one cell may hide an error in another, so the rest of a row is checked again.
        rows = [(each.row, _without(each.row, {problem.where for problem in wrong})) for each in waiting]
        left = tuple(row for before, row in rows if len(row.cells) < len(before.cells))
        waiting = compared(session, store, kind, SheetTable(table.columns, left), meaning).proposals
    good.sort(key=lambda each: each.row.number)
    return replace(incoming, proposals=tuple(good), problems=_in_order((*incoming.problems, *problems)))


def _let_through(
    session: Session, store: ContentStore, editor: User, proposals: Sequence[ProposedChange], now: datetime
) -> tuple[list[ProposedChange], list[Problem]]:
    """Return the proposals that can be published, and the problems of the others, each at its cell."""
    wrong = find_problems(session, store, editor, [each.edit for each in proposals], now=now)
    good = [each for each in proposals if each.edit.place.record not in wrong]
    return good, [_placed(problem, each) for each in proposals for problem in wrong.get(each.edit.place.record, ())]


def _without(row: TableRow, bad: Container[Where]) -> TableRow:
    """Return a row without its wrong cells; the cells that identify the record stay."""
    kept = {name: cell for name, cell in row.cells.items() if name in FIXED or (row.number, name) not in bad}
    return TableRow(row.number, kept)


def _placed(problem: Problem, proposal: ProposedChange) -> Problem:
    """Return a problem of a record with the row and the column where the user can correct it."""
    keys = [part for part in problem.where if isinstance(part, str)]
    ways = [".".join(keys[:length]) for length in range(len(keys), 0, -1)]
    names = [each.name for each in proposal.differences]
    column = next((way for way in ways if way in names), keys[0] if keys else ID)
    return replace(problem, where=(proposal.row.number, column))


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    def place(problem: Problem) -> tuple[int, str]:
        where: Where = problem.where or (0, "")
        return (where[0] if isinstance(where[0], int) else 0), str(where[-1])

    return tuple(sorted(problems, key=place))
