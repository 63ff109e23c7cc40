"""Data of the page of an exercise: the sheet for participants first, then what the trainer needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import url_for

from kb.kinds.country.kind import KIND as COUNTRY
from kb.kinds.country.questions import KEY_FACTS
from kb.kinds.exercise.kind import KIND as EXERCISE
from kb.kinds.exercise.model import INVENTED, Exercise
from kb.kinds.exercise.work_methods import METHOD_WORDS
from kb.records.record import Passage, Reading
from kb.search.analysis.collation import sort_key
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, store
from kb.web.labels.content_texts import key_fact
from kb.web.labels.practice_facts import Value
from kb.web.parts.cards import RecordCard, hits
from kb.web.parts.passages import PagePart, StateLine, files_of, marks, section_html
from kb.web.parts.record_languages import LanguageLine, language_lines
from kb.web.parts.sources import SourceView, source_views
from kb.web.practices.page import line


@dataclass(frozen=True)
class NationalView:
    """What differs by country, and the key fact of the country profiles that has the answer."""

    question: Passage
    fact: str


@dataclass(frozen=True)
class TimetableEntry:
    """A step of the timetable: activity, its language if not the reader's, way of working, and minutes."""

    what: str
    language: str | None
    how: str
    minutes: int


@dataclass(frozen=True)
class ExercisePage:
    """An exercise: `sheet` is for participants, `trainer` for the trainer alone."""

    reading: Reading[Exercise]
    head_line: StateLine
    invented: str
    audience: tuple[Value, ...]
    aims: tuple[Passage, ...]
    timing: tuple[TimetableEntry, ...]
    sheet: tuple[PagePart, ...]
    trainer: tuple[PagePart, ...]
    national: tuple[NationalView, ...]
    countries: tuple[Value, ...]
    tools: tuple[RecordCard, ...]
    practices: tuple[RecordCard, ...]
    sources: tuple[SourceView, ...]
    languages: tuple[LanguageLine, ...]
    path: tuple[Value, ...]

    @property
    def contents(self) -> tuple[tuple[str, str], ...]:
        """The headings of the page, each with the id of its section."""
        return tuple((part.id, part.heading) for part in (*self.sheet, *self.trainer))


def exercise_page(record_id: str) -> ExercisePage:
    """Return the data for the template. Raises `NotFound`, or `Gone`."""
    reading = generation().catalog.reading(EXERCISE, record_id, i18n.current().code)
    exercise = reading.record
    head = line(reading, (reading.title, reading.passages["summary"]))
    parts = {section.name: _part(reading, section, head) for section in reading.sections()}
    given = [name for name in exercise.participants_sections() if name in parts]
    return ExercisePage(
        reading=reading,
        head_line=head,
        invented=_(INVENTED),
        audience=tuple(_term(actor) for actor in exercise.actors),
        aims=tuple(reading.passages[f"aims.{aim.id}.label"] for aim in exercise.aims),
        timing=tuple(_timing(exercise, reading)),
        sheet=tuple(parts[name] for name in given),
        trainer=tuple(part for name, part in parts.items() if name not in given),
        national=tuple(
            NationalView(reading.passages[f"national.{row.id}.label"], key_fact(row.fact))
            for row in exercise.national
            if row.fact in KEY_FACTS
        ),
        countries=_countries() if exercise.national else (),
        tools=hits(("tools", each) for each in exercise.tools),
        practices=hits(("practices", each) for each in exercise.practices),
        sources=source_views(exercise.sources, marks(reading.sections(), {})),
        languages=language_lines(reading),
        path=(Value(_("Tools"), url_for("tools.index")), Value(_("Exercises"), url_for("exercises.index"))),
    )


def _timing(exercise: Exercise, reading: Reading[Exercise]) -> Iterator[TimetableEntry]:
    """Yield the steps of the timetable in order; steps without time are left out."""
    yield TimetableEntry(_("Opening"), None, "", int(exercise.opening))
    for dose in exercise.doses:
        passage = reading.passages[dose.id]
        for how, minutes in ((_(METHOD_WORDS[dose.method]), dose.work), (_("Discussion"), dose.talk)):
            if int(minutes):
                yield TimetableEntry(passage.heading or "", passage.language, how, int(minutes))
    yield TimetableEntry(_("Looking back"), None, "", int(exercise.closing))


def _term(term_id: str) -> Value:
    """Return the link to a term; an unknown term is named by its id."""
    term = store().vocabularies.find_term(term_id)
    label = term.label(i18n.current().code) if term is not None else term_id
    return Value(label, url_for("terms.show", term_id=term_id) if term is not None else None)


def _countries() -> tuple[Value, ...]:
    """Return links to the key facts of the countries, by name."""
    codes = [entry.id.upper() for entry in generation().catalog.entries(COUNTRY)]
    found = (
        Value(i18n.country_name(code), url_for("profiles.show", record_id=code.lower(), _anchor="facts"))
        for code in codes
    )
    language = i18n.current().code
    return tuple(sorted(found, key=lambda value: sort_key(value.text, language)))


def _part(reading: Reading[Exercise], section: Passage, head: StateLine) -> PagePart:
    """Return a section; its line is omitted for an original, and if it repeats that of the head."""
    numbers: Mapping[str, int] = {source.id: number for number, source in enumerate(reading.record.sources, 1)}
    found = line(reading, (section,), anchor=section.name)
    return PagePart(
        id=section.name,
        heading=section.heading or "",
        heading_language=section.language,
        html=section_html(section, numbers, files_of(reading.bundle)),
        language=section.language,
        line=found if found.differs(head) else None,
    )
