"""Data of the page of a practice: sections, figures, law, sources, languages, and the most similar practices."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from flask import request, url_for

from kb.kinds.country.guidance import ReaderRole
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.kinds.practice.labels import CHOICE_FIELDS
from kb.kinds.practice.model import (
    NOT_STATED,
    SECTION_TITLES,
    ExternalRating,
    Figure,
    Material,
    Practice,
    TimeLimit,
)
from kb.records.record import Passage, Reading
from kb.search.analysis.collation import sort_key
from kb.speech import lower_first
from kb.vocabulary.model import Vocabularies
from kb.web.http import i18n
from kb.web.http.country_urls import home_country
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import generation, store, today
from kb.web.http.search_index import ask_index
from kb.web.labels.confirmation_words import ConfirmationWords, confirmation_words
from kb.web.labels.guidance_fields import ROLES
from kb.web.labels.kinds import singular_name
from kb.web.labels.practice_facts import Fact, Value, channel, first_facts, more_facts, needs, terms
from kb.web.parts.adoptions import Adoptions, adoptions_of
from kb.web.parts.answer_links import AnswerLink, choice_address, has_guidance
from kb.web.parts.cards import RecordCard, hits, short_facts
from kb.web.parts.formats import amount, dialled, limit, period
from kb.web.parts.law_references import LawRow, law_rows
from kb.web.parts.passages import PagePart, StateLine, files_of, marks, overdue, section_html, state_line
from kb.web.parts.ratings import Readings, readings_of
from kb.web.parts.record_languages import LanguageLine, language_lines
from kb.web.parts.sources import SourceView, in_language, source_views
from kb.web.practices.history import CurrentVersion
from kb.web.practices.sections import PageSection, SectionPlace, order_sections
from kb.web.practices.sourced_lines import SourcedView, sourced_line
from kb.web.practices.tool_links import tools_for_practice

SIMILAR = 5  # number of similar records
# Two needs that the short answer names; the others are in their section.
_FIRST_NEEDS = ("law", "staff")
# Whose answers a reader of a practice may look for: the first of its actors that is here.
_ROLES: Mapping[str, ReaderRole] = {
    "police": ReaderRole.POLICE,
    "prosecutors": ReaderRole.PROSECUTION,
    "courts-and-judges": ReaderRole.PROSECUTION,
    "victim-support-organisations": ReaderRole.SUPPORT,
    "specialist-support-services": ReaderRole.SUPPORT,
    "health-professionals": ReaderRole.FIRST_CONTACT,
    "social-services": ReaderRole.FIRST_CONTACT,
    "teachers-and-schools": ReaderRole.FIRST_CONTACT,
    "lawyers": ReaderRole.LAWYER,
}


@dataclass(frozen=True)
class FigureView:
    """A figure: what it counts, and the number of the source that says so."""

    figure: Figure
    label: Passage
    source: int | None

    @property
    def value(self) -> str:
        """The number in the reader's format."""
        return amount(self.figure.value)

    @property
    def year(self) -> str:
        """Its year or years."""
        return period(self.figure.year or "")


@dataclass(frozen=True)
class PracticePage:
    """One practice in one language; every group of texts has a line on its origin."""

    reading: Reading[Practice]
    practice: Practice
    title: Passage
    summary: Passage
    head_line: StateLine
    kicker: tuple[str, ...]
    readings: Readings
    parts: tuple[PagePart, ...]
    figures: tuple[FigureView, ...]
    data_fields: tuple[Passage, ...]
    time_limits: tuple[tuple[str, Passage], ...]
    channel: tuple[Fact, ...]
    channel_note: Passage | None
    distribution_rule: Passage | None
    law: tuple[LawRow, ...]
    conditions: tuple[Passage, ...]
    needs: tuple[tuple[str, Passage | None], ...]
    first_needs: tuple[Passage, ...]
    materials: tuple[tuple[Material, tuple[str, ...]], ...]
    ratings_elsewhere: tuple[ExternalRating, ...]
    sources: tuple[SourceView, ...]
    facts: tuple[Fact, ...]
    languages: tuple[LanguageLine, ...]
    related: tuple[RecordCard, ...]
    adoptions: Adoptions
    warning: Passage | None
    short: Passage | None
    first_step: Passage | None
    staff: SourcedView | None
    cost: SourcedView | None
    contact: tuple[Value, ...]
    contact_checked: str
    not_found: tuple[Passage, ...]
    confirmed: ConfirmationWords | None
    uses: tuple[AnswerLink, ...]
    path: tuple[Value, ...]
    is_overdue: bool
    lines: Mapping[str, StateLine]
    standing: CurrentVersion | None
    is_version: bool

    @property
    def is_fallback(self) -> bool:
        """Whether the whole record is shown in its original language because a translation is missing."""
        return self.reading.is_fallback

    @property
    def readable_in(self) -> tuple[str, ...]:
        """The languages in which the record really exists."""
        return self.reading.bundle.languages()

    @property
    def sections(self) -> tuple[PageSection, ...]:
        """The sections of the page and of its documents, in this order."""
        there = {
            "summary": self.short,
            "figures": self.figures,
            "sending": self.data_fields
            or self.channel
            or self.channel_note
            or self.time_limits
            or self.distribution_rule,
            "legal_basis": self.law,
            "materials": self.materials,
            "external_ratings": self.ratings_elsewhere,
            "related": self.related,
            "first_step": self.first_step,
            "not_found": self.not_found,
        }
        always = ("staff_line", "cost_line", "contact", "readings", "needs", "facts", "sources", "keeper")
        return order_sections(self.parts, (*always, *(name for name, found in there.items() if found)))

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """The headings of the body in the order of the page, each with the id of its section."""
        return tuple((each.id, each.heading) for each in self.sections if each.place is SectionPlace.BODY)

    @property
    def values(self) -> Mapping[str, str]:
        """What a section says in a few words, by its id, for the line that opens it."""
        rating = self.readings.rating
        found = {
            "results": rating.direction_words,
            "transfer": rating.transfer_words,
            "figures": ngettext("%(count)s figure", "%(count)s figures", len(self.figures)),
            "needs": _needs_words(self.needs),
            "sending": _points(len(self.data_fields)) if self.data_fields else "",
            "not_found": _points(len(self.not_found)),
            "sources": ngettext("%(count)s source", "%(count)s sources", len(self.sources)),
            "keeper": _(
                "%(label)s: %(words)s", label=_("Maintained by"), words=self.practice.keeper or _("no one yet")
            ),
        }
        return {name: words for name, words in found.items() if words}


