"""The nouns of an assessment: answers to the questions of the method page, by whom and when."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from kb.records.record import Facts, RowId


class AssessmentAnswer(StrEnum):
    """An answer to a question of the procedure; one that nobody has answered is absent."""

    YES = "yes"
    NO = "no"


class Assessor(StrEnum):
    """Who answered; a person stands in a file only after a person did it."""

    MACHINE = "machine"
    PERSON = "person"


class ToolQuality(StrEnum):
    """A questionnaire's published quality. A: reliability and validity, B: one of the two, C: neither."""

    A = "A"
    B = "B"
    C = "C"


class AssessmentAnswers(Facts):
    """The answers of one assessment; `D2` is not asked, because it follows from the level."""

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
        """Return what was answered, by question."""
        return {question: str(answer) for question, answer in self if answer is not None}


class Assessment(Facts):
    """One walk through the questions."""

    id: RowId
    by: Assessor
    on: date
    answers: AssessmentAnswers
    tool_quality: ToolQuality | None = None
