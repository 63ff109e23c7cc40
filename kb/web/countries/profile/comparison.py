"""Comparison of two to five countries, question by question; a cell without an answer says that it is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kb.kinds.country.kind import KIND as COUNTRY
from kb.kinds.country.membership import EUROPE, MEMBERS
from kb.kinds.country.model import Country
from kb.kinds.country.questions import QUESTIONS
from kb.records.record import Reading
from kb.search.analysis.collation import sort_key
from kb.web.countries.page import find_reading
from kb.web.countries.profile.answers import AnswerView, answer_view, cell_view, parts
from kb.web.http import i18n
from kb.web.http.rendering import generation
from kb.web.labels.content_texts import actor_names, country_question, theme_names

FEWEST, MOST = 2, 5
# The parts of the questions in depth by theme.
_IN_DEPTH = {"t1": ("c", "d"), "t2": (), "t3a": ("e",), "t3b": (), "t4": ("i",)}
Option = tuple[str, str]
Countries = Sequence[tuple[str, Reading[Country] | None]]


@dataclass(frozen=True)
class QuestionRow:
    """One question with the answer of each country."""

    question: str
    answers: tuple[AnswerView, ...]

    @property
    def is_known(self) -> bool:
        """Whether any of the countries has an answer."""
        return any(answer.is_known for answer in self.answers)


@dataclass(frozen=True)
class QuestionGroup:
    """The questions of one theme."""

    id: str
    title: str
    lines: tuple[QuestionRow, ...]


@dataclass(frozen=True)
class CountryComparison:
    """The countries with their names, the questions if there are enough countries, and the options of the menus."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    groups: tuple[QuestionGroup, ...]
    theme: str
    options: tuple[Option, ...]
    themes: tuple[Option, ...]
    most: int = MOST

    @property
    def has_enough(self) -> bool:
        """Whether there are at least two countries to compare."""
        return len(self.codes) >= FEWEST


def comparison_page(codes: tuple[str, ...], theme: str) -> CountryComparison:
    """Return the data for the template of the comparison: all themes, or the one that is named."""
    readings = tuple((code, find_reading(code)) for code in codes)
    return CountryComparison(
        codes=codes,
        names=tuple(_title(code, reading) for code, reading in readings),
        groups=_groups(readings, theme) if len(codes) >= FEWEST else (),
        theme=theme,
        options=country_options(),
        themes=tuple(theme_names().items()),
    )


def _groups(countries: Countries, theme: str) -> tuple[QuestionGroup, ...]:
    titles = {letter: title for letter, title, _ids in parts()}
    groups: list[QuestionGroup] = []
    for each, words in theme_names().items():
        if theme in ("", each):
            groups.append(QuestionGroup(each, words, tuple(_cells(countries, each))))
            groups += [
                QuestionGroup(letter, titles[letter], tuple(_answers(countries, letter))) for letter in _IN_DEPTH[each]
            ]
    return tuple(groups)


def _cells(countries: Countries, theme: str) -> Iterator[QuestionRow]:
    for actor, words in actor_names().items():
        yield QuestionRow(words, tuple(cell_view(reading, f"{theme}-{actor}") for _code, reading in countries))


def _answers(countries: Countries, letter: str) -> Iterator[QuestionRow]:
    for question in QUESTIONS:
        if question.startswith(f"{letter}-"):
            yield QuestionRow(
                country_question(question), tuple(answer_view(reading, question) for _code, reading in countries)
            )


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
