from __future__ import annotations

import pytest

from kb.kinds.practice.assessment_questions import AssessmentStep, list_steps, open_questions, surplus_answers
from tests.builders import ANSWERS


def questions(steps: tuple[AssessmentStep, ...]) -> list[str]:
    return [step.question for step in steps]


def test_at_the_start_the_first_question_of_each_kind_is_asked() -> None:
    assert list_steps({}) == (AssessmentStep("G1"), AssessmentStep("Q1"), AssessmentStep("D1"), AssessmentStep("T1"))


def test_an_answer_leads_to_the_next_question() -> None:
    steps = list_steps({"G1": "yes", "Q1": "yes", "Q2": "yes"})
    assert steps == (
        *(AssessmentStep("G1"), AssessmentStep("G2", "G1", "yes")),
        *(AssessmentStep("Q1"), AssessmentStep("Q2", "Q1", "yes"), AssessmentStep("Q3", "Q2", "yes")),
        *(AssessmentStep("D1"), AssessmentStep("T1")),
    )


def test_nothing_is_open_in_whole_answers() -> None:
    assert open_questions(ANSWERS) == surplus_answers(ANSWERS) == ()


def test_a_conflict_with_rights_does_not_end_the_gate() -> None:
    assert questions(open_questions({**ANSWERS, "G3": "no"})) == []
    assert open_questions({"G1": "yes", "G2": "yes", "G3": "no"})[0] == AssessmentStep("G4", "G3", "no")


@pytest.mark.parametrize("closed", [{"G1": "no"}, {"G1": "yes", "G2": "no"}])
def test_a_closed_gate_asks_nothing_more(closed: dict[str, str]) -> None:
    assert open_questions(closed) == ()


def test_what_is_not_written_down_is_asked_no_further() -> None:
    given = {"G1": "yes", "G2": "yes", "G3": "yes", "G4": "yes", "Q1": "no"}
    assert open_questions(given) == ()


def test_from_e3_on_the_direction_is_asked() -> None:
    evidence = {f"Q{number}": "yes" for number in range(1, 6)} | {"Q6": "no"}
    given = ANSWERS | evidence
    assert open_questions(given) == (AssessmentStep("D3", "Q6", "no"),)
    assert open_questions({**given, "D3": "yes"}) == (AssessmentStep("D4", "D3", "yes"),)
    assert open_questions({**given, "D3": "no"}) == (AssessmentStep("D5", "D3", "no"),)
    assert open_questions({**given, "D1": "yes"}) == ()


def test_with_all_yes_the_direction_follows_from_the_last_question() -> None:
    given = ANSWERS | {f"Q{number}": "yes" for number in range(1, 9)}
    assert open_questions(given) == (AssessmentStep("D3", "Q8", "yes"),)


def test_answers_behind_the_first_no_are_surplus() -> None:
    given = ANSWERS | {"Q4": "yes", "Q8": "no"}
    assert surplus_answers(given) == (AssessmentStep("Q4", "Q3", "no"), AssessmentStep("Q8", "Q3", "no"))
    given = ANSWERS | {"T2": "no"}
    assert surplus_answers(given) == (
        AssessmentStep("T3", "T2", "no"),
        AssessmentStep("T4", "T2", "no"),
        AssessmentStep("T5", "T2", "no"),
    )


def test_answers_behind_an_open_question_are_not_surplus() -> None:
    given = {question: answer for question, answer in ANSWERS.items() if question != "Q2"}
    assert questions(open_questions(given)) == ["Q2"]
    assert surplus_answers(given) == ()


def test_a_direction_below_e3_is_surplus() -> None:
    assert surplus_answers({**ANSWERS, "D3": "yes", "D4": "yes"}) == (
        AssessmentStep("D3", "Q3", "no"),
        AssessmentStep("D4", "Q3", "no"),
    )


def test_a_direction_after_harm_is_surplus() -> None:
    assert surplus_answers({**ANSWERS, "D1": "yes", "D5": "no"}) == (AssessmentStep("D5", "D1", "yes"),)


def test_the_direction_has_one_branch() -> None:
    given = ANSWERS | {f"Q{number}": "yes" for number in range(1, 9)} | {"D3": "yes", "D4": "yes"}
    assert surplus_answers(given) == ()
    assert surplus_answers({**given, "D5": "yes"}) == (AssessmentStep("D5", "D3", "yes"),)
    assert surplus_answers({**given, "D3": "no", "D5": "yes"}) == (AssessmentStep("D4", "D3", "no"),)
