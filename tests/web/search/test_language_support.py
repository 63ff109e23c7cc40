from __future__ import annotations

import pytest
from flask import Flask

from kb.i18n import LANGUAGES
from kb.search.analysis.stopwords import StopwordSource
from kb.search.analysis.word_forms import UNION, LanguageSupport
from kb.web.search.language_support import METHODS, SOURCES
from tests.page import Page, Visit, words


def table(page: Page) -> dict[str, list[str]]:
    rows = page.elements("tr")[1:]
    return {words(row.find("th")): [words(cell) for cell in row.iter("td")] for row in rows}


def test_all_official_languages_stand_in_a_table(visit: Visit) -> None:
    rows = table(visit("search_languages.index"))
    assert len(rows) == len(UNION) == 24
    assert list(rows)[:3] == ["Bulgarian", "Croatian", "Czech"]


@pytest.mark.parametrize(
    ("language", "method", "left_out", "terms", "site"),
    [
        ("Romanian", "dictionary form", "Our own list. Our list has not been checked", "Recognised", "Available"),
        (
            "English",
            "By word stem. Most endings do not matter.",
            "The Snowball project’s word list and our own list.",
            "Recognised",
            "Available",
        ),
        (
            "German",
            "By word stem. Most endings do not matter.",
            "The Snowball project’s word list and our own list.",
            "Recognised",
            "Not available",
        ),
        ("Croatian", "related language", "No list", "Not recognised", "Not available"),
        (
            "Swedish",
            "By word stem. Most endings do not matter.",
            "The Snowball project’s word list.",
            "Not recognised",
            "Not available",
        ),
        ("Maltese", "Exactly as written.", "No list", "Not recognised", "Not available"),
    ],
)
def test_a_row_says_what_a_language_gets(
    visit: Visit, language: str, method: str, left_out: str, terms: str, site: str
) -> None:
    row = table(visit("search_languages.index"))[language]
    assert method in row[0]
    assert left_out in row[1]
    assert row[2].startswith(terms)
    assert row[3].startswith(site)


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_have_their_names_in_the_readers_language(visit: Visit, app: Flask, language: str) -> None:
    names = list(table(visit("search_languages.index", language=language)))
    assert len(set(names)) == 24
    assert not set(names) & set(UNION)


def test_everything_that_search_does_has_words() -> None:
    assert set(METHODS) == set(LanguageSupport)
    assert set(SOURCES) == set(StopwordSource)
