from __future__ import annotations

import pytest

from kb.search.analysis.romanian import lemma, lemmas


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("servicii", "serviciu"),
        ("calității", "calitate"),
        ("consimțământul", "consimțământ"),
        ("consimtamantul", "consimțământ"),  # without accents
        ("evaluarilor", "evaluare"),
        ("adapost", "adăpost"),
        ("barnahus", "barnahus"),  # not in the dictionary
        ("municipiile", "municipiu"),  # without its article it is in the dictionary
    ],
)
def test_a_word_has_its_dictionary_form(word: str, expected: str) -> None:
    assert lemma(word) == expected


@pytest.mark.parametrize(
    ("word", "meant"),
    [("scoli", "școală"), ("masuri", "măsură"), ("legaturi", "legătură"), ("asistenta", "asistență")],
)
def test_a_word_without_accents_may_be_another_one_with_them(word: str, meant: str) -> None:
    assert meant in lemmas(word)[1:]


@pytest.mark.parametrize("word", ["școli", "fata", "servicii", "116006", ""])
def test_other_words_have_one_meaning(word: str) -> None:
    assert len(lemmas(word)) == 1


def test_a_word_with_too_many_possible_accents_is_left_alone() -> None:
    assert lemma("a" * 40) == "a" * 40
