"""Queries of people who may need help, classified by hand, and how words combine."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from kb.i18n import LANGUAGES
from kb.search.query.help_words import HelpWords
from kb.vocabulary.loader import load_vocabularies
from kb.vocabulary.model import Vocabularies

JUDGED: dict[str, dict[str, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("help-questions.yaml").read_text(encoding="utf-8")
)


def questions(judgement: str) -> list[tuple[str, str]]:
    return [(language, text) for language, judged in JUDGED.items() for text in judged[judgement]]


@cache
def words() -> HelpWords:
    vocabularies, problems = load_vocabularies(Path(__file__).parents[3] / "content" / "vocabularies")
    assert not problems
    return HelpWords(vocabularies)


def invented(**parts: tuple[str, ...]) -> HelpWords:
    return HelpWords(Vocabularies(help_words={part: {"en": words} for part, words in parts.items()}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_enough_was_judged_in_each_language(language: str) -> None:
    for judgement in ("asks", "works"):
        assert len(set(JUDGED[language][judgement])) >= 12


@pytest.mark.parametrize(("language", "text"), questions("asks"))
def test_who_asks_for_help_is_understood(language: str, text: str) -> None:
    assert language in words().languages(text)


@pytest.mark.parametrize(("language", "text"), questions("works"))
def test_who_looks_for_a_practice_is_not_asked(language: str, text: str) -> None:
    assert words().languages(text) == ()


@pytest.mark.parametrize("text", ["", " ", "?", "🙂", "x" * 200, "112/2009 116 006/3"])
def test_what_says_nothing_asks_for_nothing(text: str) -> None:
    assert words().languages(text) == ()


def test_harm_stands_beside_whom_it_is_done_to() -> None:
    found = invented(me=("me",), mine=("my", "I"), people=("husband",), harm=("beat", "beaten"))
    for text in ("my husband beats me", "I was beaten", "My beating", "he beat me", "beaten by a husband: me"):
        assert found.languages(text) == ("en",), text
    for text in ("beaten", "beaten husband", "my report on beating", "the beaten and my report", "me", "my husband"):
        assert found.languages(text) == (), text


def test_help_alone_is_asked_for_with_nothing_else_said() -> None:
    found = HelpWords(
        Vocabularies(
            country_aliases={"NO": {"en": ("Norwegian",)}},
            help_words={"alone": {"en": ("help",)}, "people": {"en": ("friend",)}},
        )
    )
    for text in ("help", "Help!", "help in Norway", "help for a friend"):
        assert found.languages(text) == ("en",), text
    for text in ("help for victims", "Norway", "friend", "help desk in Norway"):
        assert found.languages(text) == (), text


def test_a_phrase_is_found_anywhere_with_other_endings() -> None:
    found = invented(phrases=("crisis line",))
    assert found.languages("which crisis lines are there") == ("en",)
    assert found.languages("a line after a crisis") == ()


@pytest.mark.parametrize("text", ["I want to die", "suicidio", "nenoriu gyventi", "quero morrer", "vreau să mor"])
def test_who_does_not_want_to_live_is_understood_in_any_language(text: str) -> None:
    assert words().languages(text)
    assert words().is_despair(text)


@pytest.mark.parametrize(
    "text", ["", "helpline", "my husband beats me", "o meu marido quer matar-me", "vuole uccidermi"]
)
def test_who_is_harmed_by_others_does_not_despair_of_life(text: str) -> None:
    assert not words().is_despair(text)


def test_without_the_words_nobody_is_asked() -> None:
    assert HelpWords(Vocabularies()).languages("help") == ()
