"""The two ratings of a practice on pages: steps of the square, words, and reasons.

Strength, direction and transfer are never joined to one sentence from fragments: that cannot be translated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kb.i18n import N_
from kb.kinds.practice import evidence
from kb.kinds.practice import rating_words as reading_words
from kb.kinds.practice.assessment import Assessment, Assessor, ToolQuality
from kb.kinds.practice.evidence import Verdict
from kb.kinds.practice.model import Practice
from kb.speech import Speech
from kb.vocabulary.model import Vocabularies
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.labels.content_texts import assessment_question

UNRATED = reading_words.UNRATED
_SIGNS: Mapping[str | None, str] = {
    evidence.POSITIVE: "pos",
    evidence.MIXED: "mix",
    evidence.NONE: "non",
    evidence.HARMFUL: "har",
    evidence.NOT_MEASURED: "nm",
    None: "nm",
}
# The sign in the corner of the square, and its meaning.
_DIRECTIONS = {term: (sign, reading_words.DIRECTIONS[term]) for term, sign in _SIGNS.items()}
_ASSESSORS: Mapping[Assessor, str] = {
    Assessor.MACHINE: N_("Answered by AI on %(date)s"),
    Assessor.PERSON: N_("Answered by a person on %(date)s"),
}
_QUALITIES: Mapping[ToolQuality, str] = {
    ToolQuality.A: N_("Questionnaire quality A: reliability and validity are published"),
    ToolQuality.B: N_("Questionnaire quality B: reliability or validity is published"),
    ToolQuality.C: N_("Questionnaire quality C: neither reliability nor validity is published"),
}
# Notes on questions that are not asked, because they follow from other answers.
_NOTES: Mapping[str, str] = {
    "D2": N_("Effects are counted only from level E3 upwards. Lower levels do not measure effects.")
}
_ANSWERS: Mapping[str, str] = {"yes": N_("Yes"), "no": N_("No")}


@dataclass(frozen=True)
class Rating:
    """The content of the square, in steps and in words. `code` is E1 to E5, empty where a rating is missing."""

    level: int
    code: str
    level_words: str
    direction: str
    direction_words: str
    transfer: int
    transfer_words: str

    @property
    def is_harmful(self) -> bool:
        """Whether harm was found; every title shows this."""
        return self.direction == "har"

    def sentence(self) -> str:
        """Return the rating as text for readers who do not see the square."""
        return _(
            "Evidence: level %(level)s of 5, %(level_words)s. Result: %(direction_words)s. Transferability: level "
            "%(transfer)s of 4, %(transfer_words)s.",
            level=self.level,
            level_words=self.level_words,
            direction_words=self.direction_words,
            transfer=self.transfer,
            transfer_words=self.transfer_words,
        )


class Rated(Protocol):
    """An object with the generated ratings of a practice: a record, its card, or a text of a past version."""

    @property
    def evidence_level(self) -> str | None:
        """How well it is tested."""

    @property
    def effect_direction(self) -> str | None:
        """What was found."""

    @property
    def transferability(self) -> str | None:
        """How far it can be transferred."""


def rating_of(practice: Rated, vocabularies: Vocabularies, speech: Speech | None = None) -> Rating:
    """Return the rating of a practice, in the reader's language or in another one."""
    speech = speech or i18n.speech()
    level, transfer = practice.evidence_level, practice.transferability
    term = vocabularies.find_term(level) if level else None
    sign, words = _DIRECTIONS.get(practice.effect_direction, _DIRECTIONS[None])
    return Rating(
        level=evidence.LEVELS.index(level) + 1 if level in evidence.LEVELS else 0,
        code=term.notation if term else "",
        level_words=_label(level, vocabularies, speech),
        direction=sign,
        direction_words=speech.say(words),
        transfer=evidence.TRANSFERABILITY.index(transfer) if transfer in evidence.TRANSFERABILITY else 0,
        transfer_words=_label(transfer, vocabularies, speech),
    )


def rating_words(term_id: str, vocabularies: Vocabularies) -> str:
    """Return the label of a generated rating, or an empty text where its term is unknown."""
    if term_id in _DIRECTIONS:
        return _(_DIRECTIONS[term_id][1])
    return _label(term_id, vocabularies, i18n.speech()) if vocabularies.find_term(term_id) else ""


def _label(term_id: str | None, vocabularies: Vocabularies, speech: Speech) -> str:
    term = vocabularies.find_term(term_id) if term_id else None
    return term.label(speech.code) if term else speech.say(UNRATED)


@dataclass(frozen=True)
class Reason:
    """The reason of a rating: the question at which the procedure ended, its answer, and a note."""

    question: str
    answer: str
    note: str


@dataclass(frozen=True)
class Answered:
    """One question of an assessment with its answer."""

    code: str
    question: str
    answer: str


@dataclass(frozen=True)
class AssessmentView:
    """One pass through the questions."""

    who: str
    quality: str
    answers: tuple[Answered, ...]


@dataclass(frozen=True)
class Readings:
    """The rating with its reasons, and every answer it rests on."""

    rating: Rating
    level: Reason
    direction: Reason
    transfer: Reason
    assessments: tuple[AssessmentView, ...]
    is_recommended: bool


def readings_of(practice: Practice, vocabularies: Vocabularies, today: date) -> Readings:
    """Return the ratings shown in the margin of a practice's page."""
    given = practice.assessments
    return Readings(
        rating=rating_of(practice, vocabularies),
        level=_reason(evidence.standing_level(given), given),
        direction=_reason(evidence.standing_direction(given), given),
        transfer=_reason(evidence.standing_transferability(given), given),
        assessments=tuple(_view(assessment) for assessment in given),
        is_recommended=evidence.is_recommended(practice, today),
    )


def _reason(verdict: Verdict, assessments: Iterable[Assessment]) -> Reason:
    stands = next((each for each in assessments if each.id == verdict.assessment), None)
    note = verdict.note or _NOTES.get(verdict.decided_by, "")
    answer = stands.answers.given().get(verdict.decided_by, "") if stands else ""
    return Reason(
        question=assessment_question(verdict.decided_by) if verdict.decided_by in evidence.QUESTIONS else "",
        answer=_(_ANSWERS[answer]) if answer else "",
        note=_(note) if note else "",
    )


def _view(assessment: Assessment) -> AssessmentView:
    return AssessmentView(
        who=_(_ASSESSORS[assessment.by], date=i18n.date_words(assessment.on)),
        quality=_(_QUALITIES[assessment.tool_quality]) if assessment.tool_quality else "",
        answers=tuple(
            Answered(code, assessment_question(code), _(_ANSWERS[answer]))
            for code, answer in assessment.answers.given().items()
            if code in evidence.QUESTIONS
        ),
    )
