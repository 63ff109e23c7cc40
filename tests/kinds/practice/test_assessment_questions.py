from __future__ import annotations

import pytest

from kb.kinds.practice.assessment_questions import Step, asked, open_questions, surplus_answers
from tests.builders import ANSWERS


def questions(steps: tuple[Step, ...]) -> list[str]:
    return [step.question for step in steps]


def test_at_the_start_the_first_question_of_each_kind_is_asked() -> None:
    assert asked({}) == (Step("G1"), Step("Q1"), Step("D1"), Step("T1"))


def test_an_answer_leads_to_the_next_question() -> None:
    steps = asked({"G1": "yes", "Q1": "yes", "Q2": "yes"})
    assert steps == (
        *(Step("G1"), Step("G2", "G1", "yes")),
        *(Step("Q1"), Step("Q2", "Q1", "yes"), Step("Q3", "Q2", "yes")),
        *(Step("D1"), Step("T1")),
    )


def test_nothing_is_open_in_whole_answers() -> None:
    assert open_questions(ANSWERS) == surplus_answers(ANSWERS) == ()


def test_a_conflict_with_rights_does_not_end_the_gate() -> None:
    assert questions(open_questions({**ANSWERS, "G3": "no"})) == []
    assert open_questions({"G1": "yes", "G2": "yes", "G3": "no"})[0] == Step("G4", "G3", "no")


@pytest.mark.parametrize("closed", [{"G1": "no"}, {"G1": "yes", "G2": "no"}])
def test_a_closed_gate_asks_nothing_more(closed: dict[str, str]) -> None:
    assert open_questions(closed) == ()


def test_what_is_not_written_down_is_asked_no_further() -> None:
    given = {"G1": "yes", "G2": "yes", "G3": "yes", "G4": "yes", "Q1": "no"}
    assert open_questions(given) == ()


def test_from_e3_on_the_direction_is_asked() -> None:
    evidence = {f"Q{number}": "yes" for number in range(1, 6)} | {"Q6": "no"}
    given = ANSWERS | evidence
    assert open_questions(given) == (Step("D3", "Q6", "no"),)
    assert open_questions({**given, "D3": "yes"}) == (Step("D4", "D3", "yes"),)
    assert open_questions({**given, "D3": "no"}) == (Step("D5", "D3", "no"),)
    assert open_questions({**given, "D1": "yes"}) == ()


def test_with_all_yes_the_direction_follows_from_the_last_question() -> None:
    given = ANSWERS | {f"Q{number}": "yes" for number in range(1, 9)}
    assert open_questions(given) == (Step("D3", "Q8", "yes"),)


def test_answers_behind_the_first_no_are_surplus() -> None:
    given = ANSWERS | {"Q4": "yes", "Q8": "no"}
    assert surplus_answers(given) == (Step("Q4", "Q3", "no"), Step("Q8", "Q3", "no"))
    given = ANSWERS | {"T2": "no"}
    assert surplus_answers(given) == (Step("T3", "T2", "no"), Step("T4", "T2", "no"), Step("T5", "T2", "no"))


def test_answers_behind_an_open_question_are_not_surplus() -> None:
    given = {question: answer for question, answer in ANSWERS.items() if question != "Q2"}
    assert questions(open_questions(given)) == ["Q2"]
    assert surplus_answers(given) == ()


def test_a_direction_below_e3_is_surplus() -> None:
    assert surplus_answers({**ANSWERS, "D3": "yes", "D4": "yes"}) == (Step("D3", "Q3", "no"), Step("D4", "Q3", "no"))


def test_a_direction_after_harm_is_surplus() -> None:
    assert surplus_answers({**ANSWERS, "D1": "yes", "D5": "no"}) == (Step("D5", "D1", "yes"),)


def test_the_direction_has_one_branch() -> None:
    given = ANSWERS | {f"Q{number}": "yes" for number in range(1, 9)} | {"D3": "yes", "D4": "yes"}
    assert surplus_answers(given) == ()
    assert surplus_answers({**given, "D5": "yes"}) == (Step("D5", "D3", "yes"),)
    assert surplus_answers({**given, "D3": "no", "D5": "yes"}) == (Step("D4", "D3", "no"),)
