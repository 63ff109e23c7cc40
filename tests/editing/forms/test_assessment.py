"""The dialogue on evidence: one question at a time, the first "no" ends it, and answers are marked as a person's."""

from __future__ import annotations

from datetime import date

import pytest

from kb.editing.forms.assessment import Walk, begin_walk, conditions_of, outcome_of, read_answers, write_walk
from kb.editing.forms.source_form import SourceFile, read_source_file
from kb.kinds.practice.evidence import E2, E3, NOT_MEASURED
from kb.kinds.registry import KINDS
from tests.house import SAMPLE

BY_NAME = {kind.shape.name: kind for kind in KINDS}
TERRACES = (SAMPLE / "practices/stone-terraces/practice.md").read_text(encoding="utf-8")
GATE = {"G1": "yes", "G2": "yes", "G3": "yes", "G4": "yes"}
E2_ANSWERS = {**GATE, "Q1": "yes", "Q2": "yes", "Q3": "no", "D1": "no", "T1": "yes", "T2": "yes", "T3": "no"}
TODAY = date(2026, 11, 25)


def opened(text: str = TERRACES) -> SourceFile:
    file = read_source_file(BY_NAME["practices"], text)
    assert file is not None
    return file


def asked(**answers: str) -> list[str]:
    return [step.question for step in Walk({**GATE, **answers}).steps()]


def test_a_question_follows_from_the_one_before() -> None:
    assert [step.question for step in Walk().steps()] == ["G1", "Q1", "D1", "T1"]
    assert asked(Q1="yes", Q2="yes") == ["G1", "G2", "G3", "G4", "Q1", "Q2", "Q3", "D1", "T1"]
    assert asked(Q1="yes", Q2="no") == ["G1", "G2", "G3", "G4", "Q1", "Q2", "D1", "T1"]


def test_an_answer_that_nobody_asks_for_any_more_is_kept_and_not_written() -> None:
    walk = Walk({**E2_ANSWERS, "Q2": "no"})
    assert "Q3" in walk.answers
    assert "Q3" not in walk.given()
    assert not walk.is_open()
    assert Walk({**E2_ANSWERS, "Q3": "yes"}).is_open()


def test_the_answers_come_to_a_level_and_say_which_question_decided() -> None:
    outcome = outcome_of(E2_ANSWERS)
    assert (outcome.level.term, outcome.level.decided_by) == (E2, "Q3")
    assert (outcome.direction.term, outcome.direction.decided_by) == (NOT_MEASURED, "D2")
    assert (outcome.transfer.term, outcome.transfer.decided_by) == ("tr-conditional", "T3")


def test_what_is_no_answer_is_none() -> None:
    assert read_answers({"Q1": "yes", "Q2": "perhaps", "X9": "yes", "G1": ""}) == {"Q1": "yes"}


def test_a_walk_begins_empty_beside_a_machines_answers_or_with_them() -> None:
    assert begin_walk(opened()) == Walk()
    taken = begin_walk(opened(), "new", like="a1")
    assert (taken.row, taken.answers["Q6"], taken.tool_quality) == ("", "no", "C")


def test_answers_are_written_as_a_persons_beside_those_of_the_machine_and_the_lower_level_stands() -> None:
    text = write_walk(opened(), "stone-terraces", Walk(E2_ANSWERS, tool_quality="B"), TODAY)
    file = opened(text)
    rows = file.values["assessments"]
    assert isinstance(rows, list)
    assert rows[1] == {"id": "a2", "by": "person", "on": "2026-11-25", "answers": E2_ANSWERS, "tool_quality": "B"}
    assert file.values["evidence_level"] == E2
    before = opened().values
    assert {key for key in file.values if file.values[key] != before.get(key)} == {
        *("assessments", "evidence_level", "effect_direction"),
    }
    assert text.partition("\n---\n")[2] == TERRACES.partition("\n---\n")[2]


def test_a_person_changes_the_own_answers_and_no_others() -> None:
    first = write_walk(opened(), "stone-terraces", Walk(E2_ANSWERS), TODAY)
    walk = begin_walk(opened(first))
    assert (walk.row, walk.answers) == ("a2", E2_ANSWERS)
    assert begin_walk(opened(first), "a1").row == ""
    again = write_walk(opened(first), "stone-terraces", Walk({**E2_ANSWERS, "Q2": "no"}, "a2"), TODAY)
    rows = opened(again).values["assessments"]
    assert isinstance(rows, list)
    assert len(rows) == 2
    assert opened(again).values["evidence_level"] == "ev-1-described"
    assert begin_walk(opened(first), "new").row == ""


def test_the_answers_of_a_machine_go_where_a_persons_stand_alone() -> None:
    better = {**E2_ANSWERS, "Q3": "yes", "Q4": "yes", "Q5": "yes", "Q6": "no", "D3": "yes", "D4": "yes"}
    both = opened(write_walk(opened(), "stone-terraces", Walk(better), TODAY))
    assert both.values["effect_direction"] == "effect-mixed"
    alone = opened(write_walk(opened(), "stone-terraces", Walk(better, alone=True), TODAY))
    assert (alone.values["evidence_level"], alone.values["effect_direction"]) == (E3, "effect-positive")
    assert "by: machine" not in alone.text


def test_conditions_and_a_warning_are_written_where_they_belong() -> None:
    walk = Walk(
        {**E2_ANSWERS, "G3": "no"}, conditions=("A slope that nobody owns", "A law", "A law", ""), warning="No consent."
    )
    file = opened(write_walk(opened(), "stone-terraces", walk, TODAY))
    assert conditions_of(file) == ("A slope that nobody owns", "A law")
    assert file.values["transfer_conditions"] == [
        {"id": "c1", "label": "A slope that nobody owns"},
        {"id": "c2", "label": "A law"},
    ]
    assert file.values["warning"] == "No consent."
    no_conflict = opened(write_walk(opened(), "stone-terraces", Walk(E2_ANSWERS, warning="No consent."), TODAY))
    assert "warning" not in no_conflict.values


@pytest.mark.parametrize("rows", ["assessments: none", "assessments: [a, {id: a9}]", "assessments:"])
def test_a_broken_list_is_no_obstacle(rows: str) -> None:
    text = f"---\nid: x\nlanguage: en\ntitle: X\n{rows}\n---\n"
    assert "by: person" in write_walk(opened(text), "x", Walk(E2_ANSWERS), TODAY)
