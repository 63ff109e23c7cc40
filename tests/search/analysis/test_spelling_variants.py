from __future__ import annotations

import pytest

from kb.search.analysis.spelling_variants import light_stem, spellings


@pytest.mark.parametrize(
    ("language", "word", "other"),
    [
        ("en", "organization", "organisation"),
        ("en", "women", "woman"),
        ("pt", "informacoes", "informação"),
        ("pt", "reuniões", "reunião"),
        ("pt", "educacional", "educação"),
        ("es", "jueces", "juez"),
        ("fr", "nationaux", "national"),
        ("lt", "informavimo", "informuoja"),
    ],
)
def test_a_word_has_the_spelling_of_its_singular_or_of_its_accents(language: str, word: str, other: str) -> None:
    assert spellings(word, language) == (word, other)


@pytest.mark.parametrize(
    ("language", "word"), [("en", "police"), ("de", "opfer"), ("xx", "women"), ("pt", "internacional"), ("es", "es")]
)
def test_most_words_have_one(language: str, word: str) -> None:
    assert spellings(word, language) == (word,)


@pytest.mark.parametrize(
    ("word", "stem", "light"),
    [
        ("anziano", "anzi", "anzian"),
        ("anziani", "anzian", "anzian"),
        ("valutazione", "valut", ""),
        ("boschi", "bosc", "bosc"),
    ],
)
def test_italian_words_share_what_is_before_the_last_vowel(word: str, stem: str, light: str) -> None:
    assert light_stem(word, stem, "it") == light
    assert light_stem(word, stem, "pt") == ""
