from __future__ import annotations

from typing import Any

import pytest

from kb.kinds.practice.assessment import AssessmentAnswer, Assessor, ToolQuality
from kb.kinds.practice.model import PRACTICE, SECTION_TITLES, SECTIONS, OrganisationRole, Prevalence, Usage, Validation
from kb.problems import Problem
from kb.records.bundle import SOURCE, read_source
from kb.records.segments import words
from kb.records.sources import SourceKind
from tests.builders import a_practice, a_practice_text, an_assessment, practice_facts

WHOLE: dict[str, Any] = {
    "original_title": "Perguntar primeiro",
    "original_language": "pt",
    "regions": ["Porto"],
    "level": "cross-border",
    "organisations": [{"id": "o1", "name": "Example police", "role": "lead"}, {"id": "o2", "name": "Example house"}],
    "legal_basis": [
        {"id": "l1", "celex": "32012L0029", "articles": ["8", "11a"]},
        {
            "id": "l2",
            "text": "Law 1, article 2",
            "country": "PT",
            "checked": "no",
            "address": "https://example.org/law",
        },
    ],
    "end_year": "2020",
    "prevalence": "not-known",
    "secure_channel": {"used": "not-known", "kinds": ["secure-email"], "note": "Encrypted."},
    "data_fields": [{"id": "d1", "label": "Name"}],
    "time_limits": [{"id": "t1", "value": "3 days", "label": "first call"}],
    "distribution_rule": "By turns.",
    "external_ratings": [{"id": "e1", "portal": "Portal", "grade": "promising", "year": "2020"}],
    "transfer_conditions": [{"id": "c1", "label": "A law"}],
    "tried_in": ["PT", "NO"],
    "needs": {"staff": "Two", "money": "Some", "law": "None", "data_protection": "A basis", "time": "A year"},
    "materials": [{"id": "m1", "title": "Form", "kind": "doc-form", "language": "pt", "licence": "CC-BY-4.0"}],
    "related": ["other"],
    "validation": "documented",
    "warning": "None.",
    "assessments": [an_assessment() | {"tool_quality": "A"}],
}


def schema_problems(**changes: Any) -> tuple[Problem, ...]:
    return read_source(PRACTICE, "ask-before-referral", a_practice_text(**changes))[2]


def test_every_field_of_the_guide_is_read() -> None:
    practice = a_practice(**WHOLE)
    assert practice.organisations[0].role is OrganisationRole.LEAD
    assert practice.organisations[1].role is None
    assert practice.legal_basis[0].articles == ("8", "11a")
    assert practice.legal_basis[1].checked is AssessmentAnswer.NO
    assert practice.secure_channel is not None
    assert practice.secure_channel.used is Usage.NOT_KNOWN
    assert practice.prevalence is Prevalence.NOT_KNOWN
    assert practice.validation is Validation.DOCUMENTED
    assert practice.sources[0].kind is SourceKind.REPORT
    assert practice.assessments[0].by is Assessor.MACHINE
    assert practice.assessments[0].tool_quality is ToolQuality.A
    assert practice.assessments[0].answers.G1 is AssessmentAnswer.YES
    assert practice.tried_in == ("PT", "NO")
    assert practice.start_year == "2015"


def test_the_guide_names_every_field() -> None:
    from pathlib import Path

    guide = (Path(__file__).parents[3] / "docs" / "content-guide.md").read_text(encoding="utf-8")
    assert [name for name in PRACTICE.model.model_fields if f"`{name}`" not in guide] == []


def test_the_words_of_a_practice_are_named_by_their_path() -> None:
    assert [path for path, _ in words(a_practice(**WHOLE))] == [
        *("title", "summary", "legal_basis.l2.text", "secure_channel.note", "data_fields.d1.label"),
        *("time_limits.t1.label", "distribution_rule", "transfer_conditions.c1.label"),
        *("needs.staff", "needs.money", "needs.law", "needs.data_protection", "needs.time"),
        *("figures.f1.label", "warning"),
    ]


def test_the_sections_stand_in_their_order_and_have_a_title() -> None:
    assert (
        *("problem", "what", "how", "setup", "results", "mechanism", "costs", "limits", "transfer", "lessons"),
    ) == SECTIONS
    assert PRACTICE.sections == SECTIONS == tuple(SECTION_TITLES)


def test_the_generated_lines_follow_from_the_assessments() -> None:
    assert PRACTICE.generated(a_practice()) == {
        "evidence_level": "ev-2-monitored",
        "effect_direction": "effect-not-measured",
        "transferability": "tr-adaptable",
    }


def test_only_given_answers_are_handed_on() -> None:
    assert "Q4" not in a_practice().assessments[0].answers.given()
    assert a_practice().assessments[0].answers.given()["Q3"] == "no"


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"countries": None}, "missing-key", ("countries",)),
        ({"areas": []}, "missing-key", ("areas",)),
        ({"countries": ["pt"]}, "bad-country", ("countries", 0)),
        ({"start_year": "15"}, "bad-year", ("start_year",)),
        ({"level": "village"}, "unknown-value", ("level",)),
        ({"prevalence": "often"}, "unknown-value", ("prevalence",)),
        ({"sources": [{"id": "s1", "title": "T"}]}, "missing-key", ("sources", 0, "kind")),
        ({"sources": [{"id": "s1", "title": "T", "kind": "blog"}]}, "unknown-value", ("sources", 0, "kind")),
        ({"figures": [{"id": "f1", "value": "1", "label": "x", "source": "s1", "year": "soon"}]}, None, None),
        ({"assessments": [an_assessment(Q2="maybe")]}, "unknown-value", ("assessments", 0, "answers", "Q2")),
        ({"assessments": [an_assessment(D2="yes")]}, "unknown-key", ("assessments", 0, "answers", "D2")),
        ({"assessments": [an_assessment() | {"on": "soon"}]}, "bad-date", ("assessments", 0, "on")),
        ({"colour": "blue"}, "unknown-key", ("colour",)),
        ({"related": "other"}, "expected-list", ("related",)),
        ({"title": ["a"]}, "expected-text", ("title",)),
        ({"needs": "money"}, "expected-group", ("needs",)),
    ],
)
def test_what_cannot_be_read_is_a_problem(changes: dict[str, Any], code: str | None, where: object) -> None:
    problems = schema_problems(**changes)
    assert len(problems) == 1
    if code is not None:
        assert (problems[0].code, problems[0].where) == (code, where)


def test_a_key_without_a_value_is_no_key() -> None:
    text = a_practice_text().replace("status:", "needs:\nvalidation:\nstatus:")
    assert read_source(PRACTICE, "ask-before-referral", text)[2] == ()


def test_a_misspelt_key_is_named_with_the_nearest() -> None:
    assert schema_problems(victim_group=["x"])[0].params["near"] == "victim_groups"


def test_two_rows_of_a_list_have_two_ids() -> None:
    rows = [{"id": "d1", "label": "Name"}, {"id": "d1", "label": "Telephone"}]
    assert [problem.code for problem in schema_problems(data_fields=rows)] == ["duplicate-row"]


def test_the_builder_writes_what_the_model_reads() -> None:
    assert set(practice_facts()) <= set(PRACTICE.model.model_fields)
    assert SOURCE == "source"
