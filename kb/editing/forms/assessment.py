"""The dialogue on evidence and transfer: which question comes next, what the answers come to, and writing them down.

Whoever answers is a person who has signed in; so what is written here says `by: person`, and nothing else does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kb.editing.forms.source_form import SourceFile
from kb.editing.forms.splice_facts import splice_in_order
from kb.kinds.practice import evidence
from kb.kinds.practice.assessment import AssessmentAnswer, AssessmentAnswers, Assessor, ToolQuality
from kb.kinds.practice.assessment_questions import AssessmentStep, asked
from kb.kinds.practice.evidence import Given, Verdict
from kb.records.files.generated_lines import format_source
from kb.records.front_matter import Value

QUESTIONS = tuple(AssessmentAnswers.model_fields)
_ANSWERS = frozenset(str(each) for each in AssessmentAnswer)
# A row may be broken in any way; its id is what the writer gives a new one, and what he finds an old one by.
Row = dict[str, Value]


@dataclass(frozen=True)
class Walk:
    """One walk through the questions, as far as somebody has come.

    `row` is the id of the assessment that it changes, empty for a new one. `answers` may hold some that nobody asks for
    any more since an earlier one was changed: they come back if that is changed again, and are not written.
    """

    answers: Given = field(default_factory=dict)
    row: str = ""
    tool_quality: str = ""
    conditions: tuple[str, ...] = ()
    warning: str = ""
    alone: bool = False

    def steps(self) -> tuple[AssessmentStep, ...]:
        """Return the questions that are asked, answered or not."""
        return asked(self.answers)

    def given(self) -> dict[str, str]:
        """Return the answers to what is asked."""
        return {step.question: self.answers[step.question] for step in self.steps() if step.question in self.answers}

    def is_open(self) -> bool:
        """Whether a question is still to be answered."""
        return any(step.question not in self.answers for step in self.steps())


@dataclass(frozen=True)
class AssessmentResult:
    """What answers come to, each with the question that decided."""

    gate: Verdict
    level: Verdict
    direction: Verdict
    transfer: Verdict


def outcome_of(given: Given) -> AssessmentResult:
    """Return what the answers of one walk come to."""
    return AssessmentResult(
        evidence.gate(given), evidence.level(given), evidence.direction(given), evidence.transferability(given)
    )


def read_answers(posted: Mapping[str, str]) -> dict[str, str]:
    """Return the answers among posted values, in the order of the questions; whatever is no answer is none."""
    return {question: posted[question] for question in QUESTIONS if posted.get(question) in _ANSWERS}


def rows_of(file: SourceFile) -> tuple[Row, ...]:
    """Return the assessments of a file, as far as they are rows."""
    rows = file.values.get("assessments")
    return tuple(row for row in rows if isinstance(row, dict)) if isinstance(rows, list) else ()


def is_by_person(row: Row) -> bool:
    """Whether a person answered."""
    return row.get("by") == Assessor.PERSON


def begin_walk(file: SourceFile, row_id: str = "", like: str = "") -> Walk:
    """Return the walk that a page begins with.

    `row_id` names the assessment that is changed: only a person's can be, and without a name it is the last of these.
    `new` begins another one, `like` with the answers of the row of that id, to be gone through one by one.
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
    """Return the file with these answers as a person's of today, and with the lines that follow from all answers.

    With `alone` the answers of machines go: theirs were a draft. Raises `ValueError` where the program cannot write
    into the file.
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
    """Return the conditions of transfer that the file names already."""
    rows = file.values.get("transfer_conditions")
    labels = [row.get("label") for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    return tuple(each for each in labels if isinstance(each, str) and each)


def _conditions(file: SourceFile, walk: Walk) -> list[Value]:
    """Return all conditions with the new ones behind, or nothing where none is new."""
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
