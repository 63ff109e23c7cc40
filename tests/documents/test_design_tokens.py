from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb.documents.design_tokens import FINDING_SIGNS, stylesheet, word_colour

KB = Path(__file__).parents[2] / "kb"
DOCUMENTS = KB / "documents"
# As CSS writes colours, as Word does, and as numbers of red, green and blue.
LITERAL = re.compile(
    r"#[0-9a-fA-F]{3,8}\b"
    r"|[\"'](?=[0-9A-F]*[A-F])[0-9A-F]{6}[\"']"
    r"|\b0x[0-9A-Fa-f]{2}, "
    r"|\b(?:rgb|hsl|oklch)\("
)


@pytest.mark.parametrize("text", ['"#1d4d43"', "border: 1pt solid #fff;", '"1D4D43"', "RGBColor(0x1D, 0x4D, 0x43)"])
def test_a_colour_would_be_noticed(text: str) -> None:
    assert LITERAL.search(text)


def test_no_document_has_a_colour_of_its_own() -> None:
    paths = [path for path in DOCUMENTS.rglob("*.*") if path.suffix in (".py", ".css")]
    assert len(paths) > 20
    assert [path.name for path in paths if LITERAL.search(path.read_text("utf-8"))] == ["design_tokens.py"]


@pytest.mark.parametrize("name", ["paper.css", "slides.css"])
def test_style_sheets_get_their_colours(name: str) -> None:
    css = stylesheet(name)
    assert "$" not in css
    assert "--pine: #1d4d43;" in css


def test_word_has_colours_in_capitals() -> None:
    assert word_colour("#fbe27a") == "FBE27A"


def test_the_sign_of_a_finding_is_drawn_once() -> None:
    files = [*KB.rglob("*.py"), *KB.rglob("*.html")]
    for path in FINDING_SIGNS.values():
        assert [each.name for each in files if path in each.read_text("utf-8")] == ["design_tokens.py"]