def _needs_words(needs: Iterable[tuple[str, Passage | None]]) -> str:
    """Return the names of the needs that are known, as a list."""
    first, *others = [label for label, passage in needs if passage is not None] or [""]
    return i18n.listing((first, *map(lower_first, others)))


def _points(number: int) -> str:
    return ngettext("%(count)s point", "%(count)s points", number)


def practices_by_title() -> tuple[RecordCard, ...]:
    """Return all published practices, in the order of the reader's alphabet."""
    code = i18n.current().code
    entries = sorted(generation().catalog.entries(PRACTICE), key=lambda entry: sort_key(entry.title(code)[0], code))
    return hits(entry.key for entry in entries)


def find_reading(record_id: str) -> Reading[Practice]:
    """Return a practice in the reader's language. Raises `NotFound` or `Gone`."""
    return generation().catalog.reading(PRACTICE, record_id, i18n.current().code)


def practice_page(
    reading: Reading[Practice], standing: CurrentVersion | None = None, *, is_version: bool = False
) -> PracticePage:
    """Return the data for the template of a practice.

    `standing` is its current version, if known; `is_version` is true for a page of a past version.
    """
    practice = reading.record
    vocabularies, law = store().vocabularies, store().law
    numbers = {source.id: number for number, source in enumerate(practice.sources, 1)}
    sections, head = reading.sections(), line(reading, (reading.title, reading.passages["summary"]))
    headings = {name: _(title) for name, title in SECTION_TITLES.items()}
    cited = marks(sections, headings)
    title, summary = reading.title, reading.passages["summary"]
    return PracticePage(
        reading=reading,
        practice=practice,
        title=title,
        summary=summary,
        head_line=head,
        kicker=_kicker(practice),
        readings=readings_of(practice, vocabularies, today()),
        parts=tuple(_part(reading, section, headings, numbers, head) for section in sections),
        figures=_figures(reading, numbers),
        data_fields=_labels(reading, "data_fields", practice.data_fields),
        time_limits=tuple(
            zip(map(_limit, practice.time_limits), _labels(reading, "time_limits", practice.time_limits), strict=True)
        ),
        channel=channel(practice, vocabularies),
        channel_note=reading.passage("secure_channel.note"),
        distribution_rule=reading.passage("distribution_rule"),
        law=law_rows(reading, law),
        conditions=_labels(reading, "transfer_conditions", practice.transfer_conditions),
        needs=needs(reading),
        first_needs=tuple(filter(None, (reading.passage(f"needs.{name}") for name in _FIRST_NEEDS))),
        materials=tuple((material, _material(material)) for material in practice.materials),
        ratings_elsewhere=practice.external_ratings,
        sources=source_views(practice.sources, cited),
        facts=(*first_facts(practice, vocabularies), *more_facts(practice, vocabularies)),
        languages=language_lines(reading),
        related=hits(("practices", record_id) for record_id in practice.related),
        adoptions=adoptions_of(reading),
        warning=reading.passage("warning"),
        short=reading.passage("short"),
        first_step=reading.passage("first_step"),
        staff=sourced_line("staff_line", reading, numbers),
        cost=sourced_line("cost_line", reading, numbers),
        contact=tuple(_contact(practice)),
        contact_checked=_checked(practice),
        not_found=tuple(reading.passages[f"not_found.{row.id}.text"] for row in practice.not_found),
        confirmed=confirmation_words(reading.bundle),
        uses=tuple(_uses(practice)),
        path=(
            Value(_("Practices"), url_for("practices.index")),
            *_first_area(practice, vocabularies),
        ),
        is_overdue=overdue(practice.review_due, today()),
        lines=_lines(reading, head),
        standing=standing,
        is_version=is_version,
    )


