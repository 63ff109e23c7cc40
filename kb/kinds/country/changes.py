"""Computes which rows of a record changed between two texts, and which rows of a country were checked when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kb.kinds.country.guidance import Guidance, ReaderRole
from kb.kinds.country.model import Country
from kb.kinds.country.situation import Provision
from kb.records.front_matter import Value

# The lists whose rows a reader can tell apart.
LISTS = ("guidance", "helplines", "transposition", "facts", "cells", "answers", "findings")


class RowChange(StrEnum):
    """What happened to a row."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    CHECKED = "checked"


@dataclass(frozen=True)
class ChangedRow:
    """One row of a list; `roles` are those of an answer, `article` the article of the Directive that it transposes."""

    table: str
    id: str
    change: RowChange
    roles: tuple[ReaderRole, ...] = ()
    article: str = ""


def row_changes(
    before: Mapping[str, Value], after: Mapping[str, Value], tables: Iterable[str] = LISTS
) -> Iterator[ChangedRow]:
    """Yield the rows that differ between the facts of two source files; a new day of a check alone is a check."""
    for table in tables:
        old, new = _rows(before, table), _rows(after, table)
        for row_id in dict.fromkeys((*new, *old)):
            was, now = old.get(row_id), new.get(row_id)
            if was != now:
                yield _changed_row(table, row_id, was, now)


def _rows(facts: Mapping[str, Value], table: str) -> dict[str, Mapping[str, Value]]:
    rows = facts.get(table)
    found = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    return {str(row.get("id", "")): row for row in found}


def _changed_row(
    table: str, row_id: str, was: Mapping[str, Value] | None, now: Mapping[str, Value] | None
) -> ChangedRow:
    if now is None:
        change = RowChange.REMOVED
    elif was is None:
        change = RowChange.ADDED
    else:
        is_text = any(was.get(key) != now.get(key) for key in {*was, *now} - {"checked"})
        change = RowChange.CHANGED if is_text else RowChange.CHECKED
    row = now or was or {}
    names = row.get("roles") or ()
    known = tuple(role for role in ReaderRole if not names or role.value in names)
    article = str(row.get("article", "")) if table == "transposition" else ""
    return ChangedRow(table, row_id, change, known if table == "guidance" else (), article)


def checked_rows(country: Country) -> Iterator[tuple[date, ChangedRow]]:
    """Yield the rows that were compared with their sources, each with the day."""
    for table in LISTS:
        for row in getattr(country, table):
            if row.checked is not None:
                roles = (row.roles or tuple(ReaderRole)) if isinstance(row, Guidance) else ()
                article = row.article if isinstance(row, Provision) else ""
                yield row.checked, ChangedRow(table, row.id, RowChange.CHECKED, roles, article)
