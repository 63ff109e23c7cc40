"""What a closed part says about its text in one line."""

from __future__ import annotations

import pytest

from kb.web.tools.gist import first_sentences, gist, in_one_line


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Take these:\n\n- **Key:** two.\n- **Lamp.** One.", "Key · Lamp"),
        ("- The gate is open.\n- No one is there.", "The gate is open · No one is there"),
        ("The gate is open. No one is there.", "The gate is open"),
        ("", ""),
    ],
)
def test_the_gist_is_what_stands_out(text: str, said: str) -> None:
    assert gist(text, "en") == said


def test_what_does_not_fit_a_line_is_left_out_and_an_ellipsis_says_so() -> None:
    long = "a name of so many words that there is no room for others"
    assert in_one_line(["Key", long, "Lamp"]) == "Key · Lamp\N{NO-BREAK SPACE}…"
    assert in_one_line([long]) == "a name of so many words that there is no room for\N{NO-BREAK SPACE}…"


def test_a_short_first_sentence_takes_the_next_one_with_it() -> None:
    assert first_sentences("It opens gates. Two keep it. Ask once.", "en", 1) == (
        "It opens gates. Two keep it.",
        "Ask once.",
    )
