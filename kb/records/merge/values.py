"""Merges facts value by value: groups by key, lists of rows by id, plain lists as ordered sets, and plain texts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from kb.records.front_matter import Value
from kb.records.merge.sequences import merge_order, merge_sequence

# The path to a value: key, id of a row, key inside it; `body` and an id for a section.
Where = tuple[str, ...]
Side = Literal["theirs", "yours", "both"]


class MergeChoice(StrEnum):
    """The value to keep where both sides changed the same thing."""

    THEIRS = "theirs"
    YOURS = "yours"
    BOTH = "both"


@dataclass(frozen=True)
class Clash:
    """A conflict: both sides changed the same thing differently. `None` is a missing value.

    `both` holds both values for editing, where that makes sense.
    """

    where: Where
    base: Value | None
    theirs: Value | None
    yours: Value | None
    both: Value | None = None

    @property
    def name(self) -> str:
        """The name that identifies the clash in the choices."""
        return "/".join(self.where)


@dataclass(frozen=True)
class Joined:
    """A change that was merged automatically, with the side that made it."""

    where: Where
    side: Side
    before: Value | None
    after: Value | None


Row = dict[str, Value]


@dataclass
class Merging:
    """The state of a running merge: the choices, and the clashes and changes found so far."""

    choices: Mapping[str, MergeChoice]
    clashes: list[Clash] = field(default_factory=list)
    joined: list[Joined] = field(default_factory=list)

    def value(self, where: Where, base: Value | None, theirs: Value | None, yours: Value | None) -> Value | None:
        """Return the merged value; `None` for a missing one."""
        if theirs == yours or base in (theirs, yours):
            return self.whole(where, base, theirs, yours)
        if isinstance(theirs, dict) and isinstance(yours, dict) and isinstance(base, dict | None):
            return self._group(where, base or {}, theirs, yours)
        if isinstance(theirs, list) and isinstance(yours, list) and isinstance(base, list | None):
            return self._list(where, base or [], theirs, yours)
        return self.clash(where, base, theirs, yours, _two_texts(theirs, yours))

    def whole(self, where: Where, base: Value | None, theirs: Value | None, yours: Value | None) -> Value | None:
        """Return the merged value of something that is merged as one piece."""
        if theirs == yours:
            self._note(where, "both", base, theirs)
            return theirs
        if base == yours:
            self._note(where, "theirs", base, theirs)
            return theirs
        if base == theirs:
            self._note(where, "yours", base, yours)
            return yours
        return self.clash(where, base, theirs, yours, None)

    def clash(
        self, where: Where, base: Value | None, theirs: Value | None, yours: Value | None, both: Value | None
    ) -> Value | None:
        """Record a clash and return the chosen value: theirs by default."""
        clash = Clash(where, base, theirs, yours, both)
        self.clashes.append(clash)
        choice = self.choices.get(clash.name, MergeChoice.THEIRS)
        if choice is MergeChoice.BOTH and both is not None:
            return both
        return yours if choice is MergeChoice.YOURS else theirs

    def _note(self, where: Where, side: Side, before: Value | None, after: Value | None) -> None:
        """Record a change of one side; in groups and lists of rows, record each difference."""
        if before == after:
            return
        old, new = _inside(before), _inside(after)
        if old is None or new is None or before is None or after is None:
            self.joined.append(Joined(where, side, before, after))
            return
        known = len(self.joined)
        for name in dict.fromkeys((*old, *new)):
            self._note((*where, name), side, old.get(name), new.get(name))
        if len(self.joined) == known:  # the same rows in another order
            self.joined.append(Joined(where, side, before, after))

    def _group(self, where: Where, base: Row, theirs: Row, yours: Row) -> Value | None:
        names = dict.fromkeys((*theirs, *yours, *base))
        found = {
            name: value
            for name in names
            if (value := self.value((*where, name), base.get(name), theirs.get(name), yours.get(name))) is not None
        }
        return found or None

    def _list(self, where: Where, base: list[Value], theirs: list[Value], yours: list[Value]) -> Value | None:
        if (rows := _rows(base, theirs, yours)) is not None:
            was, now, other = rows
            if (order := merge_order(list(was), list(now), list(other), {*now, *other})) is not None:
                return self._by_id(where, rows, order)
        if (entries := _entries(base, theirs, yours)) is not None:
            was, now, other = entries
            kept = {key for key in (*now, *other) if key not in was or (key in now and key in other)}
            if (order := merge_order(list(was), list(now), list(other), kept)) is not None:
                self.joined.append(Joined(where, "both", base or None, [*order] or None))
                return [*order] or None
        return self._as_sequence(where, base, theirs, yours)

    def _by_id(self, where: Where, sides: tuple[Keyed, ...], order: list[str]) -> Value | None:
        base, theirs, yours = sides
        found: list[Value] = []
        for key in order:
            was, their_row, your_row = base.get(key), theirs.get(key), yours.get(key)
            if was is None and their_row is not None and your_row is not None and their_row != your_row:
                # Two different rows that only share the id that the form gave both.
                other: Value = {**_row(your_row), "id": _free_id(key, {*theirs, *yours})}
                chosen = self.clash((*where, key), None, their_row, your_row, [their_row, other])
                found += chosen if isinstance(chosen, list) else [] if chosen is None else [chosen]
            elif (row := self.value((*where, key), was, their_row, your_row)) is not None:
                found.append(row)
        return found or None

    def _as_sequence(self, where: Where, base: list[Value], theirs: list[Value], yours: list[Value]) -> Value | None:
        names = {json.dumps(each, sort_keys=True): each for each in (*base, *yours, *theirs)}
        sides = ([json.dumps(each, sort_keys=True) for each in side] for side in (base, theirs, yours))
        sequence = merge_sequence(*sides)
        merged = [names[entry] for entry in sequence.entries]
        if not sequence.is_clean:
            return self.clash(where, base or None, theirs, yours, merged)
        self.joined.append(Joined(where, "both", base or None, merged or None))
        return merged or None


# Entries of a list by their names.
Keyed = Mapping[str, Value]


def _rows(*sides: Sequence[Value]) -> tuple[Keyed, ...] | None:
    """Return the rows of lists by their ids, or `None` if an id in a list is missing or a duplicate."""
    found = [{str(row["id"]): row for row in side if isinstance(row, dict) and "id" in row} for side in sides]
    if any(len(rows) != len(side) for rows, side in zip(found, sides, strict=True)):
        return None
    return tuple(found)


def _entries(*sides: Sequence[Value]) -> tuple[Keyed, ...] | None:
    """Return the entries of plain lists, or `None` if an entry is a duplicate or not text."""
    found = [{each: each for each in side if isinstance(each, str)} for side in sides]
    if any(len(entries) != len(side) for entries, side in zip(found, sides, strict=True)):
        return None
    return tuple(found)


def _inside(value: Value | None) -> Keyed | None:
    """Return the content of a group or of rows with ids, by name."""
    if isinstance(value, dict):
        return value
    rows = _rows(value) if isinstance(value, list) else None
    return rows[0] if rows is not None else None


def _row(value: Value) -> Row:
    return value if isinstance(value, dict) else {}


def _free_id(taken: str, known: set[str]) -> str:
    return next(name for number in range(2, 10_000) if (name := f"{taken}-{number}") not in known)


def _two_texts(theirs: Value | None, yours: Value | None) -> Value | None:
    """Return two texts one after the other, for editing; `None` for dates, numbers and ids."""
    if not (isinstance(theirs, str) and isinstance(yours, str)) or not (" " in theirs.strip() or " " in yours.strip()):
        return None
    between = "\n\n" if "\n" in theirs + yours else " / "
    return f"{theirs}{between}{yours}"
