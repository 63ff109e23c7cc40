"""The nouns of an assessment: answers to the questions of the method page, by whom and when."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from kb.records.record import Facts, RowId


class Answer(StrEnum):
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


class Answers(Facts):
    """The answers of one assessment; `D2` is not asked, because it follows from the level."""

    G1: Answer | None = None
    G2: Answer | None = None
    G3: Answer | None = None
    G4: Answer | None = None
    Q1: Answer | None = None
    Q2: Answer | None = None
    Q3: Answer | None = None
    Q4: Answer | None = None
    Q5: Answer | None = None
    Q6: Answer | None = None
    Q7: Answer | None = None
    Q8: Answer | None = None
    D1: Answer | None = None
    D3: Answer | None = None
    D4: Answer | None = None
    D5: Answer | None = None
    T1: Answer | None = None
    T2: Answer | None = None
    T3: Answer | None = None
    T4: Answer | None = None
    T5: Answer | None = None

    def given(self) -> dict[str, str]:
        """Return what was answered, by question."""
        return {question: str(answer) for question, answer in self if answer is not None}


class Assessment(Facts):
    """One walk through the questions."""

    id: RowId
    by: Assessor
    on: date
    answers: Answers
    tool_quality: ToolQuality | None = None
