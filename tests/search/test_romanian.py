from __future__ import annotations

import pytest

from kb.search.romanian import lemma


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("servicii", "serviciu"),
        ("calității", "calitate"),
        ("consimțământul", "consimțământ"),
        ("consimtamantul", "consimțământ"),  # accents missing
        ("evaluarilor", "evaluare"),
        ("adapost", "adăpost"),
        ("barnahus", "barnahus"),  # in no dictionary
    ],
)
def test_a_word_has_its_dictionary_form(word: str, expected: str) -> None:
    assert lemma(word) == expected


def test_a_word_with_too_many_possible_accents_is_left_alone() -> None:
    assert lemma("a" * 40) == "a" * 40
