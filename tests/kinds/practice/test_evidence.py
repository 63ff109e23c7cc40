from __future__ import annotations

from datetime import date

import pytest

from kb.kinds.practice.assessment import AssessmentAnswers
from kb.kinds.practice.evidence import (
    DISAGREE,
    LEVELS,
    LOWER,
    NAME_CONDITION,
    NAME_MATERIALS,
    NOT_ASSESSED,
    QUESTIONS,
    TRANSFERABILITY,
    UNANSWERED,
    UNRATED,
    WEAK,
    Gate,
    Verdict,
    direction,
    gate,
    generated,
    is_recommended,
    level,
    standing_direction,
    standing_gate,
    standing_level,
    standing_transferability,
    transferability,
)
from tests.builders import a_practice, an_assessment
from tests.kinds.practice.checking import VOCABULARIES

TODAY = date(2026, 11, 25)


def answers(letter: str, given: str) -> dict[str, str]:
    """Return answers from a word such as `yyn`, by the number of the question."""
    return {f"{letter}{number}": {"y": "yes", "n": "no"}[mark] for number, mark in enumerate(given, 1)}


def directed(evidence: str, **given: str) -> Verdict:
    return direction(answers("Q", evidence) | given)


def test_every_answer_has_a_question_and_every_question_an_answer() -> None:
    assert list(QUESTIONS) == list(AssessmentAnswers.model_fields)
    assert "D2" not in QUESTIONS


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ("n", Verdict(Gate.DRAFT, "G1")),
        ("yn", Verdict(Gate.DRAFT, "G2")),
        ("yyyn", Verdict(Gate.OUT_OF_SCOPE, "G4")),
        ("yyny", Verdict(Gate.WARN, "G3")),
        ("yynn", Verdict(Gate.OUT_OF_SCOPE, "G4")),
        ("yyyy", Verdict(Gate.PUBLISH, "G4")),
        ("yyy", Verdict(None, "G4", UNANSWERED)),
        ("", Verdict(None, "G1", UNANSWERED)),
    ],
)
def test_the_gate_says_whether_a_practice_may_be_published(given: str, verdict: Verdict) -> None:
    assert gate(answers("G", given)) == verdict


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ("n", Verdict(None, "Q1", UNRATED)),
        ("yn", Verdict("ev-1-described", "Q2")),
        ("yyn", Verdict("ev-2-monitored", "Q3")),
        ("yyyn", Verdict("ev-2-monitored", "Q4")),
        ("yyyyn", Verdict("ev-2-monitored", "Q5")),
        ("yyyyyn", Verdict("ev-3-evaluated", "Q6")),
        ("yyyyyyn", Verdict("ev-3-evaluated", "Q7", WEAK)),
        ("yyyyyyyn", Verdict("ev-4-controlled", "Q8")),
        ("yyyyyyyy", Verdict("ev-5-replicated", "Q8")),
        ("", Verdict(None, "Q1", UNANSWERED)),
        ("yy", Verdict(None, "Q3", UNANSWERED)),
    ],
)
def test_the_level_is_where_the_first_no_stands(given: str, verdict: Verdict) -> None:
    assert level(answers("Q", given)) == verdict


def test_answers_behind_the_first_no_do_not_lift_the_level() -> None:
    assert level(answers("Q", "ynyyyyyy")) == Verdict("ev-1-described", "Q2")


def test_a_gap_in_the_answers_is_not_skipped() -> None:
    assert level({"Q1": "yes", "Q3": "no"}) == Verdict(None, "Q2", UNANSWERED)


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ("n", Verdict("tr-not-assessed", "T1")),
        ("yn", Verdict("tr-context-bound", "T2")),
        ("yyn", Verdict("tr-conditional", "T3", NAME_CONDITION)),
        ("yyyn", Verdict("tr-conditional", "T4", NAME_MATERIALS)),
        ("yyyyn", Verdict("tr-adaptable", "T5")),
        ("yyyyy", Verdict("tr-ready", "T5")),
        ("yyy", Verdict(None, "T4", UNANSWERED)),
    ],
)
def test_transferability_is_where_the_first_no_stands(given: str, verdict: Verdict) -> None:
    assert transferability(answers("T", given)) == verdict


@pytest.mark.parametrize("evidence", ["", "n", "yn", "yyn", "yyyyyn", "yyyyyyyy"])
def test_harm_counts_at_any_level(evidence: str) -> None:
    assert directed(evidence, D1="yes") == Verdict("effect-harmful", "D1")


