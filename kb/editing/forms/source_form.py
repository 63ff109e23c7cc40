"""A record's source file in the editing form: reads it for the form, and applies the posted values to its text."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from kb.editing.forms.body_sections import added_section, body_of, changed_sections, headings_in, replace_body
from kb.editing.forms.form_values import Posted, Resolve, read_all
from kb.editing.forms.own_texts import has_parent, with_own
from kb.editing.forms.schema_form import FormControl, SchemaField, form_of
from kb.editing.forms.splice_facts import splice_in_order
from kb.kinds.kind import Kind
from kb.records.front_matter import Value, cut, facts_in, read_yaml, splice
from kb.records.record import Shape
from kb.records.segments import Section, sections, splice_sections

# Prefixes of ids that texts and conditions refer to.
_BEGINNINGS: Mapping[str, str] = {
    **dict.fromkeys(("blanks", "own_blanks"), "b-"),
    **dict.fromkeys(("choices", "own_choices", "alternatives", "own_alternatives"), "ch-"),
}


@dataclass(frozen=True)
class SourceFile:
    """A source file that the form can show."""

    kind: Kind
    text: str
    values: dict[str, Value]
    sections: tuple[Section, ...]

    @property
    def shape(self) -> Shape:
        """The file format of this kind."""
        return self.kind.shape

    @property
    def fields(self) -> tuple[SchemaField, ...]:
        """The facts in the form."""
        return form_of(self.shape)

    @property
    def language(self) -> str:
        """The language it is written in."""
        language = self.values.get("language", "")
        return language if isinstance(language, str) else ""

    def key_order(self) -> tuple[str, ...]:
        """Return the key order of the guide: that of a new record."""
        return tuple(facts_in(self.kind.template("new", self.language)))

    def section_ids(self) -> tuple[str, ...]:
        """Return the sections in the form: all fixed ones, or the existing ones."""
        there = tuple(section.id for section in self.sections)
        fixed = self.shape.sections
        return there if fixed is None else (*fixed, *(each for each in there if each not in fixed))

    def find(self, section_id: str) -> Section | None:
        """Return a section, or `None` if it is not written yet."""
        return next((section for section in self.sections if section.id == section_id), None)


def read_source_file(kind: Kind, text: str) -> SourceFile | None:
    """Return the file for the form, or `None` if it is so broken that only its text can be edited."""
    parts = cut(text)
    if parts is None or "\r" in text:
        return None
    front, front_problems = read_yaml(parts.yaml)
    found, body_problems = sections(parts.body)
    if front_problems or body_problems or not front.values:
        return None
    return SourceFile(kind, text, front.values, found)


def apply_to_source(file: SourceFile, posted: Posted, resolve: Resolve) -> str:
    """Return the file's text with all form changes, and every other byte unchanged."""
    text = file.text
    if changes := read_all(file.fields, file.values, posted, resolve):
        text = splice_in_order(text, changes, file.key_order())
    headings = headings_in(file.kind, file.language)
    edits = changed_sections(file.sections, file.section_ids(), posted, headings)
    if file.shape.sections is None:
        edits |= added_section(file.sections, posted)
    if edits:
        text = replace_body(text, splice_sections(body_of(text), edits, file.shape.sections))
    return with_own(file.text, text, posted) if has_parent(file.shape.name) else text


@dataclass(frozen=True)
class RowOrder:
    """The action of a row's button: `add`, `remove`, `up` or `down`; `index` is the row's, 0 for a new one.

    A new row begins with `values`.
    """

    verb: str
    field: str
    index: int = 0
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)


def change_rows(file: SourceFile, order: RowOrder) -> str:
    """Return the text with a list row added, removed or moved; an invalid order changes nothing."""
    field = next((each for each in file.fields if each.name == order.field and each.control is FormControl.ROWS), None)
    rows = file.values.get(order.field) or []
    if field is None or not isinstance(rows, list):
        return file.text
    new = _ordered(list(rows), order, _new_row(field, rows))
    if new == rows:
        return file.text
    return splice_in_order(file.text, {field.name: new or None}, file.key_order())


def _ordered(rows: list[Value], order: RowOrder, new_row: Value) -> list[Value]:
    if order.verb == "add":
        return [*rows, {**new_row, **order.values} if isinstance(new_row, dict) else new_row]
    if not 0 <= order.index < len(rows):
        return rows
    if order.verb == "remove":
        return [row for index, row in enumerate(rows) if index != order.index]
    place = order.index + {"up": -1, "down": 1}.get(order.verb, 0)
    if 0 <= place < len(rows):
        rows.insert(place, rows.pop(order.index))
    return rows


def _new_row(field: SchemaField, rows: list[Value]) -> Value:
    """Return a new row with a unique id, because segment names contain the id.

    If the id refers to something declared elsewhere, it stays empty for the user to choose.
    """
    if any(each.name == "id" and each.suggested for each in field.fields):
        return {"id": ""}
    taken = {row.get("id") for row in rows if isinstance(row, dict)}
    beginning = _BEGINNINGS.get(field.name, field.name[0])
    return {"id": next(name for number in range(1, 10_000) if (name := f"{beginning}{number}") not in taken)}


def with_status(text: str, status: str) -> str:
    """Return the text with another status; an unreadable file stays unchanged."""
    try:
        return splice(text, {"status": status})
    except ValueError:
        return text
