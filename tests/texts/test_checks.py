from __future__ import annotations

from kb.i18n import LANGUAGES
from kb.texts.checks import usage_problems
from kb.texts.model import ContentText, ContentTexts, TextIds

IDS = TextIds("gates", ("gate", "wall"), {"gate": frozenset({"town"})})
GATE = ContentText("gate", dict.fromkeys(LANGUAGES, "Gate of %(town)s"), 5)
WALL = ContentText("wall", dict.fromkeys(LANGUAGES, "Wall"), 9)


def found(*texts: ContentText, **files: dict[str, ContentText]) -> list[tuple[str, str, int | None]]:
    known = ContentTexts({"gates": {each.id: each for each in texts}, **files}, "texts")
    return [(problem.code, problem.path, problem.line) for problem in usage_problems(known, [IDS])]


def test_what_code_uses_and_files_have_is_the_same() -> None:
    assert found(GATE, WALL) == []
    assert found(GATE) == [("missing-text", "texts/gates.yaml", None)]
    assert found(GATE, WALL, ContentText("tower", {}, 13)) == [("unused-text", "texts/gates.yaml", 13)]
    assert found(GATE, WALL, towers={}) == [("unused-file", "texts/towers.yaml", 1)]


def test_a_file_that_is_missing_misses_all_its_texts() -> None:
    problems = list(usage_problems(ContentTexts(folder="texts"), [IDS]))
    assert [(each.code, each.params) for each in problems] == [
        ("missing-text", {"text": "gate"}),
        ("missing-text", {"text": "wall"}),
    ]


def test_every_language_has_the_placeholders_that_code_fills() -> None:
    lost = ContentText("gate", {**GATE.words, "lt": "Vartai"}, 5)
    more = ContentText("wall", {**WALL.words, "it": "Muro %(town)s"}, 9)
    assert found(lost, more) == [
        ("wrong-placeholders", "texts/gates.yaml", 5),
        ("wrong-placeholders", "texts/gates.yaml", 9),
    ]
