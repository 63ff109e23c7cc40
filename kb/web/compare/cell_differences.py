"""How the cells of a comparison stand to each other: the same, different, or not to be told; and what is in them.

Two facts are compared by what they mean, never by their words, so that a missing translation is no difference. Texts
are never compared: nobody can say by machine whether two of them say the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kb.kinds.practice.model import Practice
from kb.records.record import Reading
from kb.web.parts.passages import StateLine
from kb.web.parts.ratings import Rating


class RowAgreement(StrEnum):
    """How the cells of a row stand to each other."""

    SAME = "same"
    DIFFERS = "differs"
    OPEN = "open"  # it is not known of all of them, and what is known agrees
    TEXT = "text"


@dataclass(frozen=True)
class ComparisonValue:
    """One thing that a record says. `key` is what it means, empty for a text; `lead` stands before the words.

    `is_apart` marks what only one says, in a row in which others say the same; where nothing is shared, all would be.
    """

    key: str
    text: str
    language: str | None = None
    lead: str = ""
    note: str = ""
    is_apart: bool = False
    rating: Rating | None = None
    line: StateLine | None = None


@dataclass(frozen=True)
class ComparisonCell:
    """What one record says in a row; nothing where it is not known. `more` leads to the rest of a text."""

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


# Letters: a row with longer words has none in bold, as whole paragraphs would be.
_SHORT = 100

Saying = Callable[[Reading[Practice]], Iterable[ComparisonValue]]


def row(label: str, readings: Sequence[Reading[Practice]], saying: Saying) -> ComparisonRow:
    """Return what each record says."""
    return row_of(label, [ComparisonCell(tuple(saying(reading))) for reading in readings])


def row_of(label: str, cells: Sequence[ComparisonCell]) -> ComparisonRow:
    """Return a row with what these cells have in common, and what not."""
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
    """Return the groups without the rows in which all say the same, or nothing is known of any."""
    left = (
        RowGroup(group.label, tuple(each for each in group.rows if each.agreement is not RowAgreement.SAME))
        for group in groups
    )
    return tuple(group for group in left if group.rows)
