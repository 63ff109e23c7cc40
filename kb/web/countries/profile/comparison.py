"""Comparison of two to five countries: their verdicts, extents at a glance, and every answer, question by question.

A cell without an answer says that it is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flask import url_for

from kb.kinds.country.guidance import ReaderRole
from kb.kinds.country.kind import KIND as COUNTRY
from kb.kinds.country.membership import EUROPE, MEMBERS
from kb.kinds.country.model import Country
from kb.kinds.country.questions import QUESTIONS
from kb.records.record import Reading
from kb.search.analysis.collation import sort_key
from kb.web.countries.page import find_reading
from kb.web.countries.profile.answers import AnswerView, answer_view, cell_view, parts
from kb.web.countries.profile.glance import Glance, GlanceRow, counted, glance_cell, legend_of
from kb.web.countries.short_answer import VerdictGroup, verdict_groups
from kb.web.http import i18n
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import generation
from kb.web.labels.content_texts import actor_names, country_question, theme_names
from kb.web.parts.answer_links import guided_countries

FEWEST, MOST = 2, 5
# The parts of the questions in depth by theme.
_IN_DEPTH = {"t1": ("c", "d"), "t2": (), "t3a": ("e",), "t3b": (), "t4": ("i",)}
Option = tuple[str, str]
Countries = Sequence[tuple[str, Reading[Country] | None]]


@dataclass(frozen=True)
class QuestionRow:
    """One question with the answer of each country."""

    id: str
    question: str
    answers: tuple[AnswerView, ...]

    @property
    def differs(self) -> bool:
        """Whether the countries with an answer have different ones."""
        return len({answer.look for answer in self.answers if answer.is_known}) > 1


@dataclass(frozen=True)
class QuestionGroup:
    """The questions of one theme, or of a part in depth that belongs to it; `glance` shows the extents of a theme."""

    id: str
    theme: str
    title: str
    lines: tuple[QuestionRow, ...]
    glance: Glance | None = None


@dataclass(frozen=True)
class CountryVerdict:
    """Whether the police of a country must refer, and how many extents of each kind it has, in words."""

    name: str
    address: str
    groups: tuple[VerdictGroup, ...]
    counts: str


@dataclass(frozen=True)
class CountryComparison:
    """The countries with their names, the questions if there are enough countries, and the options of the menus.

    `proposed` are countries that the menus choose first if none is asked for.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    verdicts: tuple[CountryVerdict, ...]
    groups: tuple[QuestionGroup, ...]
    theme: str
    options: tuple[Option, ...]
    themes: tuple[Option, ...]
    proposed: tuple[str, ...] = ()
    most: int = MOST

    @property
    def has_enough(self) -> bool:
        """Whether there are at least two countries to compare."""
        return len(self.codes) >= FEWEST

    @property
    def verdict(self) -> str:
        """How many extents differ, in words."""
        lines = [line for group in self.groups if group.glance is not None for line in group.lines]
        return ngettext(
            "The countries differ in %(count)s of %(total)s answers.",
            "The countries differ in %(count)s of %(total)s answers.",
            sum(line.differs for line in lines),
            total=i18n.number(len(lines)),
        )

    @property
    def legend(self) -> tuple[tuple[str, str], ...]:
        """The looks of the cells, with what they mean."""
        return legend_of(cell for group in self.groups if group.glance is not None for cell in group.glance.cells)


def comparison_page(codes: tuple[str, ...], theme: str) -> CountryComparison:
    """Return the data for the template of the comparison: all themes, or the one that is named."""
    readings = tuple((code, find_reading(code)) for code in codes)
    groups = _groups(readings, theme) if len(codes) >= FEWEST else ()
    return CountryComparison(
        codes=codes,
        names=tuple(_title(code, reading) for code, reading in readings),
        verdicts=tuple(_verdict(place, readings, groups) for place in range(len(codes))),
        groups=groups,
        theme=theme,
        options=country_options(),
        themes=tuple(theme_names().items()),
        proposed=tuple(each.code.upper() for each in guided_countries())[:MOST],
    )


def _groups(countries: Countries, theme: str) -> tuple[QuestionGroup, ...]:
    titles = {letter: title for letter, title, _ids in parts()}
    groups: list[QuestionGroup] = []
    for each, words in theme_names().items():
        if theme in ("", each):
            lines = tuple(_cells(countries, each))
            groups.append(QuestionGroup(each, each, words, lines, _glance(countries, words, lines)))
            groups += [
                QuestionGroup(letter, each, titles[letter], tuple(_answers(countries, letter)))
                for letter in _IN_DEPTH[each]
            ]
    return tuple(groups)


def _glance(countries: Countries, caption: str, lines: Iterable[QuestionRow]) -> Glance:
    """Return the extents of a theme, with a column for each country."""
    bases = [url_for("profiles.show", record_id=code.lower()) for code, _reading in countries]
    rows = (
        GlanceRow(
            line.question,
            f"#{line.id}",
            tuple(glance_cell(each, base) for each, base in zip(line.answers, bases, strict=True)),
        )
        for line in lines
    )
    return Glance(caption, tuple(_title(*each) for each in countries), tuple(rows))


def _verdict(place: int, countries: Countries, groups: Iterable[QuestionGroup]) -> CountryVerdict:
    """Return the verdict of the country in this place."""
    code, reading = countries[place]
    rows = (row for group in groups if group.glance is not None for row in group.glance.rows)
    return CountryVerdict(
        _title(code, reading),
        url_for("countries.show", record_id=code.lower()),
        verdict_groups(reading.record, ReaderRole.POLICE) if reading is not None else (),
        counted(row.cells[place] for row in rows),
    )


def _cells(countries: Countries, theme: str) -> Iterator[QuestionRow]:
    for actor, words in actor_names().items():
        cell = f"{theme}-{actor}"
        yield QuestionRow(cell, words, tuple(cell_view(reading, cell) for _code, reading in countries))


def _answers(countries: Countries, letter: str) -> Iterator[QuestionRow]:
    for question in QUESTIONS:
        if question.startswith(f"{letter}-"):
            answers = tuple(answer_view(reading, question) for _code, reading in countries)
            yield QuestionRow(question, country_question(question), answers)


def _title(code: str, reading: Reading[Country] | None) -> str:
    """Return the title of a record; if it is not in the reader's language, the name of the country."""
    return reading.title.text if reading is not None and not reading.is_fallback else i18n.country_name(code)


def country_options() -> tuple[Option, ...]:
    """Return the countries to choose from: those with a profile first, then the other Member States, by name."""
    written = {entry.id.upper() for entry in generation().catalog.entries(COUNTRY)}
    return tuple(_by_name(written | MEMBERS))


def _by_name(codes: Iterable[str]) -> list[Option]:
    language = i18n.current().code
    named = ((code, i18n.country_name(code)) for code in codes if code in EUROPE)
    return sorted(named, key=lambda pair: sort_key(pair[1], language))
