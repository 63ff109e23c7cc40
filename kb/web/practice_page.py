"""Everything the page of a practice shows, made ready for its template: sections, figures, law, sources, languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from kb.content.record import Passage, Reading, State
from kb.content.sources import Source
from kb.practices.model import SECTION_TITLES, ExternalRating, Figure, Material, Practice, TimeLimit
from kb.web import i18n
from kb.web.hits import Hit, hits, short_facts
from kb.web.i18n import gettext as _
from kb.web.languages import LanguageLine, language_lines
from kb.web.practice_facts import SOURCE_KINDS, Row, Value, channel, glance, needs, terms
from kb.web.practice_law import LawRow, law_rows
from kb.web.ratings import Readings, readings_of
from kb.web.rendering import library, today
from kb.web.texts import Mark, Part, StateLine, marks, overdue, section_html, state_line


@dataclass(frozen=True)
class SourceView:
    """A source in the list: its number, the words about it, and the places that cite it."""

    source: Source
    number: int
    kind: str
    details: tuple[str, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class FigureView:
    """A figure: what it counts, and the number of the source that says so."""

    figure: Figure
    label: Passage
    source: int | None


@dataclass(frozen=True)
class PracticePage:
    """One practice in one language; every group of words brings the line that says where they come from."""

    reading: Reading
    practice: Practice
    title: Passage
    summary: Passage
    head_line: StateLine
    short_facts: tuple[str, ...]
    readings: Readings
    parts: tuple[Part, ...]
    figures: tuple[FigureView, ...]
    data_fields: tuple[Passage, ...]
    time_limits: tuple[tuple[TimeLimit, Passage], ...]
    channel: tuple[Row, ...]
    channel_note: Passage | None
    distribution_rule: Passage | None
    law: tuple[LawRow, ...]
    conditions: tuple[Passage, ...]
    needs: tuple[tuple[str, Passage | None], ...]
    materials: tuple[tuple[Material, tuple[str, ...]], ...]
    ratings_elsewhere: tuple[ExternalRating, ...]
    sources: tuple[SourceView, ...]
    glance: tuple[Row, ...]
    languages: tuple[LanguageLine, ...]
    related: tuple[Hit, ...]
    warning: Passage | None
    path: tuple[Value, ...]
    is_overdue: bool
    lines: Mapping[str, StateLine]

    @property
    def is_fallback(self) -> bool:
        """Whether the whole record is shown in the language it was written in, for want of a translation."""
        return self.reading.is_fallback

    @property
    def readable_in(self) -> tuple[str, ...]:
        """The languages in which the record really exists."""
        return self.reading.bundle.languages()

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """The headings of the body, each with the id of its section."""
        groups = (
            ("figures", _("Key figures"), self.figures),
            ("data_fields", _("What is sent"), self.data_fields),
            ("secure_channel", _("How it is sent"), self.channel or self.channel_note),
            ("time_limits", _("Time limits"), self.time_limits),
            ("distribution_rule", _("How people are shared among providers"), self.distribution_rule),
            ("legal_basis", _("Legal basis"), self.law),
            ("materials", _("Materials to take"), self.materials),
            ("external_ratings", _("Ratings elsewhere"), self.ratings_elsewhere),
            ("sources", _("Sources"), True),
        )
        present = tuple((name, words) for name, words, found in groups if found)
        return tuple((part.id, part.heading) for part in self.parts) + present


def practice_page(reading: Reading) -> PracticePage:
    """Return what the template of a practice shows."""
    practice: Practice = reading.record
    house = library()
    numbers = {source.id: number for number, source in enumerate(practice.sources, 1)}
    sections = reading.sections()
    headings = {name: _(title) for name, title in SECTION_TITLES.items()}
    cited = marks(sections, headings)
    title, summary = reading.title, reading.passages["summary"]
    return PracticePage(
        reading=reading,
        practice=practice,
        title=title,
        summary=summary,
        head_line=line(reading, (title, summary)),
        short_facts=short_facts(practice),
        readings=readings_of(practice, house.vocabularies, today()),
        parts=tuple(_part(reading, section, headings, numbers) for section in sections),
        figures=_figures(reading, numbers),
        data_fields=_labels(reading, "data_fields", practice.data_fields),
        time_limits=tuple(
            zip(practice.time_limits, _labels(reading, "time_limits", practice.time_limits), strict=True)
        ),
        channel=channel(practice, house.vocabularies),
        channel_note=reading.passage("secure_channel.note"),
        distribution_rule=reading.passage("distribution_rule"),
        law=law_rows(reading, house.law),
        conditions=_labels(reading, "transfer_conditions", practice.transfer_conditions),
        needs=needs(reading),
        materials=tuple((material, _material(material)) for material in practice.materials),
        ratings_elsewhere=practice.external_ratings,
        sources=tuple(source_view(each, numbers[each.id], cited.get(each.id, ())) for each in practice.sources),
        glance=glance(practice, house.vocabularies),
        languages=language_lines(reading),
        related=hits(("practices", record_id) for record_id in practice.related),
        warning=reading.passage("warning"),
        path=(
            Value(_("Practices"), url_for("practices.index")),
            *terms(practice.areas[:1], house.vocabularies, facet="area"),
        ),
        is_overdue=overdue(practice.review_due, today()),
        lines=_lines(reading),
    )


def _path(practice: Practice) -> tuple[Value, ...]:
    area = terms(practice.areas[:1], library().vocabularies, facet="area")
    return (Value(_("Practices"), url_for("practices.index")), *area)


def original_address(reading: Reading, anchor: str | None = None) -> str:
    """Return the address of the record, or of one of its sections, in the language it was written in."""
    language = reading.record.language
    return url_for(f"{reading.kind}.show", language=language, record_id=reading.id, _anchor=anchor)


def line(reading: Reading, passages: Iterable[Passage], anchor: str | None = None) -> StateLine:
    """Return the line of texts that stand together on the page of a record."""
    original = original_address(reading, anchor)
    return state_line(passages, is_drafted=reading.record.is_machine_drafted, original=original)


def _lines(reading: Reading) -> dict[str, StateLine]:
    """Return one line for each group of short texts that are not originals, by the first part of their names."""
    groups: dict[str, list[Passage]] = {}
    for name, passage in reading.passages.items():
        groups.setdefault(name.partition(".")[0], []).append(passage)
    lines = {group: line(reading, passages, anchor=group) for group, passages in groups.items()}
    return {group: found for group, found in lines.items() if found.state is not State.ORIGINAL}


def _part(reading: Reading, section: Passage, headings: Mapping[str, str], numbers: Mapping[str, int]) -> Part:
    """Return a section. In the original language all are originals, and the head of the page has said so."""
    found = line(reading, (section,), anchor=section.name)
    return Part(
        id=section.name,
        heading=headings[section.name],
        heading_language=i18n.current().code,
        html=section_html(section, numbers),
        language=section.language,
        line=None if section.state is State.ORIGINAL else found,
    )


def _labels(reading: Reading, group: str, rows: Iterable[object]) -> tuple[Passage, ...]:
    return tuple(reading.passages[f"{group}.{getattr(row, 'id', '')}.label"] for row in rows)


def _time_limits(reading: Reading) -> tuple[tuple[TimeLimit, Passage], ...]:
    limits = reading.record.time_limits
    return tuple(zip(limits, _labels(reading, "time_limits", limits), strict=True))


def _figures(reading: Reading, numbers: Mapping[str, int]) -> tuple[FigureView, ...]:
    figures = reading.record.figures
    labels = _labels(reading, "figures", figures)
    return tuple(
        FigureView(figure, label, numbers.get(figure.source)) for figure, label in zip(figures, labels, strict=True)
    )


def source_view(source: Source, number: int, places: tuple[Mark, ...]) -> SourceView:
    """Return a source of any record as its list shows it."""
    known = (
        source.publisher,
        source.year,
        _(SOURCE_KINDS[source.kind]),
        _in_language(source.language),
        _("seen on %(date)s", date=i18n.date_words(source.accessed)) if source.accessed else None,
    )
    return SourceView(source, number, _(SOURCE_KINDS[source.kind]), tuple(filter(None, known)), places)


def _in_language(code: str | None) -> str | None:
    return _("language: %(language)s", language=i18n.language_name(code)) if code else None


def _material(material: Material) -> tuple[str, ...]:
    kind = terms((material.kind,), library().vocabularies)
    licence = _("licence: %(licence)s", licence=material.licence) if material.licence else None
    return tuple(filter(None, (*(value.text for value in kind), _in_language(material.language), licence)))
