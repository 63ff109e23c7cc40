"""Marks texts changed in an adaptation's form as its own, with the given reason.

The program maintains the rows that record the original texts: no input changes their fingerprints.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.editing.forms.form_values import Posted, name_of, plain
from kb.editing.forms.splice_facts import splice_in_order
from kb.kinds.adaptation.model import ADAPTATION
from kb.records.front_matter import Value, cut, facts_in
from kb.records.segments import sections

KEY = "made"
_YES = "yes"


@dataclass(frozen=True)
class Deviation:
    """How a text relates to the tool's: whether it is the adaptation's own, and why."""

    is_own: bool
    why: str


def has_parent(kind: str) -> bool:
    """Return whether records of a kind track the texts of another record that they were made from."""
    return kind == ADAPTATION.name


def reason_name(segment: str) -> str:
    """Return the name of the control for the reason of a segment."""
    return name_of("why", segment)


def reason_of(name: str) -> str:
    """Return the text that a reason segment belongs to (`made.fields.a1.label.why`); empty for other segments."""
    is_reason = name.startswith(f"{KEY}.") and name.endswith(".why")
    return name.removeprefix(f"{KEY}.").removesuffix(".why") if is_reason else ""


def deviations(values: Mapping[str, Value]) -> dict[str, Deviation]:
    """Return the deviation of each text that was made from the tool, by segment."""
    return {
        row_id: Deviation(row.get("own") == _YES, why if isinstance(why := row.get("why", ""), str) else "")
        for row in _rows(values)
        if isinstance(row_id := row.get("id"), str)
    }


def with_own(before: str, after: str, posted: Posted) -> str:
    """Return the text of a form with changed texts marked as own, and with the typed reasons."""
    was, now = _FileTexts(before), _FileTexts(after)
    rows = _rows(now.values)
    new: list[Value] = [_row(row, was, now, posted) for row in rows]
    if not rows or new == now.values.get(KEY) or len(rows) != len(now.values[KEY]):
        return after
    return splice_in_order(after, {KEY: new}, ())


def _rows(values: Mapping[str, Value]) -> list[dict[str, Value]]:
    rows = values.get(KEY)
    return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []


class _FileTexts:
    """The texts of a file by segment name, even if the file has other errors."""

    def __init__(self, text: str) -> None:
        parts = cut(text)
        self.values = facts_in(text)
        found = sections(parts.body)[0] if parts is not None else ()
        self._sections = {each.id: f"{each.heading}\n{each.text}" for each in found}

    def text(self, name: str) -> Value | None:
        """Return a section with its heading, or the words at a path of the facts."""
        if name in self._sections:
            return self._sections[name]
        place: Value | None = self.values
        for step in name.split("."):
            if isinstance(place, list):
                place = next((each for each in place if isinstance(each, dict) and each.get("id") == step), None)
            else:
                place = place.get(step) if isinstance(place, dict) else None
        return place


def _row(row: dict[str, Value], was: _FileTexts, now: _FileTexts, posted: Posted) -> dict[str, Value]:
    name, shown = str(row.get("id", "")), str(row.get("why", ""))
    why = posted.text(reason_name(name), shown)
    new = dict(row)
    is_new = why != plain(shown)
    if is_new:
        new.pop("why", None)
        new |= {"why": why.strip()} if why.strip() else {}
    if was.text(name) != now.text(name) or (is_new and why.strip()):
        new["own"] = _YES
    return new
