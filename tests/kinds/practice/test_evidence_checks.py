from __future__ import annotations

import pytest

from kb.problems import Severity
from kb.records.bundle import SOURCE
from kb.records.record import Status
from tests.builders import a_practice_text, an_assessment
from tests.kinds.practice.checking import check_texts, codes, line_of, only, problems_of


def test_a_published_practice_has_been_assessed_and_a_draft_is_reminded() -> None:
    problem = only(problems_of(assessments=None))
    assert (problem.code, problem.severity) == ("no-assessment", Severity.ERROR)
    assert only(problems_of(assessments=None, status="draft")).severity is Severity.WARNING


def test_a_question_that_follows_and_is_not_answered_is_a_problem() -> None:
    problem = only(problems_of(assessments=[an_assessment(Q3=None)]))
    assert (problem.code, problem.where) == ("unanswered", ("assessments", 0, "answers", "Q3"))
    assert problem.text() == "Answer question Q3 too, because the answer to Q2 is “yes”."
    assert only(problems_of(assessments=[an_assessment(D1=None)])).text() == "Answer question D1."


def test_in_a_draft_an_open_question_is_a_reminder() -> None:
    assert only(problems_of(assessments=[an_assessment(Q3=None)], status="draft")).severity is Severity.WARNING


def test_an_answer_behind_the_first_no_is_an_error_at_its_line() -> None:
    text = a_practice_text(assessments=[an_assessment(Q4="yes")])
    problem = only(check_texts({SOURCE: text}))
    assert (problem.code, problem.severity, problem.line) == ("surplus-answer", Severity.ERROR, line_of(text, "Q4:"))
    assert problem.text() == "Question Q4 needs no answer, because the answer to Q3 is “no”. Remove the answer."


@pytest.mark.parametrize("question", ["G1", "G2", "G4", "Q1"])
def test_a_closed_gate_keeps_a_record_from_being_published(question: str) -> None:
    answers = {question: "no"} if question != "Q1" else {"Q1": "no", "Q2": None, "Q3": None}
    problem = only(problems_of(assessments=[an_assessment(**answers)]))
    assert (problem.code, problem.where[-1], problem.severity) == ("gate-closed", question, Severity.ERROR)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.RETIRED])
def test_a_closed_gate_is_right_for_a_draft(status: Status) -> None:
    assert problems_of(assessments=[an_assessment(G1="no")], status=str(status)) == ()


def test_a_conflict_with_rights_is_published_only_with_a_warning() -> None:
    problem = only(problems_of(assessments=[an_assessment(G3="no")]))
    assert (problem.code, problem.severity) == ("missing-warning", Severity.ERROR)
    assert problems_of(assessments=[an_assessment(G3="no")], warning="Data are sent without a legal basis.") == ()


def test_a_warning_needs_a_conflict() -> None:
    problem = only(problems_of(warning="Data are sent without a legal basis."))
    assert (problem.code, problem.severity) == ("warning-without-conflict", Severity.WARNING)


def test_a_machine_drafted_record_cannot_speak_of_persons() -> None:
    by_person = an_assessment() | {"by": "person"}
    problems = problems_of(assessments=[by_person], reviewed="2026-11-20", keeper="Example house")
    assert codes(problems) == ["person-claimed"] * 3
    assert [problem.where for problem in problems] == [("reviewed",), ("keeper",), ("assessments", 0, "by")]
    assert problems_of(assessments=[by_person], reviewed="2026-11-20", keeper="Example house", origin=None) == ()


def test_a_generated_line_that_differs_is_an_error_at_its_line() -> None:
    text = a_practice_text(evidence_level="ev-5-replicated")
    problem = only(check_texts({SOURCE: text}))
    assert (problem.code, problem.severity) == ("generated-differs", Severity.ERROR)
    assert problem.line == line_of(text, "evidence_level")
    assert problem.text() == (
        "evidence_level is ev-5-replicated, but the answers give ev-2-monitored. Run kb content format."
    )


def test_a_generated_line_that_is_missing_is_an_error() -> None:
    problem = only(problems_of(transferability=None))
    assert problem.text() == "transferability is missing, but the answers give tr-adaptable. Run kb content format."


def test_a_rating_without_answers_is_an_error() -> None:
    problems = problems_of(assessments=None, effect_direction="effect-positive", status="draft")
    assert codes(problems) == ["no-assessment", "generated-differs"]
    assert "but the answers give no rating. Run kb content format." in problems[1].text()


def test_a_condition_of_transfer_is_named() -> None:
    assessments = [an_assessment(T3="no", T4=None, T5=None)]
    problem = only(problems_of(assessments=assessments))
    assert (problem.code, problem.severity) == ("missing-condition", Severity.WARNING)
    assert problems_of(assessments=assessments, transfer_conditions=[{"id": "c1", "label": "A law"}]) == ()
