"""Data of the pages of a tool and of an adaptation: sections with their case fields, choices, sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from kb.content_store.catalog import CatalogEntry
from kb.conversion.adaptation_text import adaptation_id
from kb.kinds.adaptation.kind import KIND as ADAPTATION
from kb.kinds.adaptation.model import Adaptation
from kb.kinds.tool.card import ToolCard
from kb.kinds.tool.case_fields import options_of
from kb.kinds.tool.declared import ChoiceView, declared, gap_names
from kb.kinds.tool.kind import KIND as TOOL
from kb.kinds.tool.model import CaseField, PartStyle, Tool, ToolKind
from kb.records.record import Passage, Reading, State
from kb.web.http import i18n
from kb.web.http.country_urls import home_country
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation
from kb.web.labels.practice_facts import Value
from kb.web.labels.tools import FIELD_TYPES, NEEDS, STYLES, TOOL_KINDS
from kb.web.parts.blank_marks import mark_gaps, registers, with_gaps, with_names
from kb.web.parts.cards import RecordCard, hit_of, hits
from kb.web.parts.passages import PagePart, StateLine, files_of, marks, section_html
from kb.web.parts.record_languages import LanguageLine, language_lines
from kb.web.parts.sources import SourceView, source_views
from kb.web.practices.page import line
from kb.web.tools.family_summary import by_country

FILE_FORMATS: Mapping[str, str] = {"docx": "Word", "odt": "ODT", "pdf": "PDF"}


@dataclass(frozen=True)
class FieldView:
    """A case field: its label, the kind of answer, and a hint for the person who fills it in."""

    label: str
    language: str
    kind: str
    need: str
    options: tuple[str, ...]
    rows: tuple[str, ...]
    hint: Passage | None


@dataclass(frozen=True)
class ToolPartView:
    """A section with its case fields; `style` says how it is printed if not as text."""

    part: PagePart
    style: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True)
class ToolPage:
    """A tool or an adaptation. `parent` is the tool of an adaptation, `adaptations` are those of a tool."""

    reading: Reading[Tool]
    head_line: StateLine
    kind: str
    parts: tuple[ToolPartView, ...]
    choices: tuple[ChoiceView, ...]
    sources: tuple[SourceView, ...]
    practices: tuple[RecordCard, ...]
    parent: RecordCard | None
    adaptations: tuple[RecordCard, ...]
    languages: tuple[LanguageLine, ...]
    path: tuple[Value, ...]

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """The formats in which the tool downloads as it is, in the reader's language, with their addresses."""
        here: dict[str, Any] = {
            "kind": self.reading.kind,
            "record_id": self.reading.id,
            "in": self.reading.title.language,
        }
        return tuple((words, url_for("converting.download", **here, name=name)) for name, words in FILE_FORMATS.items())

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """The headings of the page, each with the id of its section."""
        return tuple((each.part.id, each.part.heading) for each in self.parts)


def tool_page(kind: str, record_id: str) -> ToolPage:
    """Return the data for the template. Raises `NotFound`, or `Gone`."""
    reading = generation().catalog.reading(kind, record_id, i18n.current().code)
    tool: Tool = reading.record
    known = declared(reading, registers())
    gaps, head = gap_names(known), line(reading, (reading.title, reading.passages["summary"]))
    names = (*tool.choices_used, *(each.id for each in tool.own_choices if each.id not in tool.choices_used))
    return ToolPage(
        reading=reading,
        head_line=head,
        kind=_(TOOL_KINDS[tool.kind]),
        parts=tuple(_part(reading, section, gaps, head) for section in reading.sections()),
        choices=tuple(known.choices[name] for name in names if name in known.choices),
        sources=source_views(tool.sources, marks(reading.sections(), {})),
        practices=hits(("practices", each) for each in tool.practices),
        parent=next(iter(hits([("tools", tool.parent)])), None) if isinstance(tool, Adaptation) else None,
        adaptations=tuple(hit_of(entry) for entry in by_country(tool.id)),
        languages=language_lines(reading),
        path=(Value(_("Tools"), url_for("tools.index")),),
    )


def tools_in_order() -> list[RecordCard]:
    """Return the cards of the tools, in the order of their use."""
    return [hit_of(entry) for entry in tool_entries()]


def find_adaptation(tool_id: str) -> str | None:
    """Return the id of the adaptation to the reader's country, if there is one."""
    code = home_country()
    wanted = adaptation_id(tool_id, code) if code is not None else ""
    return wanted if generation().catalog.find(ADAPTATION, wanted) is not None else None


def adapted_tools() -> tuple[Value, ...]:
    """Return links to the tools that the reader's country adapted, in the order of the tools."""
    found = (find_adaptation(entry.id) for entry in tool_entries())
    return tuple(_adapted(each) for each in found if each is not None)


def _adapted(record_id: str) -> Value:
    title, language = generation().catalog.columns["adaptations", record_id].title(i18n.current().code)
    return Value(title, url_for("adaptations.show", record_id=record_id), language=language)


def tool_entries() -> list[CatalogEntry]:
    """Return the tools in the order of their use: forms first, guides last."""
    order = [kind.value for kind in ToolKind]
    found = [entry for entry in generation().catalog.entries(TOOL) if isinstance(entry.card, ToolCard)]
    return sorted(found, key=lambda entry: (order.index(entry.card.kind), entry.id))


def _part(reading: Reading[Tool], section: Passage, gaps: Mapping[str, str], head: StateLine) -> ToolPartView:
    """Return a section; its line is omitted if it repeats that of the head, as for most short sections."""
    numbers: Mapping[str, int] = {source.id: number for number, source in enumerate(reading.record.sources, 1)}
    shown = replace(section, text=with_gaps(section.text, gaps))
    found = line(reading, (section,), anchor=section.name)
    style = next((part.style for part in reading.record.parts if part.id == section.name), PartStyle.TEXT)
    return ToolPartView(
        part=PagePart(
            id=section.name,
            heading=with_names(section.heading or "", gaps),
            heading_language=section.language,
            html=mark_gaps(section_html(shown, numbers, files_of(reading.bundle))),
            language=section.language,
            line=None if section.state is State.ORIGINAL or found.words == head.words else found,
        ),
        style="" if style is PartStyle.TEXT else _(STYLES[style]),
        fields=tuple(_fields(reading, section.name, gaps)),
    )


def _fields(reading: Reading[Tool], part: str, gaps: Mapping[str, str]) -> Iterator[FieldView]:
    for field in reading.record.fields:
        if field.part == part:
            yield _field(reading, field, gaps)


def _field(reading: Reading[Tool], field: CaseField, gaps: Mapping[str, str]) -> FieldView:
    label = reading.passages[f"fields.{field.id}.label"]
    return FieldView(
        label=with_names(label.text, gaps),
        language=label.language,
        kind=_(FIELD_TYPES[field.type]),
        need=_(NEEDS[field.need]),
        options=options_of(reading.text(f"fields.{field.id}.options")),
        rows=options_of(reading.text(f"fields.{field.id}.rows")),
        hint=reading.passage(f"fields.{field.id}.hint"),
    )
