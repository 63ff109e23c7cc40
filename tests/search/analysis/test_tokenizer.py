from __future__ import annotations

import sys
from collections import Counter

import pytest
from hypothesis import given, settings

from kb.search.analysis.compounds import joined_words
from kb.search.analysis.tokenizer import counted_words, fold, normal, split, written_words
from tests.draws import draws
from tests.search.strategies import texts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("116 006", ["116006"]),
        ("116-006", ["116006"]),
        ("116006", ["116006"]),
        ("116.006", ["116006"]),
        ("116\u00a0006", ["116006"]),
        ("call 116 006 now", ["call", "116006", "now"]),
        ("0 800 123 456", ["0800123456"]),
        ("2018-2022", ["2018", "2022"]),
        ("2012/29/EU", ["2012", "29", "eu"]),
        ("26 11 2026", ["26", "11", "2026"]),
        ("116 0061", ["116", "0061"]),
        ("1116 006", ["1116", "006"]),
        ("a116 006", ["a116", "006"]),
        ("116 006b", ["116", "006b"]),
        ("116  006", ["116", "006"]),
        ("١٢ ٣٤٥", ["١٢٣٤٥"]),
    ],
)
def test_the_groups_of_a_number_are_one_word(text: str, words: list[str]) -> None:
    assert written_words(text) == words
    assert counted_words(text) == Counter(words)


def test_words_end_at_apostrophes_and_hyphens() -> None:
    assert written_words("L'accordo: e-mail, victim's_name") == ["l", "accordo", "e", "mail", "victim", "s", "name"]


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ", "ʻ", "ʹ", "‘", "`", "´"])
def test_all_apostrophes_are_alike(apostrophe: str) -> None:
    assert written_words(f"dell{apostrophe}aiuto") == ["dell", "aiuto"]
    assert counted_words(f"dell{apostrophe}aiuto") == {"dell": 1, "aiuto": 1}


def test_soft_hyphens_do_not_split_a_word() -> None:
    assert written_words("refer\u00adral") == ["referral"]


def test_letters_joined_in_print_are_letters() -> None:
    assert written_words("ﬁnal oﬃce") == ["final", "office"]


def test_letters_that_are_put_together_only_without_what_is_invisible_are_put_together() -> None:
    assert normal("e\u200b\u0301 s\u0327") == "é ș"


@given(texts)
def test_a_normal_text_stays_as_it_is(text: str) -> None:
    assert normal(normal(text)) == normal(text)


def test_greek_accents_and_final_sigma_fold_and_cyrillic_letters_stay() -> None:
    assert fold("ποιότητας") == "ποιοτητασ"
    assert fold("йога") == "йога"
    assert fold("straße łódź ąčęėįšųū ăâîșț œuvre ħażna") == "strasse lodz aceeisuu aaist oeuvre hazna"


def test_a_word_of_absurd_length_is_cut() -> None:
    assert len(written_words("x" * 100_000)[0]) == 100
    assert counted_words("x" * 100_000 + " " + "x" * 101) == {"x" * 100: 2}


def test_words_written_with_a_hyphen_are_counted_in_one_too() -> None:
    assert counted_words("E-mail and follow-up, dar-lhe") == Counter(
        ["e", "mail", "email", "and", "follow", "up", "followup", "dar", "lhe"]
    )


def expected(text: str) -> Counter[str]:
    return Counter(written_words(text)) + Counter(word[:100] for word in joined_words(normal(text)))


@settings(max_examples=draws(100))
@given(texts)
def test_counting_finds_the_same_words(text: str) -> None:
    assert counted_words(text) == expected(text)


def test_counting_knows_every_letter() -> None:
    for code in [*range(0x3000), *range(0x3000, sys.maxunicode, 61)]:
        text = f"ab{chr(code)}cd {chr(code)} {chr(code)}e"
        assert counted_words(text) == expected(text), hex(code)


@given(texts.map(normal))
def test_places_are_those_in_the_normal_text(text: str) -> None:
    for word, start, end in split(text):
        assert word == text[start:end].lower()[:100] or word == "".join(filter(str.isdecimal, text[start:end]))
