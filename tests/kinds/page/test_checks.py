from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kb.kinds.page.checks import check, links
from kb.kinds.page.model import PAGE
from kb.law.model import Law
from kb.problems import Problem, Where
from kb.records.bundle import SOURCE, read_bundle, read_source
from kb.records.links import RecordLink
from kb.records.record import Bundle
from kb.vocabulary.model import Vocabularies
from tests.builders import PAGE_SECTIONS, a_page_text

ITALIAN = """---
language: it
words:
  title: Chi siamo
---
## Scopo {#aim}

Raccogliamo [pratiche](practices/one).[^s1]
"""


def a_page(translations: Mapping[str, str] | None = None, **changes: Any) -> Bundle[Any]:
    bundle, problems = read_bundle(PAGE, "about", {SOURCE: a_page_text(**changes), **(translations or {})})
    assert bundle is not None, problems
    return bundle


def problems_of(bundle: Bundle[Any], text: str = "") -> tuple[Problem, ...]:
    front = read_source(PAGE, "about", text)[1] if text else None

    def line(part: str, where: Where) -> int | None:
        return front.line(where) if front and part == SOURCE else None

    return check(bundle, line, Vocabularies(), Law())


def test_a_good_page_has_no_problem() -> None:
    assert problems_of(a_page()) == ()


def test_a_mark_of_a_source_leads_nowhere_on_a_page() -> None:
    sections = PAGE_SECTIONS | {"aim": "A claim.[^s2]"}
    first, second = problems_of(a_page({"it": ITALIAN}, sections=sections))
    assert (first.code, first.path, first.where) == ("unknown-source", SOURCE, ("body", "aim"))
    assert (second.path, second.line) == ("it", 8)
    assert first.text() == "A page cannot cite sources. Use a link instead of [^s2]."


def test_a_machine_drafted_page_cannot_speak_of_persons() -> None:
    changes: dict[str, Any] = {"origin": "machine-drafted", "reviewed": "2026-11-20", "keeper": "Example house"}
    text = a_page_text(**changes)
    problems = problems_of(a_page(**changes), text)
    assert [(problem.code, problem.where) for problem in problems] == [
        ("person-claimed", ("reviewed",)),
        ("person-claimed", ("keeper",)),
    ]
    assert problems[0].line == text.split("\n").index("reviewed: 2026-11-20") + 1
    assert problems_of(a_page(**(changes | {"origin": None}))) == ()


def test_links_of_texts_and_the_successor_are_found() -> None:
    found = links(a_page({"it": ITALIAN}, status="retired", successor="method"))
    assert found == (
        RecordLink("pages", "method", None, SOURCE, ("successor",)),
        RecordLink("practices", "one", None, "it", ("body", "aim"), 8),
    )
