"""Each language of the site is configured everywhere it has to be."""

from __future__ import annotations

import pytest
from babel import Locale

from kb.i18n import DEFAULT, LANGUAGES
from kb.search.analysis.word_forms import analyzer


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_language_names_its_analysis_and_its_locale(code: str) -> None:
    assert analyzer(code).language == code
    assert Locale.parse(LANGUAGES[code].babel).language == code


def test_portuguese_is_that_of_portugal() -> None:
    assert LANGUAGES["pt"].babel == "pt_PT"
    assert Locale.parse("pt_PT").territories["CZ"] == "Chéquia"


def test_the_default_is_one_of_them() -> None:
    assert DEFAULT in LANGUAGES
