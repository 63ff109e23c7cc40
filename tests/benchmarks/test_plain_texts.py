from __future__ import annotations

import pytest

from benchmarks import plain_texts
from benchmarks.corpus import CONTENT, files
from benchmarks.facts import World
from benchmarks.plain_texts import quickly_plain
from kb.kinds.registry import KINDS
from kb.law.loader import load_law
from kb.records.files.paths import ContentFolder
from kb.records.markdown import to_plain
from kb.records.segments import sections
from kb.vocabulary.loader import load_vocabularies


def unasked(_text: str) -> str:
    raise AssertionError("Markdown was asked")


def bodies(text: str) -> list[str]:
    """Return the texts of the sections of a file."""
    return [section.text for section in sections(text.split("---\n", 2)[2])[0]]


@pytest.mark.slow
def test_a_made_up_record_needs_no_markdown(monkeypatch: pytest.MonkeyPatch) -> None:
    vocabularies = load_vocabularies(CONTENT / "vocabularies")[0]
    world = World.of(vocabularies, load_law(CONTENT / "law", vocabularies)[0])
    texts = [text for number in range(6) for _, file in files(world, number) for text in bodies(file)]
    expected = [to_plain(text) for text in texts]
    monkeypatch.setattr(plain_texts, "to_plain", unasked)
    assert [quickly_plain(text) for text in texts] == expected


@pytest.mark.slow
@pytest.mark.long
def test_a_real_record_has_the_same_plain_text() -> None:
    folder = ContentFolder(CONTENT, {kind.shape.name: kind.shape for kind in KINDS})
    files = [text for key in folder.records() for text in folder.texts(*key)[0].values() if text.count("---\n") > 1]
    texts = [text for file in files for text in bodies(file)]
    assert len(texts) > 100
    assert [quickly_plain(text) for text in texts] == [to_plain(text) for text in texts]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1. One.[^s1]\n2. Two.",
        "2. Two.\n3. Three.",
        "One\nline more.",
        "One.\n\n\nTwo.",
        "One. \n\nTwo.",
        "One  \ntwo.",
        "One [^s1] two.",
        "- One.\n- Two.",
        "1) One.",
        "One.\n\n1. Two.",
        "One *two* _three_ `four`.",
        "See [one](practices/two) & <three>.",
        "One | two\n--- | ---\n1 | 2",
        "Title\n=====\n\nOne.",
        "# Title\n\nOne.",
        "One\n---",
        "One.\n\n    code",
        "&amp; one",
        r"One \* two",
        "(One) two: three; four/five – six-seven, d’Arc's.",
        "One\u00a0two.",
        "One\ttwo.",
        "One\u2028two.",
        "One_two_three.",
        "https://example.org one.",
    ],
)
def test_any_other_text_is_what_markdown_makes_of_it(text: str) -> None:
    assert quickly_plain(text) == to_plain(text)
