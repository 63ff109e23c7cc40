"""The title of a record in an unfinished text."""

from __future__ import annotations

import pytest

from kb.editing.forms.draft_titles import title_in
from tests.builders import a_practice_text, a_translation_text


def test_a_source_file_and_a_translation_have_their_titles_in_different_places() -> None:
    assert title_in(a_practice_text(title="Stone terraces"), "source") == "Stone terraces"
    assert title_in(a_translation_text(words={"title": "Terrazze"}), "it") == "Terrazze"


@pytest.mark.parametrize(
    "text", ["", "no front matter", "---\ntitle: [a, b\n---\n", "---\ntitle: [a]\n---\n", "---\ntitle: ''\n---\n"]
)
@pytest.mark.parametrize("part", ["source", "it"])
def test_where_there_is_none_it_is_empty(text: str, part: str) -> None:
    assert title_in(text, part) == ""


def test_a_title_of_several_lines_stands_in_one() -> None:
    assert title_in("---\ntitle: |\n  Stone\n  terraces\n---\n", "source") == "Stone terraces"
