"""The questions on evidence and transferability: the next question, the result of the answers, and saving them.

The answers come from a signed-in user, so only this module writes `by: person`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kb.editing.forms.source_form import SourceFile
from kb.editing.forms.splice_facts import splice_in_order
from kb.kinds.practice import evidence
from kb.kinds.practice.assessment import AssessmentAnswer, AssessmentAnswers, Assessor, ToolQuality
from kb.kinds.practice.assessment_questions import AssessmentStep, list_steps
from kb.kinds.practice.evidence import Given, Verdict
from kb.records.files.generated_lines import format_source
from kb.records.front_matter import Value

QUESTIONS = tuple(AssessmentAnswers.model_fields)
_ANSWERS = frozenset(str(each) for each in AssessmentAnswer)
# A row may be invalid in any way. The writer gives each new row an id, and finds old rows by it.
Row = dict[str, Value]


@dataclass(frozen=True)
class Walk:
    """One pass through the questions, as far as the user has come.

    `row` is the id of the assessment being changed, empty for a new one. `answers` may include some to questions that
    no longer apply after a change. They return if that change is undone, and are not saved.
    """

    answers: Given = field(default_factory=dict)
    row: str = ""
    tool_quality: str = ""
    conditions: tuple[str, ...] = ()
    warning: str = ""
    alone: bool = False

    def steps(self) -> tuple[AssessmentStep, ...]:
        """Return the questions that apply, answered or not."""
        return list_steps(self.answers)

    def given(self) -> dict[str, str]:
        """Return the answers to the questions that apply."""
        return {step.question: self.answers[step.question] for step in self.steps() if step.question in self.answers}

    def is_open(self) -> bool:
        """Return whether a question is still unanswered."""
        return any(step.question not in self.answers for step in self.steps())


@dataclass(frozen=True)
class AssessmentResult:
    """The result of the answers, each verdict with the question that decided it."""

    gate: Verdict
    level: Verdict
    direction: Verdict
    transfer: Verdict


def outcome_of(given: Given) -> AssessmentResult:
    """Return the result of the answers of one walk."""
    return AssessmentResult(
        evidence.gate(given), evidence.level(given), evidence.direction(given), evidence.transferability(given)
    )


def read_answers(posted: Mapping[str, str]) -> dict[str, str]:
    """Return the valid answers among posted values, in the order of the questions."""
    return {question: posted[question] for question in QUESTIONS if posted.get(question) in _ANSWERS}


def rows_of(file: SourceFile) -> tuple[Row, ...]:
    """Return the assessments of a file that are valid rows."""
    rows = file.values.get("assessments")
    return tuple(row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()


def is_by_person(row: Row) -> bool:
    """Return whether a person gave the answers."""
    return row.get("by") == Assessor.PERSON


def begin_walk(file: SourceFile, row_id: str = "", like: str = "") -> Walk:
    """Return the initial walk of a page.

    `row_id` names the assessment to change: only a person's, by default the last of these. `new` begins another one.
    `like` then copies the answers of the row of that id, to be confirmed one by one.
    """
    rows = rows_of(file)
    own = [row for row in rows if is_by_person(row) and (row_id in ("", row.get("id")))]
    if row_id != "new" and own:
        return _walk(own[-1], str(own[-1].get("id", "")))
    model = next((row for row in rows if like and row.get("id") == like), None)
    return _walk(model, "") if model is not None else Walk()


def _walk(row: Row, row_id: str) -> Walk:
    given, quality = row.get("answers"), row.get("tool_quality")
    answers = {key: value for key, value in given.items() if isinstance(value, str)} if isinstance(given, dict) else {}
    return Walk(read_answers(answers), row_id, quality if isinstance(quality, str) else "")


def write_walk(file: SourceFile, record_id: str, walk: Walk, today: date) -> str:
    """Return the file with these answers as a person's of today, and with the lines generated from all answers.

    With `alone`, the answers of machines are removed, because they were a draft. Raises `ValueError` if the program
    cannot write to the file.
    """
    rows = [row for row in rows_of(file) if not (walk.alone and not is_by_person(row))]
    new_id = walk.row or _free("a", {str(row.get("id")) for row in rows_of(file)})
    new: Row = {"id": new_id, "by": Assessor.PERSON.value, "on": today.isoformat(), "answers": dict(walk.given())}
    if walk.tool_quality in {str(each) for each in ToolQuality}:
        new["tool_quality"] = walk.tool_quality
    kept = [new if row.get("id") == new_id else row for row in rows]
    changes: dict[str, Value | None] = {"assessments": [*kept, *([new] if new not in kept else [])]}
    if added := _conditions(file, walk):
        changes["transfer_conditions"] = added
    if walk.warning and walk.given().get("G3") == AssessmentAnswer.NO:
        changes["warning"] = walk.warning
    return format_source(file.shape, record_id, splice_in_order(file.text, changes, file.key_order()))


def conditions_of(file: SourceFile) -> tuple[str, ...]:
    """Return the transfer conditions already in the file."""
    rows = file.values.get("transfer_conditions")
    labels = [row.get("label") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return tuple(each for each in labels if isinstance(each, str) and each)


def _conditions(file: SourceFile, walk: Walk) -> list[Value]:
    """Return all conditions with new ones appended, or nothing if none is new."""
    known = conditions_of(file)
    new = [each for each in dict.fromkeys(walk.conditions) if each and each not in known]
    if not new:
        return []
    rows = file.values.get("transfer_conditions")
    all_rows: list[Value] = list(rows) if isinstance(rows, list) else []
    for label in new:
        taken = {str(row.get("id")) for row in all_rows if isinstance(row, dict)}
        all_rows.append({"id": _free("c", taken), "label": label})
    return all_rows


def _free(letter: str, taken: set[str]) -> str:
    return next(name for number in range(1, 10_000) if (name := f"{letter}{number}") not in taken)
