from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kb.content_store.reference_data import ReferenceData
from kb.kinds.exercise.checks import check, links
from kb.kinds.exercise.model import EXERCISE
from kb.kinds.exercise.search_document import to_documents
from kb.kinds.exercise.template import new_exercise
from kb.law.model import Law
from kb.problems import Severity, Where
from kb.records.bundle import SOURCE, read_bundle, read_source
from kb.records.front_matter import splice
from kb.records.links import RecordLink
from kb.records.markdown import to_plain
from kb.records.record import Bundle

SAMPLE = Path(__file__).parents[2] / "sample" / "exercises" / "lost-key"
ENGLISH = (SAMPLE / "exercise.md").read_text(encoding="utf-8")
ITALIAN = (SAMPLE / "exercise.it.md").read_text(encoding="utf-8")


def an_exercise(text: str = ENGLISH, **changes: Any) -> tuple[Bundle[Any], str]:
    text = splice(text, changes)
    bundle, problems = read_bundle(EXERCISE, "lost-key", {SOURCE: text, "it": ITALIAN})
    assert bundle is not None, [str(problem) for problem in problems]
    return bundle, text


def codes(knowledge: ReferenceData, text: str = ENGLISH, **changes: Any) -> list[tuple[str, Where]]:
    bundle, text = an_exercise(text, **changes)
    front = read_source(EXERCISE, "lost-key", text)[1]

    def line(part: str, where: Where) -> int | None:
        return front.line(where) if part == SOURCE else None

    found = check(bundle, line, knowledge.vocabularies, knowledge.law)
    return [(problem.code, problem.where) for problem in found if problem.severity is Severity.ERROR]


def test_a_good_exercise_has_no_problem(knowledge: ReferenceData) -> None:
    assert codes(knowledge) == []


def test_a_real_case_has_no_place_here(knowledge: ReferenceData) -> None:
    assert codes(knowledge, invented="no") == [("real-case", ("invented",))]


def test_whether_it_is_invented_has_to_be_said() -> None:
    text = splice(ENGLISH, {"invented": None})
    bundle, problems = read_bundle(EXERCISE, "lost-key", {SOURCE: text})
    assert bundle is None
    assert ("missing-key", ("invented",)) in [(problem.code, problem.where) for problem in problems]


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        ("notice", ("no-notice", ("title",))),
        ("d1", ("no-section", ("doses", 0, "id"))),
        ("d2-task", ("no-section", ("doses", 1, "id"))),
        ("q1", ("no-section", ("asked", 0))),
    ],
)
def test_notice_doses_tasks_and_answers_are_written(
    knowledge: ReferenceData, section: str, expected: tuple[str, Where]
) -> None:
    assert expected in codes(knowledge, ENGLISH.replace(f"{{#{section}}}", "{#elsewhere}"))


def test_a_section_is_one_thing_alone(knowledge: ReferenceData) -> None:
    assert codes(knowledge, asked=["q1", "d1"]) == [("duplicate-section", ("asked", 1))]


@pytest.mark.parametrize("name", ["aims", "doses", "asked"])
def test_without_aims_doses_or_questions_it_is_not_published(knowledge: ReferenceData, name: str) -> None:
    nothing: dict[str, Any] = {name: []}
    assert (f"no-{name}", (name,)) in codes(knowledge, **nothing)
    assert (f"no-{name}", (name,)) not in codes(knowledge, status="draft", **nothing)


def test_what_is_named_is_there(knowledge: ReferenceData) -> None:
    wrong = {"id": "n1", "fact": "f-emergancy", "label": "?"}
    assert codes(knowledge, actors=["referral"]) == [("wrong-vocabulary", ("actors", 0))]
    assert codes(knowledge, national=[wrong]) == [("unknown-fact", ("national", 0, "fact"))]
    assert codes(knowledge, smallest="13") == [("group-sizes", ("smallest",))]


def test_tools_practices_and_successor_are_links() -> None:
    assert links(an_exercise(successor="other-case")[0]) == (
        RecordLink("tools", "gate-slip", None, SOURCE, ("tools", 0)),
        RecordLink("practices", "stone-terraces", None, SOURCE, ("practices", 0)),
        RecordLink("exercises", "other-case", None, SOURCE, ("successor",)),
    )


def test_its_time_is_that_of_opening_doses_and_closing() -> None:
    assert an_exercise()[0].record.minutes == 5 + 10 + 5 + 15 + 0 + 10


def test_participants_are_given_no_answer() -> None:
    given = tuple(an_exercise()[0].record.participants_sections())
    assert given == ("notice", "d1", "d1-task", "d2", "d2-task")


def test_an_exercise_has_a_document_per_language(knowledge: ReferenceData) -> None:
    english, italian = to_documents(an_exercise()[0], knowledge.vocabularies, Law(), to_plain)
    assert (english.kind, english.id, english.title) == ("exercises", "lost-key", "The lost key")
    assert english.body.startswith("Ask before opening.\nBefore you begin")
    assert (english.facets["area"], english.facets["actor"]) == (("opt-in-referral",), ("police",))
    assert english.newest == "2026-11-20"
    assert (italian.language, italian.title) == ("it", "La chiave smarrita")
    assert "The key is found." not in italian.body


def test_nothing_is_wrong_with_a_new_exercise_but_what_is_missing() -> None:
    _, _, problems = read_source(EXERCISE, "a-case", new_exercise("a-case", "en"))
    assert [(problem.code, problem.where) for problem in problems] == [
        ("missing-key", ("title",)),
        ("missing-key", ("summary",)),
        ("missing-key", ("invented",)),
    ]
