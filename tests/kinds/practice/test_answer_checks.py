"""Answers about evidence against the facts of the record: what a yes rests on has to be named."""

from __future__ import annotations

from typing import Any

import pytest

from kb.problems import Severity
from tests.builders import a_source, an_assessment
from tests.kinds.practice.checking import only, problems_of

E3 = {"Q3": "yes", "Q4": "yes", "Q5": "yes", "Q6": "no", "D3": "no", "D5": "no"}
STUDY = [a_source("s1", kind="evaluation"), a_source("s2")]
CITED = {"what": "Officers ask.[^s1]", "results": "Of 300, 200 said yes.[^s2]"}
UNCITED = {"what": "Officers ask.[^s1][^s2]", "results": "Many said yes."}


@pytest.mark.parametrize(
    ("wrong", "right", "code", "at"),
    [
        ({"organisations": None}, {}, "no-named-body", "G1"),
        ({"figures": None, "sections": UNCITED}, {"figures": None, "sections": CITED}, "no-published-figure", "Q2"),
        ({"assessments": [an_assessment(**E3)]}, {"sources": STUDY}, "no-study-named", "Q5"),
        (
            {"assessments": [an_assessment(D1="yes")], "sections": UNCITED},
            {"sections": CITED},
            "no-source-of-harm",
            "D1",
        ),
        ({"materials": None}, {}, "no-material-named", "T4"),
        ({"assessments": [an_assessment(T5="yes")]}, {"tried_in": ["PT", "LT"]}, "one-country-alone", "T5"),
        ({"assessments": [an_assessment() | {"tool_quality": "B"}]}, {"sources": STUDY}, "no-study-of-tool", ""),
    ],
)
def test_a_yes_rests_on_something_that_the_record_names(
    wrong: dict[str, Any], right: dict[str, Any], code: str, at: str
) -> None:
    problem = only(problems_of(**wrong))
    assert (problem.code, problem.severity) == (code, Severity.WARNING)
    assert problem.where[2:] == (("answers", at) if at else ("tool_quality",))
    changed = {} if right == {} else wrong | right
    assert problems_of(**changed) == ()


def test_quality_c_needs_no_study_and_a_no_rests_on_nothing() -> None:
    assert problems_of(assessments=[an_assessment() | {"tool_quality": "C"}]) == ()
    answers = an_assessment(Q2="no", Q3=None)
    assert problems_of(assessments=[answers], figures=None, sections=UNCITED) == ()
