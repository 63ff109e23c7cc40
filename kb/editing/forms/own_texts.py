"""What an adaptation has of its own: a text that somebody changes in the form is marked so, with the reason given.

The lines that remember of which texts it was made are the program's: their fingerprints stay, whatever is typed.
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
    """How a text stands to the one of the tool: whether it is the adaptation's own, and why."""

    is_own: bool
    why: str


def has_parent(kind: str) -> bool:
    """Whether records of a kind remember of which texts of another they were made."""
    return kind == ADAPTATION.name


def reason_name(segment: str) -> str:
    """Return the name of the control for the reason of a segment."""
    return name_of("why", segment)


def reason_of(name: str) -> str:
    """Return the text whose reason a segment is (`made.fields.a1.label.why`), or an empty text for any other."""
    is_reason = name.startswith(f"{KEY}.") and name.endswith(".why")
    return name.removeprefix(f"{KEY}.").removesuffix(".why") if is_reason else ""


def deviations(values: Mapping[str, Value]) -> dict[str, Deviation]:
    """Return how each text that was made of one of the tool stands, by segment."""
    return {
        row_id: Deviation(row.get("own") == _YES, why if isinstance(why := row.get("why", ""), str) else "")
        for row in _rows(values)
        if isinstance(row_id := row.get("id"), str)
    }


def with_own(before: str, after: str, posted: Posted) -> str:
    """Return the text of a form with what was changed marked as own, and with the reasons that were typed."""
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
    """The texts of a file by the names of their segments, whatever else is wrong with it."""

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
