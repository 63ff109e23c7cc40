"""A trainer's lines become a list, one item per line; lists that she wrote in Markdown stay unchanged."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from kb.workshops.plan.trainer_texts import aims_of, as_list, in_a_row


def entries(text: str) -> list[str]:
    """Return the texts of the list items in a Markdown text."""
    inside, found = 0, []
    for token in MarkdownIt().parse(text):
        inside += token.nesting if token.type.startswith("list_item") else 0
        if inside and token.type == "inline":
            found.append(token.content)
    return found


@pytest.mark.parametrize(
    "text",
    [
        "Explain it\nFill it in\nSay what\nAsk",
        "Explain it\n\nFill it in\r\nSay what\n \nAsk\n",
        "- Explain it\n- Fill it in\n- Say what\n- Ask",
        "1. Explain it\n2. Fill it in\n3. Say what\n4. Ask",
        "* Explain it\n* Fill it in\n* Say what\n* Ask",
        "• Explain it\n• Fill it in\n– Say what\n•Ask",
        "Explain it\nFill it in\n- Say what\n- Ask",
        "You can:\nExplain it\nFill it in\nSay what\nAsk",
        "You can:\n- Explain it\n- Fill it in\n- Say what\n- Ask",
        "You can:\nExplain it\nFill it in\nAfterwards you can:\nSay what\nAsk",
        "### Aims\nExplain it\nFill it in\nSay what\nAsk",
    ],
)
def test_each_line_is_an_entry(text: str) -> None:
    assert entries(as_list(text)) == ["Explain it", "Fill it in", "Say what", "Ask"]
    assert as_list(as_list(text)) == as_list(text)


@pytest.mark.parametrize(
    "text", ["", "Explain the three ways.", "- Explain it\n- Fill it in\n  on one page", "| a |\n| - |"]
)
def test_a_single_line_and_what_has_a_form_stay(text: str) -> None:
    assert as_list(text) == text


def test_what_only_looks_like_a_sign_is_a_word() -> None:
    assert entries(as_list("-3 degrees\n*Ask* first\n2027 comes")) == ["-3 degrees", "*Ask* first", "2027 comes"]


def test_each_language_has_its_own_list() -> None:
    assert aims_of({"en": "A\nB", "lt": "C"}) == {"en": "- A\n- B", "lt": "C"}


def test_where_there_is_room_for_no_list_lines_are_kept_apart() -> None:
    assert in_a_row("Explain it\n\n- Fill it in.\n2. Ask\n### Say what") == "Explain it; Fill it in. Ask; Say what"
    assert in_a_row("") == ""
