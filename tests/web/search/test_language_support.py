from __future__ import annotations

import pytest
from flask import Flask

from kb.i18n import LANGUAGES
from kb.search.analysis.stopwords import StopwordSource
from kb.search.analysis.word_forms import UNION, LanguageSupport
from kb.web.http import i18n
from kb.web.search.language_support import METHODS, SOURCES
from tests.page import Page, Visit, words


def table(page: Page) -> dict[str, list[str]]:
    """Return the cells of each row by the names of its languages."""
    rows = page.elements("tr")[1:]
    return {words(row.find("th")): [words(cell) for cell in row.iter("td")] for row in rows}


def row_of(page: Page, language: str) -> list[str]:
    (found,) = [cells for names, cells in table(page).items() if language in names]
    return found


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
    row = row_of(visit("search_languages.index"), language)
    assert method in row[0]
    assert left_out in row[1]
    assert terms in row[2].split(": ")[1]
    assert row[3].split(": ")[1].startswith(site)


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_official_languages_are_there_by_their_names_in_the_readers_language(
    visit: Visit, app: Flask, language: str
) -> None:
    page = visit("search_languages.index", language=language)
    with app.test_request_context(f"/{language}/search/languages"):
        names = {code: i18n.language_name(code) for code in UNION}
    assert len(set(names.values())) == 24
    for name in names.values():
        assert row_of(page, name)


def test_languages_of_the_site_come_first(visit: Visit) -> None:
    assert next(iter(table(visit("search_languages.index")))) == "English, Italian and Portuguese"


def test_everything_that_search_does_has_words() -> None:
    assert set(METHODS) == set(LanguageSupport)
    assert set(SOURCES) == set(StopwordSource)
