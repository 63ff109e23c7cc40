from __future__ import annotations

from kb.kinds.practice.checks import links
from kb.problems import Severity
from kb.records.bundle import SOURCE
from kb.records.links import RecordLink
from tests.builders import PRACTICE_SECTIONS, a_bundle, a_practice_text, a_translation_text
from tests.kinds.practice.checking import check_texts, line_of, only, problems_of


def test_a_good_practice_has_no_problem() -> None:
    assert problems_of() == ()
    assert problems_of({"it": a_translation_text()}) == ()


def test_a_long_summary_is_a_warning_in_each_language() -> None:
    text = a_practice_text(summary="x" * 351)
    translation = a_translation_text(words={"summary": "y" * 400})
    first, second = check_texts({SOURCE: text, "it": translation})
    assert (first.code, first.path, first.line) == ("long-summary", SOURCE, line_of(text, "summary:"))
    assert (second.path, second.line) == ("it", line_of(translation, "  summary:"))
    assert {first.severity, second.severity} == {Severity.WARNING}
    assert first.text() == "The summary has 351 characters; readers see 350 at most."


def test_a_summary_of_350_characters_is_short_enough() -> None:
    assert problems_of(summary="x" * 350) == ()


def test_a_practice_cannot_end_before_it_begins() -> None:
    problem = only(problems_of(start_year="2015", end_year="2014"))
    assert (problem.code, problem.where) == ("years-reversed", ("end_year",))
    assert problems_of(start_year="2015", end_year="2015") == ()


def test_the_period_of_a_figure_runs_forwards() -> None:
    row = {"id": "f1", "value": "1", "label": "people", "source": "s1"}
    problem = only(problems_of(figures=[row | {"year": "2022-2018"}]))
    assert (problem.code, problem.where) == ("years-reversed", ("figures", 0, "year"))
    assert problems_of(figures=[row | {"year": "2018-2022"}]) == ()
    assert problems_of(figures=[row]) == ()


def test_all_problems_are_told_at_once_with_file_and_line() -> None:
    text = a_practice_text(
        countries=["XX"], areas=["opt-in-referal"], end_year="1999", sections={"what": "A claim.[^s1][^s2][^s9]"}
    )
    problems = check_texts({SOURCE: text})
    assert {problem.code for problem in problems} == {
        *("years-reversed", "unknown-term", "unknown-country", "unknown-source"),
    }
    assert {problem.path for problem in problems} == {SOURCE}
    assert {problem.code: problem.line for problem in problems} == {
        "years-reversed": line_of(text, "end_year"),
        "unknown-term": line_of(text, "areas"),
        "unknown-country": line_of(text, "countries"),
        "unknown-source": line_of(text, "A claim"),
    }


def test_links_of_facts_and_texts_are_found() -> None:
    sections = PRACTICE_SECTIONS | {"what": "See [that](practices/other#how).[^s1]"}
    italian = a_translation_text(sections={"what": "Vedi [quello](practices/other#how).[^s1]"})
    bundle = a_bundle(
        {"it": italian}, sections=sections, related=["third"], status="retired", successor="fourth", assessments=None
    )
    found = links(bundle)
    assert found[:2] == (
        RecordLink("practices", "third", None, SOURCE, ("related", 0)),
        RecordLink("practices", "fourth", None, SOURCE, ("successor",)),
    )
    texts = [(link.kind, link.id, link.anchor, link.part, link.where) for link in found[2:]]
    assert texts == [
        ("practices", "other", "how", SOURCE, ("body", "what")),
        ("practices", "other", "how", "it", ("body", "what")),
    ]
    assert found[3].line == line_of(italian, "Vedi")
