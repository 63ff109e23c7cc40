"""Parses posted form values into facts.

A control with unchanged text keeps its value exactly, even if the form cannot show all of it. So saving without an edit
changes nothing, and facts unknown to the form stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kb.editing.forms.schema_form import FormControl, SchemaField
from kb.records.front_matter import Value

# Resolves typed text by the suggestions: the id of a term for its label.
Resolve = Callable[[str, str], str]
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")


def plain(text: str) -> str:
    """Normalize the line ends of a posted text, and remove characters that no file may contain."""
    return _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))


@dataclass(frozen=True)
class Posted:
    """The fields of a posted form, by name; a missing name was not on the page."""

    values: Mapping[str, Sequence[str]]

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        """Return one text."""
        return plain(self.values[name][0]) if self.values.get(name) else default

    def texts(self, name: str) -> list[str]:
        """Return all texts of a repeated name."""
        return [plain(text) for text in self.values.get(name, ())]


def fits(field: SchemaField, value: Value | None) -> bool:
    """Return whether the controls can show a value completely; an invalid file may hold another type."""
    if value is None or value == "":
        return True
    match field.control:
        case FormControl.LINES | FormControl.TERMS:
            return isinstance(value, list) and all(isinstance(each, str) and "\n" not in each for each in value)
        case FormControl.GROUP:
            return isinstance(value, dict) and all(fits(each, value.get(each.name)) for each in field.fields)
        case FormControl.ROWS:
            return isinstance(value, list) and all(fits(_as_group(field), each) and each != "" for each in value)
        case _:
            return isinstance(value, str)


def _as_group(field: SchemaField) -> SchemaField:
    return SchemaField(field.name, field.path, FormControl.GROUP, fields=field.fields)


def name_of(*parts: str | int) -> str:
    """Return the name of a control: its path with row numbers."""
    return ".".join(str(part) for part in parts)


def read(field: SchemaField, before: Value | None, posted: Posted, name: str, resolve: Resolve) -> Value | None:
    """Parse the value of the controls; return the same object `before` if unchanged, `None` if empty."""
    if not fits(field, before):
        return before
    match field.control:
        case FormControl.GROUP:
            was = before if isinstance(before, dict) else {}
            now = _read_group(field, was, posted, name, resolve)
            return before if now == was else now or None
        case FormControl.ROWS:
            rows = before if isinstance(before, list) else []
            return _read_rows(field, rows, posted, name, resolve) if rows else before
        case FormControl.LINES | FormControl.TERMS:
            return _read_list(field, before, posted, name, resolve)
        case _:
            return _read_text(field, before, posted, name, resolve)


def _read_text(field: SchemaField, before: Value | None, posted: Posted, name: str, resolve: Resolve) -> Value | None:
    shown = before if isinstance(before, str) else ""
    new = posted.text(name, shown)
    if new == plain(shown):
        return before
    new = new.strip()
    if field.suggested:
        new = resolve(field.suggested, new)
    return new or None


def _read_list(field: SchemaField, before: Value | None, posted: Posted, name: str, resolve: Resolve) -> Value | None:
    if name not in posted:
        return before
    entries = [line for text in posted.texts(name) for line in text.split("\n") if line.strip()]
    shown = [plain(str(each)) for each in before if str(each).strip()] if isinstance(before, list) else []
    if entries == shown:
        return before
    # Existing entries stay unchanged to the letter.
    new: list[Value] = [each if each in shown else resolve(field.suggested, each.strip()) for each in entries]
    return (list(dict.fromkeys(new)) if field.control is FormControl.TERMS else new) or None


def _read_rows(
    field: SchemaField, before: list[Value], posted: Posted, name: str, resolve: Resolve
) -> list[Value] | None:
    group = _as_group(field)
    rows: list[Value] = [
        _read_group(group, row, posted, name_of(name, index), resolve) if isinstance(row, dict) else row
        for index, row in enumerate(before)
    ]
    return rows or None


def _read_group(
    field: SchemaField, before: dict[str, Value], posted: Posted, name: str, resolve: Resolve
) -> dict[str, Value]:
    new = dict(before)
    for each in field.fields:
        value = read(each, before.get(each.name), posted, name_of(name, each.name), resolve)
        if value is None:
            new.pop(each.name, None)
        else:
            new[each.name] = value
    return new


def read_all(
    fields: Sequence[SchemaField], before: Mapping[str, Value], posted: Posted, resolve: Resolve
) -> dict[str, Value | None]:
    """Return the changed facts in the order of the form; `None` for a removed one."""
    changes: dict[str, Value | None] = {}
    for field in fields:
        was = before.get(field.name)
        now = read(field, was, posted, name_of("f", field.name), resolve)
        if now != was:
            changes[field.name] = now
    return changes
