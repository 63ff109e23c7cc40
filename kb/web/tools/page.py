"""Data of the pages of a tool and of an adaptation: files, sheets, preview, notes, text with case fields, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from flask import url_for
from markupsafe import Markup

from kb.content_store.catalog import CatalogEntry
from kb.conversion.adaptation_text import adaptation_id
from kb.conversion.provenance_page import NOT_REVIEWED
from kb.kinds.adaptation.kind import KIND as ADAPTATION
from kb.kinds.adaptation.model import Adaptation
from kb.kinds.practice.card import PracticeCard
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.kinds.tool.card import ToolCard
from kb.kinds.tool.case_fields import options_of
from kb.kinds.tool.declared import ChoiceView, gap_names
from kb.kinds.tool.kind import KIND as TOOL
from kb.kinds.tool.model import CaseField, PartStyle, Tool, ToolKind
from kb.records.record import Passage, Reading
from kb.web.http import i18n
from kb.web.http.country_urls import home_country
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation
from kb.web.labels.confirmation_words import ConfirmationWords, confirmation_words
from kb.web.labels.practice_facts import Value
from kb.web.labels.tools import FIELD_TYPES, NEEDS, STYLES, TOOL_KINDS
from kb.web.parts.adoptions import Adoptions, adoptions_of
from kb.web.parts.blank_marks import mark_gaps, with_gaps, with_names
from kb.web.parts.cards import RecordCard, hit_of, hits
from kb.web.parts.passages import PagePart, StateLine, files_of, marks, section_html
from kb.web.parts.record_languages import LanguageLine, language_lines
from kb.web.parts.sources import SourceView, source_views
from kb.web.practices.page import line
from kb.web.tools.convert.start import StartLinks, crimes_of, start_links
from kb.web.tools.family_summary import by_country, changed_words, country_link
from kb.web.tools.gist import first_sentences, gist, in_one_line
from kb.web.tools.preview import SheetView, as_is, beginning, sheets

FILE_FORMATS: Mapping[str, str] = {"docx": "Word", "odt": "ODT", "pdf": "PDF"}
_LEAD = 2  # sentences that say what a tool is
SHOWN = 6  # papers that are shown at once


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
class FileLinks:
    """The files of a tool as it is, in one language: pairs of a format's name and an address."""

    language: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PaperLinks:
    """One of the papers of a tool: what it is, how it is used, and its files, as in `FileLinks`."""

    label: str
    hint: str
    language: str
    links: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ToolNote:
    """A section that no file prints, for those who adapt the tool; `gist` says in a few words what is in it."""

    part: ToolPartView
    gist: str


@dataclass(frozen=True)
class AdaptedView:
    """What only an adaptation has: its country, the link to its tool, and what the reader must know before its use."""

    country: str
    parent: Value | None
    changed: str
    not_reviewed: str


@dataclass(frozen=True)
class ToolPage:
    """A tool or an adaptation.

    `lead` are the first sentences of the summary, `more` the others. `files` begin with the language of the country.
    If the tool makes several `papers`, each has files for one of the `crimes` (slug and name) or for all.
    `others` are the same tool for other countries; `family` is the id of the tool. `notes` are the sections before and
    after the printed ones, which no file prints; `parts` are the others.
    """

    reading: Reading[Tool]
    head_line: StateLine
    kind: str
    lead: str
    more: str
    files: tuple[FileLinks, ...]
    papers: tuple[PaperLinks, ...]
    crimes: tuple[tuple[str, str], ...]
    start: StartLinks
    adapted: AdaptedView | None
    others: tuple[Value, ...]
    family: str
    sheets: tuple[SheetView, ...]
    beginning: tuple[Markup, Markup]
    notes: tuple[ToolNote, ...]
    parts: tuple[ToolPartView, ...]
    choices: tuple[ChoiceView, ...]
    sources: tuple[SourceView, ...]
    practices: tuple[RecordCard, ...]
    practice_countries: str
    languages: tuple[LanguageLine, ...]
    path: tuple[Value, ...]
    adoptions: Adoptions | None
    confirmed: ConfirmationWords | None

    @property
    def first_papers(self) -> tuple[PaperLinks, ...]:
        """The papers that are shown at once."""
        return self.papers[:SHOWN] if len(self.papers) > SHOWN + 2 else self.papers

    @property
    def other_papers(self) -> tuple[PaperLinks, ...]:
        """The papers that a reader opens: with fourteen, the page would be six screens of a phone long."""
        return self.papers[len(self.first_papers) :]

    @property
    def sheets_gist(self) -> str:
        """The headings of the first sheets, in one line."""
        return in_one_line(sheet.heading for sheet in self.sheets)