@pytest.mark.parametrize("evidence", ["yn", "yyn", "yyyn", "yyyyn"])
def test_below_e3_the_direction_is_not_measured(evidence: str) -> None:
    assert directed(evidence, D1="no", D3="yes", D4="yes") == Verdict("effect-not-measured", "D2")


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ({"D3": "yes", "D4": "yes"}, Verdict("effect-positive", "D4")),
        ({"D3": "yes", "D4": "no"}, Verdict("effect-mixed", "D4")),
        ({"D3": "no", "D5": "yes"}, Verdict("effect-none", "D5")),
        ({"D3": "no", "D5": "no"}, Verdict("effect-not-measured", "D5")),
        ({}, Verdict(None, "D3", UNANSWERED)),
        ({"D3": "yes"}, Verdict(None, "D4", UNANSWERED)),
        ({"D3": "no"}, Verdict(None, "D5", UNANSWERED)),
    ],
)
def test_from_e3_on_the_direction_is_asked(given: dict[str, str], verdict: Verdict) -> None:
    assert directed("yyyyyn", D1="no", **given) == verdict


def test_an_unrated_practice_has_no_direction() -> None:
    assert directed("n", D1="no") == Verdict(None, "Q1", UNRATED)
    assert directed("yyn") == Verdict(None, "D1", UNANSWERED)


# The worked examples of the procedure, by which curators calibrate.


def test_example_electronic_transfer_in_lithuania() -> None:
    given = answers("Q", "yyn") | answers("T", "yyn") | {"D1": "no"}
    assert level(given).term == "ev-2-monitored"
    assert direction(given).term == "effect-not-measured"
    assert transferability(given).term == "tr-conditional"


def test_example_opt_in_after_opt_out_in_ireland() -> None:
    given = answers("Q", "yyn") | {"D1": "no"}
    assert level(given) == Verdict("ev-2-monitored", "Q3")
    assert direction(given).term == "effect-not-measured"


def test_example_leaflet_in_plain_language() -> None:
    given = answers("Q", "yn") | answers("T", "yyyyn") | {"D1": "no"}
    assert level(given).term == "ev-1-described"
    assert direction(given).term == "effect-not-measured"
    assert transferability(given).term == "tr-adaptable"


def test_example_risk_form_with_published_validity_is_rated_for_its_use_alone() -> None:
    form = an_assessment(Q2="no", Q3=None) | {"tool_quality": "A"}
    practice = a_practice(assessments=[form])
    assert practice.assessments[0].tool_quality == "A"
    assert standing_level(practice.assessments).term == "ev-1-described"


def a_study(assessment_id: str, last: str, **given: str) -> dict[str, object]:
    """Return an assessment whose evidence ends with "no" at the question `last`."""
    questions = [f"Q{number}" for number in range(1, 9)]
    chain = dict.fromkeys(questions[: questions.index(last)], "yes") | {last: "no"}
    rest: dict[str, None] = dict.fromkeys(questions[questions.index(last) + 1 :])
    return dict(an_assessment(assessment_id, **{**chain, **rest, **given}))


def test_without_assessments_nothing_is_rated() -> None:
    nothing = Verdict(None, "", NOT_ASSESSED)
    assert standing_level(()) == standing_direction(()) == standing_transferability(()) == standing_gate(()) == nothing
    practice = a_practice(assessments=None, status="draft")
    assert generated(practice) == {"evidence_level": None, "effect_direction": None, "transferability": None}


def test_the_lower_level_of_two_assessments_stands() -> None:
    two = a_practice(assessments=[a_study("a1", "Q6", D3="yes", D4="yes"), a_study("a2", "Q3")]).assessments
    assert standing_level(two) == Verdict("ev-2-monitored", "Q3", LOWER, "a2")
    assert standing_direction(two) == Verdict("effect-not-measured", "D2", "", "a2")


def test_an_unrated_assessment_is_below_every_level() -> None:
    two = a_practice(assessments=[a_study("a1", "Q3"), a_study("a2", "Q1")], status="draft").assessments
    assert standing_level(two) == Verdict(None, "Q1", UNRATED, "a2")
    assert standing_direction(two).term is None


def test_assessments_that_agree_say_nothing_of_a_difference() -> None:
    two = a_practice(assessments=[a_study("a1", "Q3"), a_study("a2", "Q4")]).assessments
    assert standing_level(two) == Verdict("ev-2-monitored", "Q3", "", "a1")


