from __future__ import annotations

import pytest

from kb.search.analysis.word_forms import fold
from kb.search.index.lexicon import Lexicon, Spelling
from kb.search.index.postings import keys_of


def a_lexicon(*spellings: Spelling) -> Lexicon:
    made = Lexicon.made(spellings, {each.written: fold(each.written) for each in spellings})
    return Lexicon.of(made.arrays("lt"), "lt")


@pytest.fixture
def lexicon() -> Lexicon:
    return a_lexicon(
        Spelling("kokybė", 5, is_head=True, forms=(0, 1)),
        Spelling("kokybe", 2, is_head=False, forms=(1, 2)),
        Spelling("kokia", 9, is_head=False, forms=(3,)),
        Spelling("kova", 1, is_head=True, forms=(4,)),
        Spelling("žmonės", 3, is_head=True, forms=(5,)),
    )


@pytest.mark.parametrize(
    ("prefix", "forms"),
    [
        ("kokyb", [0, 1, 2]),
        ("kokybe", [0, 1, 2]),
        ("koky", [0, 1, 2]),
        ("koki", [3]),
        ("kok", [0, 1, 2]),
        ("kov", [4]),
        ("zmo", [5]),
        ("ko", []),
        ("k", []),
        ("", []),
        ("kokybes", []),
        ("zzz", []),
        ("aaa", []),
    ],
)
def test_a_prefix_of_three_letters_asks_for_words_of_heads_and_of_four_for_all(
    lexicon: Lexicon, prefix: str, forms: list[int]
) -> None:
    assert lexicon.forms_of_prefix(prefix).tolist() == forms


def test_spellings_of_one_word_count_together(lexicon: Lexicon) -> None:
    assert lexicon.count_of(keys_of(["kokybe", "kova", "kokyb", "zzz"])).tolist() == [7, 1, 0, 0]


def test_a_word_comes_in_its_commonest_spelling(lexicon: Lexicon) -> None:
    assert (lexicon.spelling("kokybe"), lexicon.spelling("zmones"), lexicon.spelling("zmon")) == (
        "kokybė",
        "žmonės",
        "",
    )


def test_a_language_without_words_has_an_empty_lexicon() -> None:
    empty = a_lexicon()
    assert empty.forms_of_prefix("kok").tolist() == []
    assert empty.count_of(keys_of(["kok"])).tolist() == [0]
    assert empty.spelling("kok") == ""
