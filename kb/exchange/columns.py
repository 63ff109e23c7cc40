"""The table columns of a kind of record, and the conversion of facts to cells and back.

Facts with rows of their own (sources, figures, assessments) and the sections of the body are not exported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kb.editing.forms.form_values import fits, plain
from kb.editing.forms.schema_form import FormControl, SchemaField, form_of
from kb.editing.forms.source_form import SourceFile
from kb.exchange.term_labels import Meaning
from kb.records.front_matter import Value
from kb.records.record import Shape

ID, LANGUAGE, FINGERPRINT, STATUS = "id", "language", "fingerprint", "status"
# These columns identify the record and its state at the time of export; users must not change them.
FIXED = (ID, LANGUAGE, FINGERPRINT, STATUS)

_LISTS = (FormControl.LINES, FormControl.TERMS)
_SIMPLE = (FormControl.LINE, FormControl.TEXT, FormControl.CHOICE, *_LISTS)
_BETWEEN = "; "
# Entries are separated by semicolons without a backslash before them.
_ENTRY = re.compile(r"(?:[^\\;]|\\.|\\$)+", re.DOTALL)
_ESCAPED = re.compile(r"\\([\\;])")


@dataclass(frozen=True)
class Column:
    """An editable fact. Its name is the key, prefixed with the key of its group: `secure_channel.used`."""

    field: SchemaField

    @property
    def name(self) -> str:
        """The text in the header row."""
        return self.field.path

    @property
    def keys(self) -> tuple[str, ...]:
        """The path to the fact, from the top."""
        return tuple(self.field.path.split("."))


@cache
def columns_of(shape: Shape) -> tuple[Column, ...]:
    """Return the editable facts of a kind, in the order of the schema."""
    fields = form_of(shape)
    inside = ((field, *(field.fields if field.control is FormControl.GROUP else ())) for field in fields)
    return tuple(Column(each) for some in inside for each in some if each.control in _SIMPLE)


def header_of(shape: Shape) -> tuple[str, ...]:
    """Return the header row of a table of this kind."""
    return (*FIXED, *(column.name for column in columns_of(shape)))


def mark_of(fingerprint: str) -> str:
    """Return the fingerprint of a file as a cell that no program reads as a number."""
    return f"f-{fingerprint[:20]}"


def fixed_cells(file: SourceFile, record_id: str, fingerprint: str) -> dict[str, str]:
    """Return the read-only cells."""
    status = file.values.get(STATUS)
    return {
        ID: record_id,
        LANGUAGE: file.language,
        FINGERPRINT: mark_of(fingerprint),
        STATUS: status if isinstance(status, str) and status else "draft",
    }


def row_of(file: SourceFile, record_id: str, fingerprint: str) -> tuple[str, ...]:
    """Return the row of a record."""
    cells = (cell_of(column, value_of(file.values, column)) for column in columns_of(file.shape))
    return (*fixed_cells(file, record_id, fingerprint).values(), *cells)


def value_of(values: Mapping[str, Value], column: Column) -> Value | None:
    """Return the fact of a column, or `None` if the record does not have it."""
    top, *rest = column.keys
    value = values.get(top)
    for key in rest:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def cell_of(column: Column, value: Value | None) -> str:
    """Return a value as the text of a cell; empty for a missing value, or one that does not fit in a cell."""
    if not value or not fits(column.field, value):
        return ""
    if isinstance(value, list):
        return _BETWEEN.join(plain(str(each)).replace("\\", "\\\\").replace(";", "\\;") for each in value)
    return plain(str(value))


def value_from(column: Column, cell: str, meaning: Meaning) -> Value | None:
    """Parse a cell: resolve names to ids, and keep each term once; `None` for an empty cell."""
    field = column.field
    if field.control not in _LISTS:
        return _meant(field, cell.strip(), meaning) or None
    found = (_ESCAPED.sub(r"\1", each).strip() for each in _ENTRY.findall(cell.replace("\n", ";")))
    entries: list[Value] = [_meant(field, each, meaning) for each in found if each]
    return (list(dict.fromkeys(entries)) if field.control is FormControl.TERMS else entries) or None


def _meant(field: SchemaField, text: str, meaning: Meaning) -> str:
    if text and field.options:
        return meaning.choose(field, text)
    return meaning.resolve(field.suggested, text) if text and field.suggested else text


def put(values: Mapping[str, Value], changes: dict[str, Value | None], column: Column, value: Value | None) -> None:
    """Add a changed fact to the changes of a record's top-level keys."""
    top, *rest = column.keys
    if not rest:
        changes[top] = value
        return
    before = changes.get(top, values.get(top))
    group = dict(before) if isinstance(before, dict) else {}
    if value is None:
        group.pop(rest[0], None)
    else:
        group[rest[0]] = value
    changes[top] = group or None
