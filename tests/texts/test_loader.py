from __future__ import annotations

from pathlib import Path

import pytest

from kb.content_store.reference_data import ReferenceData
from kb.problems import Problem, Severity
from kb.texts.loader import load_texts
from kb.texts.model import ContentTexts
from kb.vocabulary.model import Vocabularies

WORDS = "{en: Gate, it: Cancello, lt: Vartai, pt: Portão, ro: Poartă}"


def load(folder: Path, *texts: str, head: str = "") -> tuple[ContentTexts, tuple[Problem, ...]]:
    rows = "".join(f"  - {text}\n" for text in texts)
    (folder / "gates.yaml").write_text(f"id: gates\ntitle: T\ndescription: D\n{head}texts:\n{rows}", encoding="utf-8")
    return load_texts(folder, Vocabularies())


def found(problems: tuple[Problem, ...]) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.line) for problem in problems]


def test_a_text_is_read_with_its_line(tmp_path: Path) -> None:
    texts, problems = load(tmp_path, f"id: gate\n    text: {WORDS}")
    assert problems == ()
    (text,) = texts.files["gates"].values()
    assert (text.id, text.line, text.words["lt"], len(text.words)) == ("gate", 5, "Vartai", 5)


def test_a_language_that_is_missing_is_a_warning_and_english_an_error(tmp_path: Path) -> None:
    _, problems = load(tmp_path, "id: gate\n    text: {en: Gate, lt: Vartai}", "id: wall\n    text: {lt: Siena}")
    kinds = [(problem.code, problem.severity, problem.line) for problem in problems]
    assert ("missing-translation", Severity.WARNING, 6) in kinds
    assert ("missing-key", Severity.ERROR, 8) in kinds
    assert problems[0].params == {"languages": "it, pt, ro"}


@pytest.mark.parametrize(
    ("texts", "head", "expected"),
    [
        ((f"id: gate\n    text: {WORDS}", f"id: gate\n    text: {WORDS}"), "", [("duplicate-text", 7)]),
        ((f"id: gate\n    note: N\n    text: {WORDS}",), "", [("unknown-key", 6)]),
        ((f"id: gate\n    text: {WORDS[:-1]}, xx: Gate}}",), "", [("unknown-key", 6)]),
        ((f"text: {WORDS}",), "", [("missing-key", 5)]),
        ((f"id: gate\n    text: {WORDS}",), "terms: [x]\n", [("unknown-key", 4)]),
        ((f"id: gate\n    text: {WORDS.replace('Poartă', 'Poarţă')}",), "", [("cedilla", 6)]),
        (("gate",), "", [("expected-group", 5)]),
    ],
)
def test_what_is_wrong_is_a_problem_with_its_line(
    tmp_path: Path, texts: tuple[str, ...], head: str, expected: list[tuple[str, int]]
) -> None:
    assert found(load(tmp_path, *texts, head=head)[1]) == expected


def test_a_name_to_avoid_is_a_problem(tmp_path: Path, knowledge: ReferenceData) -> None:
    load(tmp_path, f"id: gate\n    text: {WORDS.replace('Vartai', 'Paramos tarnyba')}")
    _, problems = load_texts(tmp_path, knowledge.vocabularies)
    assert [problem.code for problem in problems] == ["avoided-name"]


def test_a_folder_that_is_missing_is_a_problem_and_no_error(tmp_path: Path) -> None:
    texts, problems = load_texts(tmp_path / "absent", Vocabularies())
    assert texts.files == {}
    assert [problem.code for problem in problems] == ["no-folder"]
