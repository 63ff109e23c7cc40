"""The rules of a national situation: cells, answers, findings, transposition."""

from __future__ import annotations

from typing import Any

import pytest

from kb.content_store.reference_data import ReferenceData
from kb.content_store.validation import lines_of
from kb.kinds.country.checks import check, links
from kb.problems import Severity, Where
from kb.records.bundle import SOURCE
from kb.records.links import RecordLink
from tests.kinds.country.checking import a_country, a_country_text, problems_of

SUPPORT: dict[str, Any] = {"confidence": "medium", "year": "2024", "sources": ["s1"], "checked": "2026-11-20"}


def a_cell(**changes: Any) -> dict[str, Any]:
    row = {"id": "t1-police", "extent": "partial", "rests_on": "A rule for some bodies.", **SUPPORT, **changes}
    return {key: value for key, value in row.items() if value is not None}


def unknown(**changes: Any) -> dict[str, Any]:
    return {"id": "t1-courts", "extent": "not-known", **changes}


def cell_problems(**changes: Any) -> list[tuple[str, Where]]:
    return [(problem.code, problem.where) for problem in problems_of(cells=[a_cell(**changes)])]


def row_problems(rows: str, **row: Any) -> list[tuple[str, Where]]:
    given = {key: value for key, value in ({**SUPPORT, **row}).items() if value is not None}
    changes: dict[str, Any] = {rows: [given]}
    return [(problem.code, problem.where) for problem in problems_of(**changes)]


@pytest.mark.parametrize(
    "good",
    [
        {},
        {"extent": "systematic", "by_rule_only": "yes"},
        {"extent": "systematic", "figures": "93 % of 8,000 cases, 2023."},
        {"extent": "absent", "groups": ["g1=absent"]},
        {"groups": ["g1=systematic", "g9=partial", "g2=not-known"]},
    ],
)
def test_a_good_cell_has_no_problem(good: dict[str, Any]) -> None:
    assert cell_problems(**good) == []


def test_a_cell_is_one_of_the_grid() -> None:
    (problem,) = problems_of(cells=[a_cell(id="t1-polise")])
    assert (problem.code, problem.where) == ("unknown-cell", ("cells", 0, "id"))
    assert "t1-police" in problem.text()
    assert problem.line is not None


def test_by_rule_only_is_said_of_what_is_systematic_alone() -> None:
    assert cell_problems(by_rule_only="yes") == [("by-rule-only", ("cells", 0, "by_rule_only"))]


@pytest.mark.parametrize("by_rule_only", [None, "no"])
def test_systematic_is_shown_by_figures_or_rests_on_the_rule_alone(by_rule_only: str | None) -> None:
    assert cell_problems(extent="systematic", by_rule_only=by_rule_only) == [
        ("rule-is-no-practice", ("cells", 0, "extent"))
    ]


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("rests_on", "no-reason"),
        ("sources", "no-source"),
        ("checked", "not-checked"),
        ("confidence", "no-confidence"),
    ],
)
def test_a_value_says_what_it_rests_on_and_who_says_so(key: str, code: str) -> None:
    answers = [{"id": "d-01", "known": "answered", "text": "Three.", **SUPPORT}]
    (problem,) = problems_of(cells=[a_cell(**{key: None})], answers=answers)
    assert (problem.code, problem.where, problem.severity) == (code, ("cells", 0, key), Severity.ERROR)
    (problem,) = problems_of(cells=[a_cell(**{key: None})], status="draft", answers=answers)
    assert problem.severity is Severity.WARNING


def test_what_is_not_known_needs_nothing_and_claims_nothing() -> None:
    assert problems_of(cells=[unknown(), unknown(id="t2-police", confidence="none", checked="2026-11-20")]) == ()
    found = [problem.code for problem in problems_of(cells=[unknown(rests_on="A rule.", how="By post.")])]
    assert found == ["reason-for-nothing", "known-after-all"]
    assert [problem.code for problem in problems_of(cells=[unknown(confidence="low")])] == ["needless-confidence"]


