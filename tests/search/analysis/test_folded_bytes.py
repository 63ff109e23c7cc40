from __future__ import annotations

import pytest
from hypothesis import given

from kb.search.analysis.folded_bytes import flat, flat_word
from kb.search.analysis.tokenizer import fold, normal, split
from tests.search.strategies import texts


def test_letters_are_lower_case_without_accents_and_words_have_spaces_between() -> None:
    assert flat("L'Évaluation, 116-006: Straße_ąžuolas").letters == b" l evaluation  116 006  strase azuolas "


def test_a_text_of_one_byte_a_letter_is_its_own_original() -> None:
    text = flat("Qualităţii – naïve")
    assert text.text == "Qualităţii – naïve"
    assert text.original(3, 5) == (3, 5)


@pytest.mark.parametrize(
    ("text", "word", "original"),
    [
        ("a refer\u00adral b", "referral", "refer\u00adral"),
        ("la kokybe\u0307, x", "kokybė", "kokybe\u0307"),
        ("🙂 e\u0301tat", "état", "e\u0301tat"),
        ("x\u200b\u200by z", "xy", "x\u200b\u200by"),
    ],
)
def test_what_is_put_together_keeps_its_place_in_the_original(text: str, word: str, original: str) -> None:
    made = flat(text)
    start = made.text.index(word)
    first, last = made.original(start, start + len(word))
    assert text[first:last] == original


@given(texts)
def test_every_word_stands_in_the_flat_text_with_its_place(text: str) -> None:
    made = flat(text)
    assert len(made.letters) == len(made.text) + 2
    even = normal(made.text)
    assert len(even) == len(made.text)
    assert normal(text) == even
    for word, start, end in split(even):
        if len(word) == end - start:  # not a grouped number
            assert made.letters[start : end + 2] == b" " + flat_word(fold(word))[: len(word)] + b" " or len(
                fold(word)
            ) != len(word)
        first, last = made.original(start, end)
        assert 0 <= first < last <= len(text)


@given(texts, texts)
def test_a_part_is_what_the_part_alone_would_be(before: str, after: str) -> None:
    text = before + after
    part = slice(len(before), len(text))
    assert flat(text).part(text, part) == flat(after)
