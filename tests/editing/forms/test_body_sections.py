"""Moving and clearing sections."""

from __future__ import annotations

from kb.editing.forms.body_sections import body_of, headings_in, moved_section, replace_body, without_empty_sections
from tests.editing.forms.test_source_form import BY_NAME

BODY = "## A {#a}\n\nOne.\n\n\n## B {#b}\n\nTwo.\n\n## C {#c}\n\nThree.\n"
FILE = f"---\nid: x\n---\n{BODY}"


def test_a_section_moves_by_one_and_not_beyond_the_end() -> None:
    assert moved_section(BODY, "b", -1).startswith("## B {#b}\n\nTwo.\n\n## A {#a}\n\nOne.\n\n## C")
    assert moved_section(BODY, "a", -1) == BODY
    assert moved_section(BODY, "c", 1) == BODY
    assert moved_section(BODY, "nothing", 1) == BODY


def test_a_section_that_moves_down_and_up_again_leaves_every_text_as_it_was() -> None:
    again = moved_section(moved_section(BODY, "a", 1), "a", -1)
    assert again == BODY.replace("\n\n\n", "\n\n")


def test_headings_without_a_text_are_cleared() -> None:
    text = FILE.replace("Two.", "")
    assert "{#b}" not in without_empty_sections(text)
    assert without_empty_sections(FILE) == FILE
    assert without_empty_sections("no file") == "no file"


def test_a_body_is_replaced_and_nothing_else() -> None:
    assert replace_body(FILE, body_of(FILE)) == FILE
    assert replace_body(FILE, "") == "---\nid: x\n---\n"
    assert replace_body("no file", "x") == "no file"


def test_the_headings_of_fixed_sections_are_those_of_a_new_record() -> None:
    assert headings_in(BY_NAME["practices"], "it")["what"] == "Che cos'è"
    assert headings_in(BY_NAME["pages"], "it") == {}