@pytest.mark.parametrize(
    ("groups", "code", "place"),
    [
        (["g1=partial", "g1=absent"], "duplicate-group", 1),
        (["g1=m2"], "unknown-value", 0),
    ],
)
def test_groups_stand_once_with_a_value_of_the_scale(groups: list[str], code: str, place: int) -> None:
    assert (code, ("cells", 0, "groups", place)) in cell_problems(groups=groups)


def test_the_value_for_all_hides_no_group() -> None:
    (problem,) = problems_of(cells=[a_cell(groups=["g1=systematic", "g6=absent"])])
    assert (problem.code, problem.where) == ("better-than-a-group", ("cells", 0, "extent"))
    assert problem.text().endswith("Select absent or a lower value.")


def test_an_answer_answers_a_question_of_ours() -> None:
    (problem,) = problems_of(answers=[{"id": "c-99", "known": "not-known"}])
    assert (problem.code, problem.where) == ("unknown-question", ("answers", 0, "id"))
    assert row_problems("answers", id="c-05", known="answered") == [("no-answer", ("answers", 0, "text"))]
    assert row_problems("answers", id="c-01", known="partly", groups=["g1=m4"]) == []
    assert row_problems("answers", id="c-01", known="partly", groups=["g1=m4", "g1=m2"]) == [
        ("duplicate-group", ("answers", 0, "groups", 1))
    ]
    assert problems_of(answers=[{"id": "c-05", "known": "not-known", "text": "Ask the ministry."}]) == ()


def test_that_something_does_not_exist_is_an_answer_with_a_source() -> None:
    assert row_problems("answers", id="c-05", known="absent") == []
    assert row_problems("answers", id="c-05", known="absent", sources=None) == [
        ("no-source", ("answers", 0, "sources"))
    ]


def test_a_change_is_told_with_its_date() -> None:
    row = {"id": "x1", "text": "A new law."}
    assert row_problems("findings", kind="change", **row) == [("no-date", ("findings", 0, "when"))]
    assert row_problems("findings", kind="coming", when="June 2027", **row) == []
    assert row_problems("findings", kind="legal-gap", **row) == []


@pytest.mark.parametrize("key", ["checked", "year"])
def test_a_day_that_has_not_come_is_refused(key: str) -> None:
    later = {"checked": "2999-01-01", "year": "2098"}[key]
    assert cell_problems(**{key: later}) == [("future-date", ("cells", 0, key))]
    assert cell_problems(year="2020-2018") == [("years-reversed", ("cells", 0, "year"))]


def test_sources_of_answers_are_there_and_count_as_cited() -> None:
    body = "## After {#after}\n\nRing the line.\n"
    assert problems_of(helplines=None, cells=[a_cell()], body=body) == ()
    assert cell_problems(sources=["s1", "s9"]) == [("unknown-source", ("cells", 0, "sources", 1))]


def test_articles_are_those_of_the_directive(knowledge: ReferenceData) -> None:
    def found(**changes: Any) -> list[tuple[str, Where]]:
        rows = [{"id": "p1", "article": "8", "law": "Law 1", "known": "answered", **SUPPORT, **changes}]
        texts = {SOURCE: a_country_text(transposition=rows)}
        country = a_country(transposition=rows)
        problems = check(country, lines_of(texts), knowledge.vocabularies, knowledge.law)
        return [(problem.code, problem.where) for problem in problems]

    assert found() == []
    assert found(article="8(2)") == []
    assert found(article="99") == [("unknown-article", ("transposition", 0, "article"))]
    assert found(law="") == [("no-answer", ("transposition", 0, "law"))]


def test_practices_of_a_profile_are_links() -> None:
    answers = [{"id": "d-01", "known": "not-known", "practices": ["three"]}]
    country = a_country(practices=["one"], cells=[a_cell(practices=["two"])], answers=answers)
    assert [link for link in links(country) if link.kind == "practices"] == [
        RecordLink("practices", "one", None, SOURCE, ("practices", 0)),
        RecordLink("practices", "two", None, SOURCE, ("cells", 0, "practices", 0)),
        RecordLink("practices", "three", None, SOURCE, ("answers", 0, "practices", 0)),
    ]
