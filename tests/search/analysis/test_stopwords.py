from __future__ import annotations

import unicodedata

import pytest

from kb.search.analysis.stopwords import NOT_CHECKED, StopwordSource, source_of, stop_words, stoplists
from kb.search.analysis.tokenizer import written_words
from kb.vocabulary.model import Vocabularies


@pytest.mark.parametrize("language", ["en", "it", "lt", "pt", "ro", "de", "fr", "es"])
def test_languages_with_vocabularies_have_a_list(language: str) -> None:
    assert len(stop_words(language)) > 50


@pytest.mark.parametrize("language", sorted(NOT_CHECKED))
def test_lists_written_by_hand_are_lower_case_and_normal(language: str) -> None:
    words = stop_words(language)
    assert words
    assert [word for word in words if word != unicodedata.normalize("NFC", word.lower())] == []
    assert [word for word in words if not word.isalpha() or set(word) & set("şţ")] == []


def test_other_languages_have_none() -> None:
    assert stop_words("mt") == frozenset()


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("en", StopwordSource.BOTH),
        ("lt", StopwordSource.HAND),
        ("sv", StopwordSource.SNOWBALL),
        ("mt", StopwordSource.NONE),
        ("xx", StopwordSource.NONE),
    ],
)
def test_a_language_says_where_its_list_comes_from(language: str, source: StopwordSource) -> None:
    assert source_of(language) is source


@pytest.mark.parametrize(("language", "word"), [("de", "koennen"), ("de", "fur"), ("it", "perche"), ("hu", "első")])
def test_words_are_known_as_they_are_typed(language: str, word: str) -> None:
    assert word in stop_words(language)


def test_no_label_of_a_term_consists_of_them(vocabularies: Vocabularies) -> None:
    terms = vocabularies.terms()
    labels = [
        *((term.id, language, label) for term in terms for language, label in term.labels.items()),
        *((term.id, code, label) for term in terms for code, others in term.alternatives.items() for label in others),
    ]
    assert labels
    assert [each for each in labels if not set(written_words(each[2])) - stop_words(each[1])] == []


def test_stop_words_come_with_whoosh() -> None:
    assert {"da", "de", "en", "es", "fi", "fr", "hu", "it", "nl", "pt", "sv"} <= set(stoplists())