def _kicker(practice: Practice) -> tuple[str, ...]:
    """Return the kind of record, where the practice is in use, how far it reaches, and since when."""
    field = CHOICE_FIELDS["level"]
    level = (_(field.options[practice.level]),) if practice.level is not None else ()
    place, *years = short_facts(practice)
    return (singular_name(PRACTICE.name), place, *level, *years)


def _uses(practice: Practice) -> Iterator[AnswerLink]:
    """Yield the answers of the reader's country, else of a country of the practice, then the tools that name it."""
    countries = [code for code in (home_country(), *practice.countries) if code]
    code = next(filter(has_guidance, countries), None)
    role = next((_ROLES[actor] for actor in practice.actors if actor in _ROLES), None)
    if code is not None and role is not None:
        title = _("%(label)s: %(words)s", label=_("Answers"), words=i18n.country_name(code))
        yield AnswerLink(title, choice_address(code, role), _(ROLES[role]), is_open=False)
    yield from tools_for_practice(practice.id, countries)


def _contact(practice: Practice) -> Iterable[Value]:
    """Yield the name with its page, then mailbox and telephone."""
    found = practice.contact
    if found is not None:
        yield Value(found.name, found.address or "")
        if found.email:
            yield Value(found.email, f"mailto:{found.email}")
        if found.number:
            yield Value(found.number, f"tel:{dialled(found.number)}")


def _checked(practice: Practice) -> str:
    if practice.contact is None:
        return ""
    return _("Checked on %(date)s", date=i18n.date_words(practice.contact.checked))


def more_like(kind: str, record_id: str, *, besides: Collection[str] = ()) -> tuple[RecordCard, ...]:
    """Return the most similar records, except those that the page names anyway; none without an index."""
    most = SIMILAR + len(besides)
    found = ask_index(lambda view: view.similar(kind, record_id, i18n.current().code, most))
    keys = [(hit.kind, hit.id) for hit in found or () if hit.id not in besides]
    return hits(keys[:SIMILAR])


def _first_area(practice: Practice, vocabularies: Vocabularies) -> tuple[Value, ...]:
    """Return the first area, with its page."""
    area = vocabularies.find_term(practice.areas[0])
    return (Value(area.label(i18n.current().code), url_for("themes.show", record_id=area.id)),) if area else ()


def _original_address(reading: Reading, anchor: str | None = None) -> str:
    """Return the address of this page, or of one of its sections, in the original language of the record."""
    values = {**(request.view_args or {}), "language": reading.record.language}
    return url_for(request.endpoint or f"{reading.kind}.show", **values, _anchor=anchor)


def line(reading: Reading, passages: Iterable[Passage], anchor: str | None = None) -> StateLine:
    """Return the origin of texts that appear together on the page of a record."""
    original = _original_address(reading, anchor)
    return state_line(passages, is_drafted=reading.record.is_machine_drafted, original=original)


def _lines(reading: Reading[Practice], head: StateLine) -> dict[str, StateLine]:
    """Return a line for each group of short texts whose origin is not the page's, by the first part of their names."""
    groups: dict[str, list[Passage]] = {}
    for name, passage in reading.passages.items():
        groups.setdefault(name.partition(".")[0], []).append(passage)
    lines = {group: line(reading, passages, anchor=group) for group, passages in groups.items()}
    return {group: found for group, found in lines.items() if found.differs(head)}


def _part(
    reading: Reading[Practice],
    section: Passage,
    headings: Mapping[str, str],
    numbers: Mapping[str, int],
    head: StateLine,
) -> PagePart:
    """Return a section. It has a line only if its origin differs from that of the page, which `head` says."""
    found = line(reading, (section,), anchor=section.name)
    return PagePart(
        id=section.name,
        heading=headings[section.name],
        heading_language=i18n.current().code,
        html=section_html(section, numbers, files_of(reading.bundle)),
        language=section.language,
        line=found if found.differs(head) else None,
    )


def _labels(reading: Reading, group: str, rows: Iterable[object]) -> tuple[Passage, ...]:
    return tuple(reading.passages[f"{group}.{getattr(row, 'id', '')}.label"] for row in rows)


def _figures(reading: Reading[Practice], numbers: Mapping[str, int]) -> tuple[FigureView, ...]:
    figures = reading.record.figures
    labels = _labels(reading, "figures", figures)
    return tuple(
        FigureView(figure, label, numbers.get(figure.source)) for figure, label in zip(figures, labels, strict=True)
    )


def _limit(each: TimeLimit) -> str:
    return limit(each.value)


def _material(material: Material) -> tuple[str, ...]:
    kind = terms((material.kind,), store().vocabularies)
    label = lower_first(_("Licence"))
    stated = _("not stated") if material.licence == NOT_STATED else material.licence
    licence = _("%(label)s: %(words)s", label=label, words=stated) if stated else None
    return tuple(
        filter(None, (material.owner, *(value.text for value in kind), in_language(material.language), licence))
    )
