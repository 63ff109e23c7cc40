"""Outline beside the form of a source file: its parts in order, with what is missing in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import render_template

from kb.editing.forms.schema_form import SchemaField
from kb.editing.forms.source_form import SourceFile
from kb.editing.quality.completeness import CompletenessItem, Importance, completeness_of
from kb.i18n import N_
from kb.web.editor.form.completeness import Measure, item_link, measure_of
from kb.web.editor.form.controls import id_of
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import store
from kb.web.labels.fields import label_of

# The texts at the head of the form, the rows that the sections cite, and the facts about the record itself at its end.
HEAD, CITED = ("title", "summary"), ("sources",)
KEEPING = ("origin", "keeper", "reviewed", "review_due", "licence", "aliases")

_MISSING = {Importance.NEEDED: N_("Required"), Importance.EXPECTED: N_("Expected")}


@dataclass(frozen=True)
class OutlineEntry:
    """A link to a control. `missing` says in a word how much it is missed, `count` how many rows a list has."""

    id: str
    label: str
    is_there: bool
    missing: str = ""
    count: int = 0


@dataclass(frozen=True)
class OutlinePart:
    """A part of the form, in its order."""

    id: str
    heading: str
    entries: tuple[OutlineEntry, ...]


@dataclass(frozen=True)
class FormOutline:
    """All parts of the form, and the completeness of the record."""

    measure: Measure
    parts: tuple[OutlinePart, ...]

    def html(self) -> str:
        """Return the outline as HTML without its frame, for the script that shows it after each save."""
        return render_template("editor/_outline_parts.html", outline=self)


def outline_of(file: SourceFile) -> FormOutline:
    """Return the outline of a source file."""
    items = completeness_of(file, store().vocabularies).items
    facts = {item.name: item for item in items if not item.is_section}
    fields = {field.name: field for field in file.fields}
    middle = tuple(name for name in fields if name not in (*HEAD, *CITED, *KEEPING))
    parts = [
        OutlinePart("h--title", _("Title and summary"), tuple(_entries(file, facts, fields, (*HEAD, *CITED)))),
        OutlinePart("h--sections", _("Sections"), tuple(_entry(file, item) for item in items if item.is_section)),
        OutlinePart("h--facts", _("Facts"), tuple(_entries(file, facts, fields, middle))),
        OutlinePart("h--keeping", _("Responsibility"), tuple(_entries(file, facts, fields, KEEPING))),
    ]
    return FormOutline(measure_of(file), tuple(part for part in parts if part.entries or part.id == "h--sections"))


def _entries(
    file: SourceFile, facts: dict[str, CompletenessItem], fields: dict[str, SchemaField], names: Sequence[str]
) -> Iterator[OutlineEntry]:
    for name in names:
        if name in facts:
            yield _entry(file, facts[name])
        elif name in fields:  # it does not count as missing
            is_there = bool(file.values.get(name))
            yield OutlineEntry(id_of(f"f.{name}"), label_of(fields[name]), is_there, count=_count(file, name))


def _entry(file: SourceFile, item: CompletenessItem) -> OutlineEntry:
    control, label = item_link(file, item)
    words = _MISSING.get(item.group, "") if not item.is_there else ""
    count = 0 if item.is_section else _count(file, item.name)
    return OutlineEntry(control, label, item.is_there, _(words) if words else "", count)


def _count(file: SourceFile, name: str) -> int:
    rows = file.values.get(name)
    return len(rows) if isinstance(rows, list) else 0
