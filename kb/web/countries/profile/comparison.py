"""Two to five countries, question by question; what nobody has looked up is said in every cell, never left blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.kinds.country.questions import ACTORS, QUESTIONS, THEMES
from kb.records.record import Reading
from kb.web.countries.profile.answers import AnswerView, answer_view, cell_view, parts
from kb.web.http.i18n import gettext as _

FEWEST, MOST = 2, 5
# Which part of the questions in depth belongs to which theme.
_IN_DEPTH = {"t1": ("c", "d"), "t2": (), "t3a": ("e",), "t3b": (), "t4": ("i",)}
Countries = Sequence[tuple[str, Reading | None]]


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


def side_by_side(countries: Countries, theme: str = "") -> tuple[QuestionGroup, ...]:
    """Return the questions by theme, or those of one theme."""
    titles = {letter: title for letter, title, _ids in parts()}
    groups: list[QuestionGroup] = []
    for each, words in THEMES.items():
        if theme in ("", each):
            groups.append(QuestionGroup(each, _(words), tuple(_cells(countries, each))))
            groups += [
                QuestionGroup(letter, titles[letter], tuple(_answers(countries, letter))) for letter in _IN_DEPTH[each]
            ]
    return tuple(groups)


def _cells(countries: Countries, theme: str) -> Iterator[QuestionRow]:
    for actor, words in ACTORS.items():
        yield QuestionRow(_(words), tuple(cell_view(reading, f"{theme}-{actor}") for _code, reading in countries))


def _answers(countries: Countries, letter: str) -> Iterator[QuestionRow]:
    for question, words in QUESTIONS.items():
        if question.startswith(f"{letter}-"):
            yield QuestionRow(_(words), tuple(answer_view(reading, question) for _code, reading in countries))


def csv_rows(countries: Countries, theme: str = "") -> Iterator[tuple[str, ...]]:
    """Yield the same as rows: a line for each question and country, of one theme or of all."""
    yield (
        *(_("Theme"), _("Question"), _("Country"), _("Answer"), _("In words"), _("Year")),
        *(_("Checked on"), _("Sources"), _("Language of the text")),
    )
    for group in side_by_side(countries, theme):
        for line in group.lines:
            for (code, _reading), answer in zip(countries, line.answers, strict=True):
                yield _row(group.title, line.question, code, answer)


def _row(title: str, question: str, code: str, answer: AnswerView) -> tuple[str, ...]:
    said = (": ".join(part for part in (each.label, each.plain) if part) for each in answer.texts)
    texts = "\n".join(said)
    sources = "; ".join(f"{source.text} {source.address}".strip() for source in answer.support.sources)
    language = next((each.language for each in answer.texts), "")
    return (title, question, code, answer.words, texts, answer.support.year, answer.support.checked, sources, language)
