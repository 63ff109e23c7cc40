from __future__ import annotations

import pytest
from flask import Flask, g

from kb.records.record import Passage, State
from kb.web.parts.glossary_links import mention
from kb.web.parts.passages import section_html
from tests.page import Visit, words


def shown(app: Flask, text: str, *, language: str = "en", reader: str = "en") -> str:
    with app.test_request_context(f"/{reader}/"):
        g.language = reader
        return str(section_html(Passage("what", text, language, State.ORIGINAL), {"s1": 1}))


def test_a_term_in_a_text_leads_to_its_page_and_brings_its_definition(visit: Visit) -> None:
    page = visit("themes.show", record_id="referral")
    link = next(each for each in page.elements("a", class_="term") if words(each) == "proactive contact")
    assert link.get("href") == "/en/terms/proactive-contact"
    note = page.by_id(link.get("aria-describedby", ""))
    assert note.get("role") == "tooltip"
    assert words(note).startswith("The support service contacts the victim first")


def test_a_term_is_explained_once_on_a_page_and_not_in_links_and_code(visit: Visit) -> None:
    page = visit("themes.show", record_id="referral")
    # "Referral" is the page's own subject, "warm referral" is part of a link, "opt-in referral" is code.
    assert page.texts("a", class_="term") == ["safe contact with the victim", "proactive contact"]


@pytest.mark.parametrize(
    "text",
    [
        "### A risk assessment",
        "[risk assessment](practices/ask-first)",
        "`risk assessment`",
        "    risk assessment",
        "*risk* assessment",
        "https://example.org/risk-assessment",
    ],
)
def test_headings_links_and_code_are_left_alone(app: Flask, text: str) -> None:
    assert "explained" not in shown(app, text)


def test_signs_of_html_in_a_text_stay_what_they_are(app: Flask) -> None:
    html = shown(app, "A & B < C: risk assessment, <b>reassessment</b>")
    assert "A &amp; B &lt; C: " in html
    assert html.count('class="explained"') == 2


def test_a_definition_in_another_language_than_the_text_says_so(app: Flask) -> None:
    assert ' lang="en"' not in shown(app, "A risk assessment.")
    french = shown(app, "L'évaluation des risques : aiguillage.", language="fr")
    assert ' lang="en"' in french or "explained" not in french


def test_what_a_page_is_about_needs_no_explanation(app: Flask) -> None:
    with app.test_request_context("/en/"):
        mention("risk-assessment")
        assert "explained" not in section_html(Passage("what", "A risk assessment.", "en", State.ORIGINAL), {})
