"""What somebody put into the controls of a form, read back to values.

A control that still says what it was given leaves its value exactly as it was, whatever the form can or cannot show of
it: so saving without an edit changes nothing, and what the form does not know of stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from kb.editing.forms.schema_form import FormControl, SchemaField
from kb.records.front_matter import Value

# Typed text → what it stands for, given what was suggested: the id of a term for its label.
Resolve = Callable[[str, str], str]
_LINE_ENDS = re.compile("\r\n?|\u2028|\u2029|\x85")
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff]")


def plain(text: str) -> str:
    """Return a posted text with the line ends of our files, without what no file may hold."""
    return _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))


@dataclass(frozen=True)
class Posted:
    """The fields of a posted form, by name; a name that is not there was not on the page."""

    values: Mapping[str, Sequence[str]]

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str, default: str = "") -> str:
        """Return one text."""
        return plain(self.values[name][0]) if self.values.get(name) else default

    def texts(self, name: str) -> list[str]:
        """Return all texts of a name that occurs more than once."""
        return [plain(text) for text in self.values.get(name, ())]


def fits(field: SchemaField, value: Value | None) -> bool:
    """Whether the controls can show a value whole; what a broken file holds may be of another sort."""
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
    """Return the name of a control: its path with the numbers of rows."""
    return ".".join(str(part) for part in parts)


def read(field: SchemaField, before: Value | None, posted: Posted, name: str, resolve: Resolve) -> Value | None:
    """Return the value that the controls say, the very same `before` where nothing was changed; `None` for nothing."""
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
    # Of entries that were there already not a letter changes.
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
    """Return the facts that were changed, in the order of the form; `None` for one that goes."""
    changes: dict[str, Value | None] = {}
    for field in fields:
        was = before.get(field.name)
        now = read(field, was, posted, name_of("f", field.name), resolve)
        if now != was:
            changes[field.name] = now
    return changes
