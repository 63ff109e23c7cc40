"""The rules of a tool alone: parts, blanks that it uses, terms, sources."""

from __future__ import annotations

from typing import Any

import pytest

from kb.content_store.reference_data import ReferenceData
from kb.kinds.adaptation.links import links as adaptation_links
from kb.kinds.register.links import links as register_links
from kb.kinds.tool.links import links as tool_links
from kb.problems import Severity
from kb.records.links import RecordLink
from tests.builders import TOOL_SECTIONS, a_register, a_source, a_tool, a_tool_text, an_adaptation, an_alternative
from tests.kinds.tool.checking import Found, checked, codes


def found(knowledge: ReferenceData, **changes: Any) -> Found:
    return codes(checked("tools", knowledge.vocabularies, **changes))


def test_a_good_tool_has_no_problem(knowledge: ReferenceData) -> None:
    assert found(knowledge) == []


def test_a_part_has_a_section(knowledge: ReferenceData) -> None:
    assert found(knowledge, parts=[{"id": "ofer"}]) == [("part-without-section", ("parts", 0, "id"))]


def test_only_printed_parts_of_a_leaflet_are_on_the_help_page(knowledge: ReferenceData) -> None:
    problem = ("part-not-for-page", ("parts", 0, "page"))
    printed, note = {"id": "offer", "page": "first"}, {"id": "offer", "page": "first", "style": "adapter-note"}
    assert found(knowledge, parts=[printed]) == [problem]
    assert problem in found(knowledge, kind="leaflet", parts=[note])
    assert found(knowledge, kind="leaflet", parts=[printed]) == []


def test_a_published_tool_has_a_text(knowledge: ReferenceData) -> None:
    nothing: dict[str, Any] = {"sections": {}, "parts": None, "fields": None, "uses": None, "sources": None}
    assert found(knowledge, **nothing) == [("no-sections", ("parts",))]
    (problem,) = checked("tools", knowledge.vocabularies, **nothing, status="draft")
    assert problem.severity is Severity.WARNING


def test_what_is_needed_on_a_condition_says_on_which(knowledge: ReferenceData) -> None:
    assert found(knowledge, uses=[{"id": "b-service", "need": "conditional"}]) == [
        ("need-without-condition", ("uses", 0, "need"))
    ]
    assert found(knowledge, uses=[{"id": "b-service", "need": "conditional", "when": "ch-model=m2"}]) == []


def test_a_choice_stands_once(knowledge: ReferenceData) -> None:
    assert found(knowledge, choices_used=["ch-model", "ch-model"]) == [("duplicate-choice", ("choices_used", 1))]


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("areas", ["opt-in-refferal"], "unknown-term"),
        ("actors", ["opt-in-referral"], "wrong-vocabulary"),
        ("document_types", ["nothing-like-it"], "unknown-term"),
        ("criteria", ["REF-8"], "bad-criterion"),
    ],
)
def test_terms_and_criteria_are_known(knowledge: ReferenceData, key: str, value: list[str], code: str) -> None:
    assert found(knowledge, **{key: value}) == [(code, (key, 0))]


def test_sources_are_there_and_cited(knowledge: ReferenceData) -> None:
    assert found(knowledge, sources=[a_source("s1"), a_source("s2")]) == [("uncited-source", ("sources", 1, "id"))]
    sections = {**TOOL_SECTIONS, "offer": "May I tell you about {{b-service}}?[^s2]"}
    assert ("unknown-source", ("body", "offer")) in found(knowledge, sections=sections)


def test_a_machine_drafted_tool_speaks_of_nobody(knowledge: ReferenceData) -> None:
    assert found(knowledge, keeper="Somebody") == [("person-claimed", ("keeper",))]


def test_a_problem_knows_its_line(knowledge: ReferenceData) -> None:
    (problem,) = checked("tools", knowledge.vocabularies, parts=[{"id": "ofer"}])
    lines = a_tool_text(parts=[{"id": "ofer"}]).split("\n")
    assert problem.path == "source"
    assert problem.line is not None
    assert "ofer" in lines[problem.line - 1]
    assert problem.text() == "Section ofer does not exist or has no text. Write it, or remove the reference to it."


def test_every_name_of_another_record_is_a_link() -> None:
    changes: dict[str, Any] = {
        "practices": ["one"],
        "related": ["other-form"],
        "own_alternatives": [an_alternative("a", "ch-own", practices=["two"])],
        "successor": "next-form",
        "sections": {"offer": "See [it](practices/three#how) and {{b-service}}."},
    }
    expected = [
        *(("practices", "one"), ("tools", "other-form"), ("practices", "two"), ("tools", "next-form")),
        ("practices", "three"),
    ]
    assert [(link.kind, link.id) for link in tool_links(a_tool(**changes))] == expected
    assert tool_links(a_tool(**changes))[2].where == ("own_alternatives", 0, "practices", 0)
    assert adaptation_links(an_adaptation())[0] == RecordLink("tools", "referral-form", None, "source", ("parent",))
    register = a_register(alternatives=[an_alternative("m2", practices=["one"]), an_alternative("m4")])
    assert [(link.kind, link.id, link.where) for link in register_links(register)] == [
        ("practices", "one", ("alternatives", 0, "practices", 0))
    ]
