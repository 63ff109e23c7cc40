from __future__ import annotations

from typing import Any

import pytest

from kb.kinds.practice.checks import links
from kb.problems import Severity
from kb.records.bundle import SOURCE
from kb.records.links import RecordLink
from kb.records.segments import fingerprint
from tests.builders import (
    PRACTICE_SECTIONS,
    TRANSLATED_SECTIONS,
    a_bundle,
    a_material,
    a_practice_text,
    a_source,
    a_translation_text,
    an_assessment,
)
from tests.kinds.practice.checking import check_texts, codes, line_of, only, problems_of


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
    assert first.text() == "The summary has 351 characters, but readers see at most 350. Shorten the summary."


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


def test_a_published_practice_needs_a_source_and_a_draft_is_reminded() -> None:
    answers = an_assessment(Q2="no", Q3=None)
    changes: dict[str, Any] = {
        "sources": None,
        "figures": None,
        "sections": {"what": "A claim."},
        "assessments": [answers],
    }
    problem = only(problems_of(**changes))
    assert (problem.code, problem.severity) == ("no-sources", Severity.ERROR)
    assert only(problems_of(**changes, status="draft")).severity is Severity.WARNING


def test_a_mark_that_leads_to_no_source_is_an_error_at_its_line() -> None:
    sections = PRACTICE_SECTIONS | {"how": "One line.[^s2]\n\nAnother.[^s3] And again.[^s3]"}
    text = a_practice_text(sections=sections)
    problem = only(check_texts({SOURCE: text}))
    assert (problem.code, problem.severity, problem.where) == ("unknown-source", Severity.ERROR, ("body", "how"))
    assert problem.line == line_of(text, "Another.")


def test_a_mark_that_leads_nowhere_is_told_with_the_nearest_source() -> None:
    sections = {"what": "A claim.[^s1][^s2][^audit-2020]"}
    sources = [a_source("s1"), a_source("s2"), a_source("audit-2021")]
    problem, uncited = sorted(problems_of(sections=sections, sources=sources), key=lambda problem: problem.severity)
    assert problem.text() == "Source audit-2020 is not in the list of sources. Did you mean audit-2021?"
    assert uncited.params == {"source": "audit-2021"}


def test_a_mark_unlike_all_sources_is_told_without_a_nearest() -> None:
    problem = only(problems_of(sections=PRACTICE_SECTIONS | {"limits": "A claim.[^unheard-of]"}))
    assert (
        problem.text()
        == "Source unheard-of is not in the list of sources. Add the source to the list or correct the reference."
    )


def test_a_source_that_nothing_points_at_is_a_warning() -> None:
    problem = only(problems_of(sources=[a_source("s1"), a_source("s2"), a_source("s3")]))
    assert (problem.code, problem.severity, problem.where) == ("uncited-source", Severity.WARNING, ("sources", 2, "id"))


def test_a_figure_cites_its_source() -> None:
    figure = {"id": "f1", "value": "1", "label": "people", "source": "s3"}
    assert problems_of(sources=[a_source("s1"), a_source("s2"), a_source("s3")], figures=[figure]) == ()


def test_the_source_of_a_figure_exists() -> None:
    problem = only(problems_of(figures=[{"id": "f1", "value": "1", "label": "people", "source": "report"}]))
    assert (problem.code, problem.where) == ("unknown-source", ("figures", 0, "source"))


def italian(**changes: str) -> str:
    return a_translation_text(sections=TRANSLATED_SECTIONS | changes)


def test_a_translation_that_cites_another_source_is_an_error_at_the_mark() -> None:
    text = italian(what="Una frase.[^s1]\n\nUn'altra.[^s2]")
    problem = only(problems_of({"it": text}))
    assert (problem.code, problem.severity, problem.path) == ("other-marks", Severity.ERROR, "it")
    assert problem.line == line_of(text, "Un'altra")


def test_a_translation_that_leaves_a_mark_out_is_an_error_at_the_section() -> None:
    text = italian(what="Una frase.")
    problem = only(problems_of({"it": text}))
    assert (problem.code, problem.line) == ("other-marks", line_of(text, "{#what}"))
    assert problem.text() == "Sources missing from the translation: s1."


def test_a_translation_that_cites_no_source_at_all_is_an_error() -> None:
    text = italian(what="Una frase.[^s1][^s9]")
    problem = only(problems_of({"it": text}))
    assert (problem.code, problem.path, problem.line) == ("unknown-source", "it", line_of(text, "Una frase"))


def test_the_same_mark_may_stand_more_often_in_a_translation() -> None:
    assert problems_of({"it": italian(what="Una frase.[^s1] Un'altra.[^s1]")}) == ()


def test_a_stale_translation_with_other_marks_does_not_hinder_its_source() -> None:
    made_from = {"what": {"source": fingerprint("an older text"), "by": "machine"}}
    stale = a_translation_text(sections=TRANSLATED_SECTIONS | {"what": "Una frase.[^s2][^s9]"}, made_from=made_from)
    problems = problems_of({"it": stale})
    assert codes(problems) == ["unknown-source", "other-marks", "other-marks"]
    assert {problem.severity for problem in problems} == {Severity.WARNING}


def test_a_fresh_translation_with_other_marks_is_an_error() -> None:
    made_from = {"what": {"source": fingerprint(PRACTICE_SECTIONS["what"]), "by": "machine"}}
    fresh = a_translation_text(sections=TRANSLATED_SECTIONS | {"what": "Una frase."}, made_from=made_from)
    assert only(problems_of({"it": fresh})).severity is Severity.ERROR


def test_a_section_that_the_source_does_not_have_is_not_compared() -> None:
    assert problems_of({"it": italian(limits="Una frase.[^s1]")}) == ()


def test_a_translation_may_leave_a_section_out() -> None:
    assert problems_of({"it": a_translation_text(sections={})}) == ()


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        ({"address": "https://pt.scribd.com/document/1"}, "copied-material", ("materials", 0, "address")),
        ({"owner": None}, "incomplete-material", ("materials", 0)),
        ({"language": None}, "incomplete-material", ("materials", 0)),
        ({"licence": None}, "incomplete-material", ("materials", 0)),
    ],
)
def test_material_comes_from_its_owner(changes: dict[str, Any], code: str, where: tuple[object, ...]) -> None:
    row = {key: value for key, value in a_material(**changes).items() if value is not None}
    problem = only(problems_of(materials=[row]))
    assert (problem.code, problem.where, problem.severity) == (code, where, Severity.WARNING)