def test_the_lower_transferability_stands() -> None:
    ready = an_assessment("a1", T5="yes")
    bound = an_assessment("a2", T2="no", T3=None, T4=None, T5=None)
    both = a_practice(assessments=[ready, bound]).assessments
    assert standing_transferability(both) == Verdict("tr-context-bound", "T2", LOWER, "a2")


@pytest.mark.parametrize(
    ("first", "second", "term"),
    [
        ({"D3": "yes", "D4": "yes"}, {"D3": "yes", "D4": "yes"}, "effect-positive"),
        ({"D3": "yes", "D4": "yes"}, {"D3": "yes", "D4": "no"}, "effect-mixed"),
        ({"D3": "yes", "D4": "yes"}, {"D3": "no", "D5": "yes"}, "effect-mixed"),
        ({"D3": "yes", "D4": "yes"}, {"D3": "no", "D5": "no"}, "effect-not-measured"),
        ({"D3": "yes", "D4": "yes"}, {"D1": "yes"}, "effect-harmful"),
        ({"D3": "yes", "D4": "yes"}, {}, None),
    ],
)
def test_directions_that_differ(first: dict[str, str], second: dict[str, str], term: str | None) -> None:
    two = a_practice(assessments=[a_study("a1", "Q6", **first), a_study("a2", "Q6", **second)]).assessments
    for pair in (two, tuple(reversed(two))):
        assert standing_direction(pair).term == term


def test_mixed_by_disagreement_says_so() -> None:
    first, second = a_study("a1", "Q6", D3="yes", D4="yes"), a_study("a2", "Q6", D3="no", D5="yes")
    assert standing_direction(a_practice(assessments=[first, second]).assessments).note == DISAGREE


def test_harm_found_by_one_is_not_outvoted_by_an_unrated_one() -> None:
    two = a_practice(assessments=[a_study("a1", "Q3", D1="yes"), a_study("a2", "Q1")], status="draft").assessments
    assert standing_direction(two) == Verdict("effect-harmful", "D1", "", "a1")


def test_a_no_at_the_gate_is_heard_whoever_says_it() -> None:
    two = a_practice(assessments=[an_assessment("a1"), an_assessment("a2", G3="no")], warning="A conflict.")
    assert standing_gate(two.assessments) == Verdict(Gate.WARN, "G3", "", "a2")


def good(**changes: object) -> dict[str, object]:
    """Return the facts of a practice that is recommended."""
    proven = a_study("a1", "Q6", D3="yes", D4="yes") | {"by": "person"}
    return {"assessments": [proven], "origin": None, "reviewed": "2025-01-10", "keeper": "Example house"} | changes


def test_a_practice_with_good_evidence_and_a_recent_review_is_recommended() -> None:
    assert is_recommended(a_practice(**good()), TODAY)


@pytest.mark.parametrize(
    "change",
    [
        {"assessments": [a_study("a1", "Q3")]},
        {"assessments": [a_study("a1", "Q6", D3="yes", D4="no")]},
        {"assessments": [a_study("a1", "Q6", D1="yes")]},
        {"assessments": [a_study("a1", "Q6", D3="yes", D4="yes"), a_study("a2", "Q3")]},
        {"assessments": [a_study("a1", "Q6", D3="yes", D4="yes", G3="no")], "warning": "A conflict."},
        {"warning": "A conflict."},
        {"assessments": None},
        {"origin": "machine-drafted"},
        {"reviewed": None},
        {"reviewed": "2023-11-24"},
        {"reviewed": "2026-11-26"},
        {"status": "draft"},
        {"status": "retired"},
    ],
)
def test_a_practice_is_not_recommended_without_each_of_the_conditions(change: dict[str, object]) -> None:
    assert not is_recommended(a_practice(**good(**change)), TODAY)


def test_a_review_counts_to_the_day_three_years_later() -> None:
    assert is_recommended(a_practice(**good(reviewed="2023-11-25")), TODAY)
    leap = a_practice(**good(reviewed="2024-02-29"))
    assert is_recommended(leap, date(2027, 2, 28))
    assert not is_recommended(leap, date(2027, 3, 1))


def test_every_term_that_is_given_is_in_the_vocabularies() -> None:
    assert [term.id for term in VOCABULARIES.vocabulary("evidence-levels").terms] == list(LEVELS)
    directions = {"effect-positive", "effect-mixed", "effect-none", "effect-harmful", "effect-not-measured"}
    assert {term.id for term in VOCABULARIES.vocabulary("effect-directions").terms} == directions
    assert {term.id for term in VOCABULARIES.vocabulary("transferability").terms} == set(TRANSFERABILITY)
