"""Page of the evidence dialogue: the questions asked, each with an explanation, and the resulting rating."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import Response, request
from pydantic import ValidationError

from kb.editing.forms.assessment import (
    QUESTIONS,
    AssessmentResult,
    Row,
    Walk,
    conditions_of,
    is_by_person,
    outcome_of,
    read_answers,
    rows_of,
)
from kb.editing.forms.form_values import plain
from kb.editing.forms.source_form import SourceFile
from kb.editing.open_text import Opened
from kb.i18n import N_
from kb.kinds.practice import evidence
from kb.kinds.practice.assessment import Assessment, ToolQuality
from kb.kinds.practice.card import PracticeCard
from kb.kinds.practice.evidence import Gate, Verdict
from kb.kinds.practice.guide import EXAMPLE, MEANING
from kb.problems import Problem
from kb.web.http.form_problems import problem_text
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import render, store
from kb.web.labels.content_texts import assessment_question
from kb.web.parts.ratings import Rating, Reason, rating_of

_HEADINGS: Mapping[str, str] = {
    "G": N_("Can the practice be published?"),
    "Q": N_("How strong is the evidence?"),
    "D": N_("What was the effect?"),
    "T": N_("Can others adopt the practice?"),
}
_GATES: Mapping[str | None, str] = {
    Gate.PUBLISH: N_("The practice can be published."),
    Gate.WARN: N_("The practice can be published only with a warning that describes the conflict."),
    Gate.DRAFT: N_(
        "The practice stays a draft. Without a named body, a country and a public source, no one can check it."
    ),
    Gate.OUT_OF_SCOPE: N_("The practice does not belong on this site."),
    None: N_("Not decided yet."),
}
_ANSWERS: Mapping[str, str] = {"yes": N_("Yes"), "no": N_("No")}
_D2 = N_("Effects are counted only from level E3 upwards. Lower levels do not measure effects.")
_QUALITIES: Mapping[ToolQuality, str] = {
    ToolQuality.A: N_("Questionnaire quality A: reliability and validity are published"),
    ToolQuality.B: N_("Questionnaire quality B: reliability or validity is published"),
    ToolQuality.C: N_("Questionnaire quality C: neither reliability nor validity is published"),
}


@dataclass(frozen=True)
class QuestionView:
    """A question of the dialogue. `answer` is empty until it is answered."""

    code: str
    words: str
    meaning: str
    example: str
    answer: str


@dataclass(frozen=True)
class AssessmentGroupView:
    """A group of questions with its result: a sentence, and the reason."""

    letter: str
    heading: str
    questions: tuple[QuestionView, ...]
    outcome: str
    why: Reason


@dataclass(frozen=True)
class Dialogue:
    """The page: the walk, its questions, its rating, and the combined rating of all answers in the file."""

    walk: Walk
    groups: tuple[AssessmentGroupView, ...]
    rating: Rating
    together: Rating | None
    forgotten: tuple[tuple[str, str], ...]
    conditions: tuple[str, ...]
    by_machines: tuple[str, ...]
    by_persons: tuple[str, ...]
    is_machine_drafted: bool

    @property
    def next_open(self) -> str:
        """The code of the first unanswered question, where the dialogue continues; empty if there is none."""
        waiting = (each.code for group in self.groups for each in group.questions if not each.answer)
        return next(waiting, "")

    @property
    def needs_condition(self) -> bool:
        """Whether transfer has a condition, which must be described."""
        return outcome_of(self.walk.answers).transfer.term == "tr-conditional"

    @property
    def needs_warning(self) -> bool:
        """Whether a conflict with rights or data protection law must be described."""
        return self.walk.given().get("G3") == "no"

    def qualities(self) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
        """Return the quality levels of a questionnaire to choose from."""
        return (("", tuple((str(each), _(words)) for each, words in _QUALITIES.items())),)


def _dialogue_of(file: SourceFile, walk: Walk) -> Dialogue:
    """Return the page for the answers so far."""
    outcome, rows = outcome_of(walk.answers), rows_of(file)
    asked = {step.question for step in walk.steps()}
    return Dialogue(
        walk,
        tuple(_groups(walk, outcome)),
        _rating(outcome.level, outcome.direction, outcome.transfer),
        _together(rows, walk),
        tuple((code, answer) for code, answer in walk.answers.items() if code not in asked),
        conditions_of(file),
        tuple(str(row.get("id", "")) for row in rows if not is_by_person(row)),
        tuple(str(row.get("id", "")) for row in rows if is_by_person(row)),
        file.values.get("origin") == "machine-drafted",
    )


def _groups(walk: Walk, outcome: AssessmentResult) -> Iterator[AssessmentGroupView]:
    verdicts = {"G": outcome.gate, "Q": outcome.level, "D": outcome.direction, "T": outcome.transfer}
    rating = _rating(outcome.level, outcome.direction, outcome.transfer)
    level = f"{rating.code} {rating.level_words}" if rating.code else rating.level_words
    words = {"G": _(_GATES[outcome.gate.term]), "Q": level, "D": rating.direction_words, "T": rating.transfer_words}
    for letter, heading in _HEADINGS.items():
        questions = tuple(_question(step.question, walk) for step in walk.steps() if step.question[0] == letter)
        if questions:
            yield AssessmentGroupView(letter, _(heading), questions, words[letter], _why(verdicts[letter], walk))


def _question(code: str, walk: Walk) -> QuestionView:
    words, meaning, example = (assessment_question(code, part) for part in ("", MEANING, EXAMPLE))
    return QuestionView(code, words, meaning, example, walk.answers.get(code, ""))


def _why(verdict: Verdict, walk: Walk) -> Reason:
    question, answer = verdict.decided_by, walk.answers.get(verdict.decided_by, "")
    note = verdict.note or (_D2 if question == "D2" else "")
    return Reason(
        f"{question} {assessment_question(question)}" if question in QUESTIONS else "",
        _(_ANSWERS[answer]) if answer else "",
        _(note) if note else "",
    )


def _rating(level: Verdict, direction: Verdict, transfer: Verdict) -> Rating:
    terms = [str(each.term) if each.term else None for each in (level, direction, transfer)]
    card = PracticeCard((), evidence_level=terms[0], effect_direction=terms[1], transferability=terms[2])
    return rating_of(card, store().vocabularies)


def _together(rows: Sequence[Row], walk: Walk) -> Rating | None:
    """Return the combined rating of these and the other answers, or `None` if there are no others."""
    others = [row for row in rows if row.get("id") != walk.row and not (walk.alone and not is_by_person(row))]
    if not others:
        return None
    own: Row = {"id": walk.row or "own", "by": "person", "on": "2000-01-01", "answers": dict(walk.given())}
    try:
        all_of_them = [Assessment.model_validate(row) for row in (*others, own)]
    except ValidationError:  # an invalid row; the form reports its problem
        return None
    return _rating(
        evidence.standing_level(all_of_them),
        evidence.standing_direction(all_of_them),
        evidence.standing_transferability(all_of_them),
    )


def read_walk() -> Walk:
    """Return the posted answers."""
    form = request.form
    return Walk(
        read_answers({question: form.get(f"a.{question}", "") for question in QUESTIONS}),
        row=form.get("row", "").strip(),
        tool_quality=form.get("quality", ""),
        conditions=tuple(line.strip() for line in plain(form.get("conditions", "")).split("\n")),
        warning=plain(form.get("warning", "")).strip(),
        alone="alone" in form,
    )


def assessment_page(opened: Opened, file: SourceFile, walk: Walk, problems: tuple[Problem, ...] = ()) -> Response:
    """Return the page of the dialogue, with status 422 if there are problems."""
    title = file.values.get("title")
    return render(
        "editor/assessment/show.html",
        status=422 if problems else 200,
        opened=opened,
        title=title if isinstance(title, str) and title else opened.place.id,
        source_language=file.language,
        written_warning=file.values.get("warning", ""),
        dialogue=_dialogue_of(file, walk),
        problems=[("", problem_text(each)) for each in problems],
    )
