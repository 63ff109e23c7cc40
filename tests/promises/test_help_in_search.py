"""Searches that express distress show numbers to call, in every language of the site."""

from __future__ import annotations

import pytest

from kb.i18n import LANGUAGES
from tests.page import Visit
from tests.search.query.test_help_words import JUDGED, questions

# Countries of the sample and of the project that a question may lead to, by language of the question.
SPOKEN_IN = {"it": "it", "lt": "lt", "pt": "pt", "ro": "ro"}


@pytest.mark.parametrize("reader", LANGUAGES)
def test_distress_leads_to_numbers_on_every_page_in_every_language(visit: Visit, reader: str) -> None:
    for language in LANGUAGES:
        for text in JUDGED[language]["asks"][:3]:
            page = visit("search.index", q=text, language=reader)
            box = page.elements("section", **{"aria-labelledby": "h--help"})
            assert len(box) == 1, text
            links = [each.get("href", "") for each in box[0].iter("a")]
            assert "tel:112" in links
            assert f"/{reader}/help" in links
            if language in SPOKEN_IN:
                assert f"/{reader}/{SPOKEN_IN[language]}/help" in links, text


@pytest.mark.parametrize(("language", "text"), questions("works")[::6])
def test_who_looks_for_a_practice_is_not_asked(visit: Visit, language: str, text: str) -> None:
    page = visit("search.index", q=text, language=language if language in LANGUAGES else "en")
    assert not page.elements("section", **{"aria-labelledby": "h--help"})