def tool_page(kind: str, record_id: str) -> ToolPage:
    """Return the data for the template. Raises `NotFound`, or `Gone`."""
    catalog = generation().catalog
    reading, entry = catalog.reading(kind, record_id, i18n.current().code), catalog.columns[kind, record_id]
    tool: Tool = reading.record
    found = as_is(kind, record_id)
    known = found.sources.declared
    gaps, head = gap_names(known), line(reading, (reading.title, reading.passages["summary"]))
    names = (*tool.choices_used, *(each.id for each in tool.own_choices if each.id not in tool.choices_used))
    notes = _notes(reading)
    sections = [(each, _part(reading, each, gaps, head)) for each in reading.sections()]
    lead, more = first_sentences(reading.text("summary"), reading.passages["summary"].language, _LEAD)
    family = tool.parent if isinstance(tool, Adaptation) else tool.id
    return ToolPage(
        reading=reading,
        head_line=head,
        kind=_(TOOL_KINDS[tool.kind]),
        adoptions=adoptions_of(reading) if kind == TOOL.name else None,
        confirmed=confirmation_words(reading.bundle),
        lead=lead,
        more=more,
        files=(files := file_links(entry, reading.title.language)),
        papers=tuple(_papers(reading)),
        crimes=crimes_of(found),
        start=start_links(kind, record_id, files[0].language),
        adapted=_adapted(entry, tool) if isinstance(tool, Adaptation) else None,
        others=tuple(country_link(each) for each in by_country(family) if each.id != reading.id),
        family=family,
        sheets=sheets(found),
        beginning=beginning(found),
        notes=tuple(
            ToolNote(part, with_names(gist(section.text, section.language), gaps))
            for section, part in sections
            if section.name in notes
        ),
        parts=tuple(part for section, part in sections if section.name not in notes),
        choices=tuple(known.choices[name] for name in names if name in known.choices),
        sources=source_views(tool.sources, marks(reading.sections(), {})),
        practices=hits(("practices", each) for each in tool.practices),
        practice_countries=_countries_of(tool.practices),
        languages=language_lines(reading),
        path=(Value(_("Tools"), url_for("tools.index")),),
    )


def _notes(reading: Reading[Tool]) -> set[str]:
    """Return the ids of the notes before and after the printed text; others are read with the text around them."""
    unprinted = {part.id for part in reading.record.parts if part.style is PartStyle.ADAPTER_NOTE}
    names = [section.name for section in reading.sections()]
    leading = takewhile(unprinted.__contains__, names)
    return {*leading, *takewhile(unprinted.__contains__, reversed(names))}


def file_links(entry: CatalogEntry, language: str) -> tuple[FileLinks, ...]:
    """Return the files of a tool in this language; those of an adaptation come first in the language of its country.

    The people of that country fill the form in, whatever language its page is read in.
    """
    first = entry.language if entry.kind == ADAPTATION.name else language
    return tuple(FileLinks(each, _files(entry, each)) for each in dict.fromkeys((first, language)))


def _papers(reading: Reading[Tool]) -> Iterator[PaperLinks]:
    here: dict[str, Any] = {"kind": reading.kind, "record_id": reading.id}
    for paper in reading.record.papers:
        label = reading.passages[f"papers.{paper.id}.label"]
        links = (
            (words, url_for("converting.download", **here, paper=paper.id, name=name))
            for name, words in FILE_FORMATS.items()
        )
        yield PaperLinks(label.text, reading.text(f"papers.{paper.id}.hint"), label.language, tuple(links))


def _files(entry: CatalogEntry, language: str) -> tuple[tuple[str, str], ...]:
    here: dict[str, Any] = {"kind": entry.kind, "record_id": entry.id, "in": language}
    return tuple((words, url_for("converting.download", **here, name=name)) for name, words in FILE_FORMATS.items())


def _adapted(entry: CatalogEntry, adaptation: Adaptation) -> AdaptedView:
    country = i18n.country_name(adaptation.country)
    return AdaptedView(
        country=country,
        parent=_parent(adaptation.parent),
        changed=changed_words(entry),
        not_reviewed="" if adaptation.reviewed_by_lawyer else _(NOT_REVIEWED, country=country),
    )


def _parent(tool_id: str) -> Value | None:
    """Return the link to a tool, out of the reader's country; `None` if it is not published."""
    entry = generation().catalog.find(TOOL, tool_id)
    if entry is None:
        return None
    title, language = entry.title(i18n.current().code)
    return Value(title, url_for("tools.show", record_id=entry.id, home_country=None), language=language)


def _countries_of(practices: Iterable[str]) -> str:
    """Return the names of the countries of these practices."""
    found = (generation().catalog.find(PRACTICE, each) for each in practices)
    cards = (entry.card for entry in found if entry is not None and isinstance(entry.card, PracticeCard))
    return ", ".join(dict.fromkeys(i18n.country_name(code) for card in cards for code in card.countries))


def tools_in_order() -> list[RecordCard]:
    """Return the cards of the tools, in the order of their use."""
    return [hit_of(entry) for entry in tool_entries()]


def find_adaptation(tool_id: str) -> str | None:
    """Return the id of the adaptation to the reader's country, if there is one."""
    code = home_country()
    wanted = adaptation_id(tool_id, code) if code is not None else ""
    return wanted if generation().catalog.find(ADAPTATION, wanted) is not None else None


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
            line=found if found.differs(head) else None,
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
