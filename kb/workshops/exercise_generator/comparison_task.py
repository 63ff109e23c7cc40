"""Builds a comparison task from two or three practices: a partly filled table, and questions.

In each row of facts, one practice's cell is left empty, in turn. Participants look it up in the record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from textwrap import shorten

from kb.i18n import N_
from kb.problems import Problem
from kb.records.markdown import escaped
from kb.workshops.exercise_generator.markdown_writer import (
    bullets,
    cut_title,
    joined,
    laws,
    link,
    made_from,
    numbered,
    section,
    table,
    warning,
)
from kb.workshops.exercise_generator.source_material import SourceMaterial
from kb.workshops.exercise_generator.texts import ExerciseText
from kb.workshops.exercise_generator.wording import Voice, Voices
from kb.workshops.frozen.facts import leaders
from kb.workshops.model import ItemKind
from kb.workshops.plan.items import ItemTexts
from kb.workshops.plan.transaction import refuse

LETTERS = "ABC"
_LEAST_ROWS = 3
_LONGEST_LAW = 70  # letters; the record has the full text
# At most one word and a number: `§ 4`, `articles 8, 9 and 22`, `4 straipsnis`.
_ARTICLES = re.compile(r"(?:[^\W\d]{0,12}\.?\s?)?§{0,2}\s?\d")
_LEVELS: Mapping[str, str] = {
    "local": N_("Local"),
    "regional": N_("Regional"),
    "national": N_("National"),
    "cross-border": N_("Cross-border"),
}
_JUDGED = (
    ExerciseText.COMPARISON_JUDGE_1,
    ExerciseText.COMPARISON_JUDGE_2,
    ExerciseText.COMPARISON_JUDGE_3,
    ExerciseText.COMPARISON_JUDGE_4,
)
_QUESTIONS = (
    ExerciseText.COMPARISON_QUESTION_1,
    ExerciseText.COMPARISON_QUESTION_2,
    ExerciseText.COMPARISON_QUESTION_3,
    ExerciseText.COMPARISON_QUESTION_4,
    ExerciseText.COMPARISON_QUESTION_5,
)


@dataclass(frozen=True)
class _Row:
    """A criterion and the fact of each practice for it. A fact is empty if it is not known."""

    name: str
    cells: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        return any(self.cells)


def comparison(practices: Sequence[SourceMaterial], voices: Voices) -> ItemTexts:
    """Return the task. Raises `Rejected` for fewer than two or more than three practices, or for too few facts."""
    if not 2 <= len(practices) <= len(LETTERS):
        message = N_("Select two or three practices.")
        refuse([Problem("bad-number", message, ("comparison",))])
    if len(list(_rows(practices, next(iter(voices.values()))))) < _LEAST_ROWS:
        message = N_("These practices have too few facts in common to compare. Select other practices.")
        refuse([Problem("too-little", message, ("comparison",))])
    return ItemTexts(
        ItemKind.COMPARISON,
        {code: _title(practices, voice) for code, voice in voices.items()},
        {code: _text(practices, voice) for code, voice in voices.items()},
        tuple(each.record for each in practices),
        {code: _answers(practices, voice) for code, voice in voices.items()},
    )


def _title(practices: Sequence[SourceMaterial], voice: Voice) -> str:
    codes = dict.fromkeys(code for each in practices for code in each.facts.several("countries"))
    countries = voice.speech.listing(map(voice.speech.country, codes))
    return cut_title(voice.text(ExerciseText.COMPARISON_TITLE, countries=countries))


def _text(practices: Sequence[SourceMaterial], voice: Voice) -> str:
    letters = LETTERS[: len(practices)]
    turn = count()
    facts = (_with_gap(row, next(turn)) for row in _rows(practices, voice))
    judged = ((voice.text(question), *("" for _each in letters)) for question in _JUDGED)
    return joined(
        (
            voice.text(ExerciseText.COMPARISON_INTRO),
            bullets(_named(letter, each, voice) for letter, each in zip(letters, practices, strict=True)),
            table([voice.text(ExerciseText.COMPARISON_CRITERION), *letters], [*facts, *judged]),
            section(voice.say(N_("Questions")), numbered([*_by_year(practices, voice), *map(voice.text, _QUESTIONS)])),
        )
    )


def _named(letter: str, practice: SourceMaterial, voice: Voice) -> str:
    return " ".join(filter(None, (f"**{letter}:** {link(practice, voice.code)}", warning(practice, voice))))


def _answers(practices: Sequence[SourceMaterial], voice: Voice) -> str:
    unknown = voice.say(N_("Not known"))
    rows = [(row.name, *(cell or unknown for cell in row.cells)) for row in _rows(practices, voice)]
    whole = table([voice.text(ExerciseText.COMPARISON_CRITERION), *LETTERS[: len(practices)]], rows)
    return joined((section(voice.text(ExerciseText.COMPARISON_COMPLETE), whole), made_from(practices, voice)))


def _with_gap(row: _Row, turn: int) -> tuple[str, ...]:
    """Return a row with one non-empty cell emptied."""
    known = [place for place, cell in enumerate(row.cells) if cell]
    free = known[turn % len(known)]
    return (row.name, *("" if place == free else cell for place, cell in enumerate(row.cells)))


def _rows(practices: Sequence[SourceMaterial], voice: Voice) -> Iterator[_Row]:
    for name, said in _CRITERIA.items():
        row = _Row(voice.say(name), tuple(escaped(said(each, voice)) for each in practices))
        if row.is_known:
            yield row


def _countries(practice: SourceMaterial, voice: Voice) -> str:
    return voice.speech.listing(map(voice.speech.country, practice.facts.several("countries")))


def _years(practice: SourceMaterial, voice: Voice) -> str:
    first, last = practice.facts.one("start_year"), practice.facts.one("end_year")
    if first and last:
        return voice.say(N_("%(start)s to %(end)s"), start=first, end=last)
    return voice.say(N_("since %(year)s"), year=first) if first else ""


def _level(practice: SourceMaterial, voice: Voice) -> str:
    level = practice.facts.one("level")
    return voice.say(_LEVELS[level]) if level in _LEVELS else ""


def _leaders(practice: SourceMaterial, voice: Voice) -> str:
    return voice.speech.listing(leaders(practice.facts))


def _actors(practice: SourceMaterial, voice: Voice) -> str:
    return voice.speech.listing(map(voice.term, practice.facts.several("actors")))


def _law(practice: SourceMaterial, voice: Voice) -> str:
    return "; ".join(
        dict.fromkeys(shorten(_name(law), _LONGEST_LAW, placeholder=" …") for law in laws(practice, voice))
    )


def _name(law: str) -> str:
    """Return the name of a law and its cited articles, without any further description."""
    name, *rest = re.split(r"\s*[,:;]\s+", re.sub(r"\s*\([^()]*\)", "", law))
    return ", ".join((name, *(each for each in rest if _ARTICLES.match(each))))


def _term(name: str) -> Callable[[SourceMaterial, Voice], str]:
    def said(practice: SourceMaterial, voice: Voice) -> str:
        value = practice.facts.one(name)
        return voice.term(value) if value else ""

    return said


_CRITERIA: Mapping[str, Callable[[SourceMaterial, Voice], str]] = {
    N_("Countries"): _countries,
    N_("In use"): _years,
    N_("Geographical reach"): _level,
    N_("Lead organisation"): _leaders,
    N_("Who is involved"): _actors,
    N_("Legal basis"): _law,
    N_("Evidence"): _term("evidence_level"),
    N_("Effect"): _term("effect_direction"),
    N_("Transferability"): _term("transferability"),
}


def _by_year(practices: Iterable[SourceMaterial], voice: Voice) -> Iterator[str]:
    """Yield a question about the first and the last practice to begin, if both years are known and differ."""
    pairs = zip(LETTERS, practices, strict=False)
    began = sorted((year, letter) for letter, each in pairs if (year := each.facts.one("start_year")))
    if began and began[0][0] != began[-1][0]:
        (first, early), (last, late) = began[0], began[-1]
        yield voice.text(ExerciseText.COMPARISON_YEARS, early=early, first=first, late=late, last=last)
