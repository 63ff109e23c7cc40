"""What is declared: blanks, choices and alternatives with their reasons."""

from __future__ import annotations

from typing import Any

import pytest

from kb.content_store.reference_data import ReferenceData
from kb.problems import Severity
from tests.builders import an_alternative
from tests.kinds.tool.checking import Found, checked, codes

BLANK = {"id": "b-dpa", "label": "Authority", "type": "contact", "layer": "national"}


def found(knowledge: ReferenceData, **changes: Any) -> Found:
    return codes(checked("register", knowledge.vocabularies, **changes))


def test_a_good_register_has_no_problem(knowledge: ReferenceData) -> None:
    assert found(knowledge) == []


@pytest.mark.parametrize("blank_id", ["dpa", "b-", "B-dpa", "b-DPA", "b--dpa"])
def test_a_blank_can_be_named_in_texts(knowledge: ReferenceData, blank_id: str) -> None:
    try:
        problems = found(knowledge, blanks=[BLANK | {"id": blank_id}])
    except AssertionError:  # the schema has said no already
        return
    assert problems == [("bad-id", ("blanks", 0, "id"))]


def test_a_blank_is_filled_from_a_fact_that_profiles_have(knowledge: ReferenceData) -> None:
    (problem,) = checked("register", knowledge.vocabularies, blanks=[BLANK | {"fact": "f-dpo"}])
    assert (problem.code, problem.where) == ("unknown-fact", ("blanks", 0, "fact"))
    assert problem.text() == "f-dpo does not exist. Did you mean f-dpa?"


def test_a_row_belongs_to_a_fact(knowledge: ReferenceData) -> None:
    assert found(knowledge, blanks=[BLANK | {"fact": "f-age", "row": "f-age-support"}]) == []
    assert found(knowledge, blanks=[BLANK | {"row": "f-age-support"}]) == [("row-without-fact", ("blanks", 0, "row"))]


@pytest.mark.parametrize("choice_id", ["model", "ch-Model"])
def test_a_choice_can_be_named_in_conditions(knowledge: ReferenceData, choice_id: str) -> None:
    changes = {
        "choices": [{"id": choice_id, "label": "Model"}],
        "alternatives": [an_alternative(short, choice_id, id=f"ch-{short}") for short in ("a", "b")],
        "cautions": None,
    }
    assert ("bad-id", ("choices", 0, "id")) in found(knowledge, **changes)


def test_there_is_something_to_choose_between(knowledge: ReferenceData) -> None:
    (problem,) = checked("register", knowledge.vocabularies, alternatives=[an_alternative("m2")])
    assert (problem.code, problem.where) == ("too-few-alternatives", ("choices", 0, "id"))
    assert problem.severity is Severity.ERROR
    (problem,) = checked("register", knowledge.vocabularies, alternatives=[an_alternative("m2")], status="draft")
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize("wrong", ["ch-other-m4", "ch-model", "m4", "ch-model-M4"])
def test_an_alternative_is_called_by_its_choice(knowledge: ReferenceData, wrong: str) -> None:
    alternatives = [an_alternative("m2"), an_alternative("m4", id=wrong)]
    assert found(knowledge, alternatives=alternatives) == [("bad-id", ("alternatives", 1, "id"))]


def test_an_alternative_belongs_to_a_choice_of_its_record(knowledge: ReferenceData) -> None:
    alternatives = [an_alternative("m2"), an_alternative("m4"), an_alternative("a", "ch-modal")]
    (problem,) = checked("register", knowledge.vocabularies, alternatives=alternatives)
    assert problem.text() == "ch-modal does not exist. Did you mean ch-model?"


def test_an_alternative_has_a_criterion(knowledge: ReferenceData) -> None:
    alternatives = [an_alternative("m2", criteria=None), an_alternative("m4", criteria=["08"])]
    assert found(knowledge, alternatives=alternatives) == [
        ("no-criterion", ("alternatives", 0, "criteria")),
        ("bad-criterion", ("alternatives", 1, "criteria", 0)),
    ]


@pytest.mark.parametrize(
    "reason", [{"practices": ["one"]}, {"evidence": "ev-2-monitored"}, {"evidence_note": "None found."}]
)
def test_what_speaks_for_an_alternative_is_said(knowledge: ReferenceData, reason: dict[str, Any]) -> None:
    assert found(knowledge, alternatives=[an_alternative("m2", evidence_note=None), an_alternative("m4")]) == [
        ("no-evidence", ("alternatives", 0, "evidence_note"))
    ]
    alternative = an_alternative("m2", **({"evidence_note": None} | reason))
    assert found(knowledge, alternatives=[alternative, an_alternative("m4")]) == []


def test_evidence_is_a_level(knowledge: ReferenceData) -> None:
    alternatives = [an_alternative("m2", evidence="police"), an_alternative("m4")]
    assert found(knowledge, alternatives=alternatives) == [("wrong-vocabulary", ("alternatives", 0, "evidence"))]


def test_what_a_tool_declares_for_itself_has_the_same_rules(knowledge: ReferenceData) -> None:
    problems = checked(
        "tools",
        knowledge.vocabularies,
        own_blanks=[BLANK | {"fact": "f-nothing-like-it"}],
        own_choices=[{"id": "ch-fold", "label": "Fold"}],
        own_alternatives=[an_alternative("a", "ch-fold")],
    )
    assert codes(problems) == [
        ("unknown-fact", ("own_blanks", 0, "fact")),
        ("too-few-alternatives", ("own_choices", 0, "id")),
    ]
