"""Comparing a translation with its source, in everything that requires no knowledge of the languages."""

from __future__ import annotations

import time

import pytest

from kb.editing.translation.comparison_checks import Aspect, Mismatch, compare


def found(source: str, target: str, languages: tuple[str, str] = ("en", "it")) -> dict[Aspect, Mismatch]:
    return {each.aspect: each for each in compare(source, target, *languages)}


def test_a_faithful_translation_differs_in_nothing() -> None:
    source = """Police refer **every** victim, 3,900 in 2019.[^s1]

### Steps

- Ask [first](practices/ask-first).
- Fill in {{name}} and ____ .
"""
    target = """La polizia invia **ogni** vittima, 3.900 nel 2019.[^s1]

### Passi

- Chiedi [prima](practices/ask-first).
- Compila {{name}} e ______ .
"""
    assert found(source, target) == {}


def test_what_is_missing_and_what_is_too_much_is_named() -> None:
    source = "See [this](https://example.org/a) and [that](practices/night-bus).[^s1][^s4] Write {name} in 2024."
    target = "Vedi [questo](https://example.org/b) e [quello](practices/night-bus).[^s1][^s2] Scrivi nel 2023."
    mismatches = found(source, target)
    assert mismatches[Aspect.NUMBERS] == Mismatch(Aspect.NUMBERS, ("2024",), ("2023",))
    assert mismatches[Aspect.LINKS] == Mismatch(Aspect.LINKS, ("https://example.org/a",), ("https://example.org/b",))
    assert mismatches[Aspect.SOURCES] == Mismatch(Aspect.SOURCES, ("[^s4]",), ("[^s2]",))
    assert mismatches[Aspect.PLACEHOLDERS] == Mismatch(Aspect.PLACEHOLDERS, ("{name}",))


@pytest.mark.parametrize(
    ("source", "target", "aspect", "expected", "count"),
    [
        ("*one* and **two**", "uno e **due**", Aspect.EMPHASIS, 2, 1),
        ("- a\n- b\n- c", "- a\n- b", Aspect.LIST, 3, 2),
        ("1. a\n2. b", "a, b", Aspect.LIST, 2, 0),
        ("### One\n\ntext", "testo", Aspect.HEADINGS, 1, 0),
    ],
)
def test_what_is_counted(source: str, target: str, aspect: Aspect, expected: int, count: int) -> None:
    assert found(source, target)[aspect] == Mismatch(aspect, expected=expected, found=count)


def test_addresses_without_words_are_compared_without_the_end_of_the_sentence() -> None:
    assert found("See https://example.org/x.", "Vedi https://example.org/x , qui") == {}


def test_signs_inside_words_are_no_emphasis_and_numbers_of_a_list_no_numbers() -> None:
    assert found("1. a snake_case_name * 3\n2. b", "1. un snake_case_name * 3\n2. b") == {}


def test_a_text_that_was_only_copied_is_noticed_and_a_name_is_not() -> None:
    assert Aspect.UNTRANSLATED in found("Walls without any mortar.", "Walls  without any mortar. ")
    assert found("Victim Support", "Victim Support").keys() == {Aspect.UNTRANSLATED}
    assert found("RIKU", "RIKU") == {}


def test_what_is_not_translated_has_no_mismatch() -> None:
    assert compare("In 2019.", "  ", "en", "it") == ()


def test_long_and_broken_texts_are_compared_in_no_time() -> None:
    begun = time.process_time()
    for text in (
        "[a](" * 5_000,
        "*" * 20_000,
        "[" * 20_000,
        "_ " * 10_000,
        "1,1" * 10_000,
        "{" * 20_000,
        "1 111" * 5_000,
    ):
        compare(text, text[:-1], "en", "it")
    assert time.process_time() - begun < 5
