from __future__ import annotations

import unicodedata

import pytest

from kb.search.stopwords import NOT_CHECKED, stop_words


@pytest.mark.parametrize("language", ["en", "it", "lt", "pt", "ro", "de", "fr", "es"])
def test_languages_with_vocabularies_have_a_list(language: str) -> None:
    assert len(stop_words(language)) > 50


@pytest.mark.parametrize("language", sorted(NOT_CHECKED))
def test_lists_written_by_hand_are_lower_case_and_normal(language: str) -> None:
    for word in stop_words(language):
        assert word == unicodedata.normalize("NFC", word.lower())
        assert word.isalpha()
        assert not set(word) & set("şţ")


def test_other_languages_have_none() -> None:
    assert stop_words("mt") == frozenset()
