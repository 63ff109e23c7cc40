"""Data model of an assessment: answers to the questions of the method page, by whom and when."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from kb.records.record import Facts, RowId


class AssessmentAnswer(StrEnum):
    """An answer to a question of the procedure; unanswered questions are absent."""

    YES = "yes"
    NO = "no"


class Assessor(StrEnum):
    """Who answered; a file says `person` only after a person has answered."""

    MACHINE = "machine"
    PERSON = "person"


class ToolQuality(StrEnum):
    """Published quality of a questionnaire. A: reliability and validity, B: one of the two, C: neither."""

    A = "A"
    B = "B"
    C = "C"


class AssessmentAnswers(Facts):
    """The answers of one assessment; there is no `D2`, because it follows from the level."""

    G1: AssessmentAnswer | None = None
    G2: AssessmentAnswer | None = None
    G3: AssessmentAnswer | None = None
    G4: AssessmentAnswer | None = None
    Q1: AssessmentAnswer | None = None
    Q2: AssessmentAnswer | None = None
    Q3: AssessmentAnswer | None = None
    Q4: AssessmentAnswer | None = None
    Q5: AssessmentAnswer | None = None
    Q6: AssessmentAnswer | None = None
    Q7: AssessmentAnswer | None = None
    Q8: AssessmentAnswer | None = None
    D1: AssessmentAnswer | None = None
    D3: AssessmentAnswer | None = None
    D4: AssessmentAnswer | None = None
    D5: AssessmentAnswer | None = None
    T1: AssessmentAnswer | None = None
    T2: AssessmentAnswer | None = None
    T3: AssessmentAnswer | None = None
    T4: AssessmentAnswer | None = None
    T5: AssessmentAnswer | None = None

    def given(self) -> dict[str, str]:
        """Return the answers by question."""
        return {question: str(answer) for question, answer in self if answer is not None}


class Assessment(Facts):
    """One pass through the questions."""

    id: RowId
    by: Assessor
    on: date
    answers: AssessmentAnswers
    tool_quality: ToolQuality | None = None
