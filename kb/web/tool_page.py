"""What the pages of a tool and of an adaptation show: sections with their case fields, choices, sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from flask import url_for

from kb.content.record import Passage, Reading, State
from kb.library.catalog import Entry
from kb.toolkit.card import ToolCard
from kb.toolkit.case_fields import options_of
from kb.toolkit.declared import ChoiceView, Declared, declared
from kb.toolkit.model import Adaptation, Field, PartStyle, Tool, ToolKind
from kb.toolkit.places import GROUPS, PLACE
from kb.web import i18n
from kb.web.hits import Hit, hit_of, hits
from kb.web.i18n import gettext as _
from kb.web.languages import LanguageLine, language_lines
from kb.web.practice_facts import Value
from kb.web.practice_page import line
from kb.web.rendering import generation
from kb.web.sources import SourceView, source_views
from kb.web.texts import Part, StateLine, files_of, marks, section_html
from kb.web.tool_words import FIELD_TYPES, NEEDS, STYLES, TOOL_KINDS

_MARKUP = re.compile(r"([\\`*_\[\]<>#!|])")


@dataclass(frozen=True)
class FieldView:
    """A case field: what is asked, how it is answered, and what is said to whoever fills it in."""

    label: str
    language: str
    kind: str
    need: str
    options: tuple[str, ...]
    rows: tuple[str, ...]
    hint: Passage | None


@dataclass(frozen=True)
class PartView:
    """A section with its case fields; `style` says how it is printed where that is not as text."""

    part: Part
    style: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True)
class ToolPage:
    """A tool or an adaptation. `parent` is the tool of an adaptation, `adaptations` are those of a tool."""

    reading: Reading
    head_line: StateLine
    kind: str
    parts: tuple[PartView, ...]
    choices: tuple[ChoiceView, ...]
    sources: tuple[SourceView, ...]
    practices: tuple[Hit, ...]
    parent: Hit | None
    adaptations: tuple[Hit, ...]
    languages: tuple[LanguageLine, ...]
    path: tuple[Value, ...]

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """The headings of the page, each with the id of its section."""
        return tuple((each.part.id, each.part.heading) for each in self.parts)


def tool_page(kind: str, record_id: str) -> ToolPage:
    """Return what the template shows. Raises `NotFound`, or `Gone`."""
    reading = generation().catalog.reading(kind, record_id, i18n.current().code)
    tool: Tool = reading.record
    known, head = declared(reading, registers()), line(reading, (reading.title, reading.passages["summary"]))
    names = (*tool.choices_used, *(each.id for each in tool.own_choices if each.id not in tool.choices_used))
    return ToolPage(
        reading=reading,
        head_line=head,
        kind=_(TOOL_KINDS[tool.kind]),
        parts=tuple(_part(reading, section, known, head) for section in reading.sections()),
        choices=tuple(known.choices[name] for name in names if name in known.choices),
        sources=source_views(tool.sources, marks(reading.sections(), {})),
        practices=hits(("practices", each) for each in tool.practices),
        parent=next(iter(hits([("tools", tool.parent)])), None) if isinstance(tool, Adaptation) else None,
        adaptations=_adaptations(tool.id),
        languages=language_lines(reading),
        path=(Value(_("Tools"), url_for("tools.index")),),
    )


def tools_in_order() -> list[Hit]:
    """Return the tools as they stand in a list, in the order of their use."""
    return [hit_of(entry) for entry in tool_entries()]


def tool_entries() -> list[Entry]:
    """Return the tools in the order in which they are used: forms first, guides last."""
    order = [kind.value for kind in ToolKind]
    found = [entry for entry in generation().catalog.entries("tools") if isinstance(entry.card, ToolCard)]
    return sorted(found, key=lambda entry: (order.index(entry.card.kind), entry.id))


def registers() -> tuple[Reading, ...]:
    """Return what tools share, in the reader's language."""
    catalog, code = generation().catalog, i18n.current().code
    return tuple(catalog.bundle(*entry.key).reading(code) for entry in catalog.entries("register"))


def _adaptations(tool_id: str) -> tuple[Hit, ...]:
    entries = generation().catalog.entries("adaptations")
    return tuple(hit_of(entry) for entry in entries if entry.card.parent == tool_id)


def _part(reading: Reading, section: Passage, known: Declared, head: StateLine) -> PartView:
    """Return a section. Of many short ones most are in the state of the head, which is then not said again."""
    numbers: Mapping[str, int] = {source.id: number for number, source in enumerate(reading.record.sources, 1)}
    shown = replace(section, text=_with_gaps(section.text, known))
    found = line(reading, (section,), anchor=section.name)
    style = next((part.style for part in reading.record.parts if part.id == section.name), PartStyle.TEXT)
    return PartView(
        part=Part(
            id=section.name,
            heading=with_names(section.heading or "", known),
            heading_language=section.language,
            html=section_html(shown, numbers, files_of(reading.bundle)),
            language=section.language,
            line=None if section.state is State.ORIGINAL or found.words == head.words else found,
        ),
        style="" if style is PartStyle.TEXT else _(STYLES[style]),
        fields=tuple(_fields(reading, section.name, known)),
    )


def _fields(reading: Reading, part: str, known: Declared) -> Iterator[FieldView]:
    for field in reading.record.fields:
        if field.part == part:
            yield _field(reading, field, known)


def _field(reading: Reading, field: Field, known: Declared) -> FieldView:
    label = reading.passages[f"fields.{field.id}.label"]
    return FieldView(
        label=with_names(label.text, known),
        language=label.language,
        kind=_(FIELD_TYPES[field.type]),
        need=_(NEEDS[field.need]),
        options=options_of(reading.text(f"fields.{field.id}.options")),
        rows=options_of(reading.text(f"fields.{field.id}.rows")),
        hint=reading.passage(f"fields.{field.id}.hint"),
    )


def with_names(text: str, known: Declared) -> str:
    """Return a plain text in which each blank is a gap with its name."""
    return _gaps(text, known, lambda name: f"[ {name} ]")


def _with_gaps(text: str, known: Declared) -> str:
    """Return a text in Markdown in which each blank is a gap with its name, whatever signs are in that."""
    return _gaps(text, known, _escaped)


def _gaps(text: str, known: Declared, gap: Callable[[str], str]) -> str:
    text = GROUPS.sub(lambda match: gap(_groups(match["choice"], match["value"], known)), text)
    return PLACE.sub(lambda match: gap(_name(match["blank"], known)), text)


def _groups(choice: str, value: str, known: Declared) -> str:
    """Return what stands for the groups of crimes for which an alternative will be chosen."""
    view = known.choices.get(choice)
    alternative = view.find(value) if view is not None else None
    return alternative.label if alternative is not None else value


def _escaped(name: str) -> str:
    plain = _MARKUP.sub(r"\\\1", name)
    return rf"\[ {plain} \]"


def _name(blank: str, known: Declared) -> str:
    return known.blanks[blank].label if blank in known.blanks else blank
