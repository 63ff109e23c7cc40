"""What a table would do, seen before anything is done: each change, each problem at its row, and what stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.curation.answers import Resolve
from kb.curation.source import read_source_file
from kb.exchange.incoming import Incoming, Proposal, compare, require_columns
from kb.exchange.sheet import ID, header_of, row_of
from kb.exchange.standing import standing
from kb.exchange.table import Table
from kb.library.library import Library
from kb.problems import Problem, Where
from kb.publishing.bulk import find_problems


def lines_of(session: Session, library: Library, kind: str, record_ids: Sequence[str]) -> list[tuple[str, ...]]:
    """Return a table of records as they stand, in the order of their ids as given, under the names of the columns."""
    found = standing(session, kind, record_ids)
    house = library.kinds[kind]
    lines = [header_of(house.shape)]
    for record_id in record_ids:
        each = found.get(record_id)
        file = read_source_file(house, each.text) if each is not None else None
        if each is not None and file is not None:
            lines.append(row_of(file, record_id, each.fingerprint))
    return lines


def preview(
    session: Session, library: Library, editor: User, kind: str, table: Table, resolve: Resolve, *, now: datetime
) -> Incoming:
    """Return what would happen if the table were published by this person; nothing is saved.

    Names in cells become ids by `resolve`. Raises `Rejected` if the table does not say which records it is about.
    """
    require_columns(table)
    found = standing(session, kind, (row.cell(ID).strip() for row in table.rows))
    incoming = compare(library.kinds[kind], table, found, resolve)
    wrong = find_problems(session, library, editor, [each.edit for each in incoming.proposals], now=now)
    problems = [
        _placed(problem, each) for each in incoming.proposals for problem in wrong.get(each.edit.place.record, ())
    ]
    good = tuple(each for each in incoming.proposals if each.edit.place.record not in wrong)
    return replace(incoming, proposals=good, problems=_in_order((*incoming.problems, *problems)))


def _placed(problem: Problem, proposal: Proposal) -> Problem:
    """Return a problem of a record with the row and the column where it is mended."""
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
