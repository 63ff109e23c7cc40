"""Compare the cells of a comparison row: equal, different, or unknown.

Facts are compared by their keys, never by their words, so that a missing translation is not a difference. Texts are
never compared, because a machine cannot tell whether two texts say the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kb.kinds.practice.model import Practice
from kb.records.record import Reading
from kb.web.parts.passages import StateLine


class RowAgreement(StrEnum):
    """The result of comparing the cells of a row."""

    SAME = "same"
    DIFFERS = "differs"
    OPEN = "open"  # some cells are unknown, and the known ones agree
    TEXT = "text"


@dataclass(frozen=True)
class ComparisonValue:
    """One value of a record. `key` is its meaning for comparing, empty for a text; `lead` is shown before the words.

    `is_apart` marks a value that only one record has, in a row with shared values. Without shared values, all would be
    marked.
    """

    key: str
    text: str
    language: str | None = None
    lead: str = ""
    note: str = ""
    is_apart: bool = False
    line: StateLine | None = None


@dataclass(frozen=True)
class ComparisonCell:
    """The values of one record in a row; empty if unknown. `more` is the address of the rest of a text."""

    said: tuple[ComparisonValue, ...]
    more: str = ""


@dataclass(frozen=True)
class ComparisonRow:
    """One fact or text of each record."""

    label: str
    cells: tuple[ComparisonCell, ...]
    agreement: RowAgreement


@dataclass(frozen=True)
class RowGroup:
    """Rows that belong together."""

    label: str
    rows: tuple[ComparisonRow, ...]


# Letters: a row with longer words marks no differences, as whole paragraphs would be bold.
_SHORT = 100

Saying = Callable[[Reading[Practice]], Iterable[ComparisonValue]]


def row(label: str, readings: Sequence[Reading[Practice]], saying: Saying) -> ComparisonRow:
    """Return the row with the values of each record."""
    return row_of(label, [ComparisonCell(tuple(saying(reading))) for reading in readings])


def row_of(label: str, cells: Sequence[ComparisonCell]) -> ComparisonRow:
    """Return a row of these cells, with the result of comparing them."""
    known = [cell for cell in cells if cell.said]
    if any(not said.key for cell in known for said in cell.said):
        return ComparisonRow(label, tuple(cells), RowAgreement.TEXT)
    meant = [frozenset(said.key for said in cell.said) for cell in known]
    if len(set(meant)) > 1:
        return ComparisonRow(label, tuple(_mark_differences(cells, meant)), RowAgreement.DIFFERS)
    is_open = 0 < len(known) < len(cells)
    return ComparisonRow(label, tuple(cells), RowAgreement.OPEN if is_open else RowAgreement.SAME)


def _mark_differences(cells: Iterable[ComparisonCell], meant: Sequence[frozenset[str]]) -> Iterator[ComparisonCell]:
    counts = Counter(key for keys in meant for key in keys)
    is_marked = max(counts.values()) > 1 and all(len(said.text) <= _SHORT for cell in cells for said in cell.said)
    for cell in cells:
        said = (replace(each, is_apart=is_marked and counts[each.key] == 1) for each in cell.said)
        yield replace(cell, said=tuple(said))


def without_same(groups: Iterable[RowGroup]) -> tuple[RowGroup, ...]:
    """Return the groups without the rows in which all records agree, or all are unknown."""
    left = (
        RowGroup(group.label, tuple(each for each in group.rows if each.agreement is not RowAgreement.SAME))
        for group in groups
    )
    return tuple(group for group in left if group.rows)
