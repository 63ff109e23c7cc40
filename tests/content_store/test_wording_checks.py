"""Texts call a thing what the vocabularies call it: a name to avoid is an error at its line, another word a doubt."""

from __future__ import annotations

from datetime import date

import pytest

from kb.content_store.checks import doubts
from kb.content_store.reference_data import ReferenceData
from kb.content_store.validation import read_and_check
from kb.kinds.kind import Kind
from kb.kinds.registry import KINDS
from kb.problems import Problem, Severity
from kb.records.bundle import SOURCE
from tests.builders import a_practice_text, a_source, a_translation_text
from tests.kinds.practice.checking import line_of

PRACTICES = next(kind for kind in KINDS if kind.shape.name == "practices")
NAME = "ask-before-referral"
WORDS = {"what": "Pareigūnai klausia, ar gali skambinti {}.[^s1]", "how": "Tarnyba skambina.[^s2]"}


def read(
    knowledge: ReferenceData, texts: dict[str, str], kind: Kind = PRACTICES
) -> tuple[set[str], tuple[Problem, ...]]:
    good, _, problems = read_and_check(kind, NAME, texts, knowledge.vocabularies, knowledge.law)
    return good, tuple(each for each in problems if each.code == "avoided-name")


def lithuanian(who: str) -> str:
    return a_translation_text(language="lt", sections={key: text.format(who) for key, text in WORDS.items()})


def test_a_translation_that_uses_a_name_to_avoid_cannot_be_published(knowledge: ReferenceData) -> None:
    text = lithuanian("paramos tarnybos")
    good, (problem,) = read(knowledge, {SOURCE: a_practice_text(), "lt": text})
    assert good == {SOURCE}
    assert (problem.path, problem.line, problem.severity) == ("lt", line_of(text, "paramos"), Severity.ERROR)
    assert problem.text().startswith("Write pagalbos tarnyba, not paramos tarnybos.")
    for allowed in ("pagalbos tarnybos", "tarnyba „Paramos aukoms tarnyba“"):
        assert read(knowledge, {SOURCE: a_practice_text(), "lt": lithuanian(allowed)}) == ({SOURCE, "lt"}, ())


def test_a_source_text_may_not_use_it_either(knowledge: ReferenceData) -> None:
    text = a_practice_text(language="lt", title="Paramos tarnyba klausia")
    (problem,) = read(knowledge, {SOURCE: text})[1]
    assert (problem.path, problem.line, problem.where) == (SOURCE, line_of(text, "Paramos"), ("words", "title"))


def doubtful(knowledge: ReferenceData, texts: dict[str, str]) -> list[tuple[str, date]]:
    _, bundle, _ = read_and_check(PRACTICES, NAME, texts, knowledge.vocabularies, knowledge.law)
    assert bundle is not None
    found = list(doubts(bundle, texts, knowledge.labels, knowledge.vocabularies))
    assert all(each.problem.severity is Severity.WARNING for each in found)
    return [(each.problem.code, each.since) for each in found]


@pytest.mark.parametrize(("translated", "is_doubted"), [("valutazione del rischio", False), ("stima", True)])
def test_a_term_of_the_source_that_is_called_something_else_is_a_doubt(
    knowledge: ReferenceData, translated: str, is_doubted: bool
) -> None:
    source = a_practice_text(sections={"what": "A risk assessment.[^s1]", "how": "They call.[^s2]"})
    italian = a_translation_text(sections={"what": f"Una {translated}.[^s1]", "how": "Chiamano.[^s2]"})
    found = doubtful(knowledge, {SOURCE: source, "it": italian})
    assert ("unlike-term", date.min) in found if is_doubted else ("unlike-term", date.min) not in found


def test_law_is_doubted_five_years_after_it_was_read_and_from_the_sixth_year_of_its_text(
    knowledge: ReferenceData,
) -> None:
    law = a_source("s1", kind="law", accessed="2024-02-29", year="2021")
    found = doubtful(knowledge, {SOURCE: a_practice_text(sources=[law, a_source("s2", accessed="2001-01-01")])})
    assert found == [("law-read-long-ago", date(2029, 3, 1)), ("old-law", date(2027, 1, 1))]
