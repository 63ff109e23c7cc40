from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask
from markupsafe import escape

from kb.problems import Problem
from kb.web.http import i18n
from kb.web.http.form_problems import problem_text
from tests.site import use_catalogues

ENGLISH = Problem("duplicate-key", "The key %(key)s appears twice. Keep one of them.", params={"key": "<b>"})
TRANSLATED = Problem("bad-date", "Enter a date, for example 2026-11-30.")


@pytest.mark.parametrize("language", ["it", "lt", "pt", "ro"])
def test_a_message_that_is_only_in_english_says_so_to_screen_readers(app: Flask, language: str) -> None:
    with app.test_request_context(f"/{language}/"):
        text = problem_text(ENGLISH)
        assert text == '<span lang="en">The key &lt;b&gt; appears twice. Keep one of them.</span>'
        within = i18n.gettext("Line %(line)s: %(words)s", line="<3>", words=text)
        assert escape(within) == within
        assert within.endswith(text)
        assert "&lt;3&gt;" in within


def test_a_translated_message_and_one_on_an_english_page_are_plain_text(app: Flask, tmp_path: Path) -> None:
    catalogue, folder = Catalog(locale="lt"), tmp_path / "lt" / "LC_MESSAGES"
    catalogue.add(TRANSLATED.message, "Įrašykite datą.")
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    use_catalogues(app, str(tmp_path))
    with app.test_request_context("/lt/"):
        assert escape(problem_text(TRANSLATED)) == "Įrašykite datą."
    with app.test_request_context("/en/"):
        assert escape(problem_text(ENGLISH)) == "The key &lt;b&gt; appears twice. Keep one of them."
