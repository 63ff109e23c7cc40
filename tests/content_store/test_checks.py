"""The check of the whole folder: every trouble of every file at once, and nothing stops at the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.content_store.check_cache import CheckMemory, check_changed
from kb.content_store.reference_data import load_knowledge
from kb.kinds.registry import KINDS
from kb.problems import Problem
from kb.records.files.paths import ContentFolder
from tests.builders import a_register_text, a_tool_text, an_adaptation_text, an_alternative
from tests.house import ITALIAN_TEXT, ROOT, TEXT

KNOWLEDGE = load_knowledge(ROOT / "content")
SHAPES = {kind.shape.name: kind.shape for kind in KINDS}
BY_NAME = {kind.shape.name: kind for kind in KINDS}


def write(root: Path, path: str, text: str | bytes) -> None:
    target = root / "content" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text if isinstance(text, bytes) else text.encode())


def problems_of(root: Path) -> tuple[Problem, ...]:
    folder = ContentFolder(root / "content", SHAPES)
    return check_changed(folder, BY_NAME, KNOWLEDGE.vocabularies, KNOWLEDGE.law, CheckMemory()).problems


def codes(root: Path) -> list[str]:
    return [problem.code for problem in problems_of(root)]


PAGE = "pages/stone-terraces/page.md"

TROUBLES: dict[str, tuple[str | bytes, str, int]] = {
    "an unknown key": (TEXT.replace("licence:", "license:"), "unknown-key", 7),
    "a key written twice": (TEXT.replace("status:", "title: Again\nstatus:"), "duplicate-key", 6),
    "a list where a text belongs": (TEXT.replace("title: Stone terraces", "title: [a, b]"), "expected-text", 4),
    "a value that is none of the choices": (TEXT.replace("status: published", "status: ready"), "unknown-value", 6),
    "a date that is none": (TEXT.replace("licence:", "review_due: soon\nlicence:"), "bad-date", 7),
    "a missing title": (TEXT.replace("title: Stone terraces\n", ""), "missing-key", 1),
    "another id than the folder": (TEXT.replace("id: stone-terraces", "id: wood"), "id-differs", 2),
    "an unknown language": (TEXT.replace("language: en", "language: xx"), "unknown-language", 3),
    "an anchor": (TEXT.replace("title: Stone", "title: &a Stone"), "anchor", 4),
    "a tag": (TEXT.replace("title: Stone", "title: !!str Stone"), "tag", 4),
    "broken facts": (TEXT.replace("title: Stone terraces", "title: [Stone"), "syntax", 5),
    "no facts at all": ("Only text.\n", "no-front-matter", 1),
    "a heading without its id": (TEXT.replace(" {#how}", ""), "heading-without-id", 13),
    "a section twice": (TEXT.replace("{#how}", "{#what}"), "duplicate-section", 13),
    "an empty section": (TEXT.replace("Stone upon stone.\n", ""), "empty-section", 13),
    "text before the first heading": (TEXT.replace("---\n## What", "---\nLost.\n\n## What"), "text-before-section", 9),
    "a mark of a merge": (TEXT.replace("Stone upon", "<<<<<<< HEAD\nStone upon"), "conflict-marker", 15),
    "ends of lines from elsewhere": (TEXT.replace("\n", "\r\n"), "line-ends", 1),
    "bytes that are no text": (TEXT.encode().replace(b"Stone upon", b"\xff upon"), "encoding", 15),
    "a huge file": (TEXT + "x" * 500_000, "too-large", 1),
    "a control character": (TEXT.replace("Stone terraces", "Stone\x07terraces"), "control-character", 4),
    "a NUL in the text": (TEXT.replace("upon", "up\0on"), "control-character", 15),
    "lists nested beyond all measure": (TEXT.replace("Stone upon", "- " * 3000 + "x"), "too-nested", 15),
    "braces round all facts": (TEXT.replace("---\nid", "---\n{id: x}\n---\nid", 1), "syntax", 2),
    "a link to nowhere": (TEXT.replace("upon", "[upon](practices/nowhere)"), "dangling-link", 15),
    "a link to no section": (TEXT.replace("upon", "[upon](pages/stone-terraces#roof)"), "dangling-anchor", 15),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_bad_file_is_a_problem_with_path_and_line(trouble: str, tmp_path: Path) -> None:
    text, code, line = TROUBLES[trouble]
    write(tmp_path, PAGE, text)
    found = problems_of(tmp_path)
    assert (code, line, f"content/{PAGE}") in {(each.code, each.line, each.path) for each in found}, found


def test_all_problems_of_all_files_come_at_once(tmp_path: Path) -> None:
    write(tmp_path, PAGE, TEXT.replace("licence:", "license:").replace("status: published", "status: ready"))
    write(tmp_path, "pages/other/page.md", "nothing\n")
    write(tmp_path, "pages/good/page.md", TEXT.replace("id: stone-terraces", "id: good"))
    assert codes(tmp_path) == ["no-front-matter", "unknown-value", "unknown-key"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("pages/Stone Terraces/page.md", "stray-file"),
        ("pages/stone-terraces/notes.txt", "stray-file"),
        ("pages/loose.md", "stray-file"),
        ("pages/no-source/page.it.md", "no-source-file"),
    ],
)
def test_what_is_no_file_of_a_record_is_a_problem(path: str, code: str, tmp_path: Path) -> None:
    write(tmp_path, PAGE, TEXT)
    write(tmp_path, path, ITALIAN_TEXT)
    assert code in codes(tmp_path)


def test_a_symbolic_link_leads_nowhere(tmp_path: Path) -> None:
    write(tmp_path, PAGE, TEXT)
    secret = tmp_path / "secret.md"
    secret.write_text(TEXT)
    (tmp_path / "content" / "pages" / "stone-terraces" / "page.it.md").symlink_to(secret)
    (tmp_path / "content" / "pages" / "elsewhere").symlink_to(tmp_path)
    assert codes(tmp_path) == ["stray-file", "stray-file"]


def test_an_alias_does_not_hide_another_record(tmp_path: Path) -> None:
    write(tmp_path, PAGE, TEXT)
    other = TEXT.replace("id: stone-terraces", "id: other").replace("status:", "aliases: [stone-terraces]\nstatus:")
    write(tmp_path, "pages/other/page.md", other)
    assert codes(tmp_path) == ["alias-taken"]


def test_a_translation_says_no_more_than_its_source(tmp_path: Path) -> None:
    write(tmp_path, PAGE, TEXT)
    extra = ITALIAN_TEXT.replace("  summary:", "  names: Muri\n  summary:") + "\n## Tetto {#roof}\n\nTegole.\n"
    write(tmp_path, "pages/stone-terraces/page.it.md", extra)
    assert codes(tmp_path) == ["unknown-segment", "unknown-segment"]


def test_a_picture_that_a_text_names_has_to_lie_beside_it(tmp_path: Path) -> None:
    text = TEXT.replace("Stone upon stone.", "Stone upon stone.\n\n![A slope](slope.jpg) and the [plan](plan.pdf).")
    write(tmp_path, PAGE, text)
    found = [(each.code, each.line, each.params["name"]) for each in problems_of(tmp_path)]
    assert found == [("unknown-attachment", 17, "slope.jpg"), ("unknown-attachment", 17, "plan.pdf")]
    write(tmp_path, "pages/stone-terraces/slope.jpg", b"x")
    write(tmp_path, "pages/stone-terraces/plan.pdf", b"x")
    assert problems_of(tmp_path) == ()


def test_a_picture_of_another_site_is_no_picture_of_the_record(tmp_path: Path) -> None:
    translation = ITALIAN_TEXT.replace("Muri senza malta.", "![Un muro](https://example.org/muro.jpg)")
    write(tmp_path, PAGE, TEXT)
    write(tmp_path, "pages/stone-terraces/page.it.md", translation)
    assert [(each.code, each.path) for each in problems_of(tmp_path)] == [
        ("outside-picture", "content/pages/stone-terraces/page.it.md")
    ]


REGISTER, TOOL = "register/shared/register.md", "tools/referral-form/tool.md"
ADAPTED = "adaptations/referral-form-pt/adaptation.md"


def test_tools_the_register_and_adaptations_are_checked_together(tmp_path: Path) -> None:
    write(tmp_path, REGISTER, a_register_text())
    write(tmp_path, TOOL, a_tool_text())
    write(tmp_path, ADAPTED, an_adaptation_text())
    (problem,) = problems_of(tmp_path)  # the tool itself does not ask for it
    assert (problem.code, problem.path, problem.line) == ("unused-blanks", f"content/{REGISTER}", 6)


def test_what_is_declared_nowhere_is_a_problem_with_path_and_line(tmp_path: Path) -> None:
    write(tmp_path, REGISTER, a_register_text(alternatives=[an_alternative("m2"), an_alternative("m3")], cautions=None))
    write(tmp_path, TOOL, a_tool_text(uses=[{"id": "b-service"}, {"id": "b-emergancy"}]))
    write(tmp_path, ADAPTED, an_adaptation_text(parent="referral-form"))
    found = {(each.code, each.path, each.where) for each in problems_of(tmp_path)}
    assert ("unknown-blank", f"content/{TOOL}", ("uses", 1, "id")) in found
    assert ("unknown-alternative", f"content/{ADAPTED}", ("chosen", 0, "values", 0)) in found
    lines = a_tool_text(uses=[{"id": "b-service"}, {"id": "b-emergancy"}]).split("\n")
    line = next(each.line for each in problems_of(tmp_path) if each.code == "unknown-blank")
    assert line is not None
    assert "b-emergancy" in lines[line - 1]


def test_an_adaptation_without_its_tool_leads_nowhere(tmp_path: Path) -> None:
    write(tmp_path, REGISTER, a_register_text())
    write(tmp_path, ADAPTED, an_adaptation_text(made=None))
    assert codes(tmp_path) == ["dangling-link"]


def test_nothing_is_said_to_be_missing_while_the_register_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path, REGISTER, a_register_text(summary=None))
    write(tmp_path, TOOL, a_tool_text())
    assert codes(tmp_path) == ["missing-key"]
