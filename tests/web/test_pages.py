from __future__ import annotations

import pytest

from tests.page import Visit

pytestmark = pytest.mark.still


def test_a_page_shows_its_sections(visit: Visit) -> None:
    page = visit("pages.show", record_id="about")
    assert page.heading == "About"
    assert page.texts("h2")[:2] == ["First things", "More"]
    assert page.link("stone terraces") == "/en/practices/stone-terraces#how"
    assert "That is all." in page.text
    assert "##" not in page.text


def test_a_missing_section_of_a_page_is_shown_in_its_own_language(visit: Visit) -> None:
    page = visit("pages.show", record_id="about", language="it")
    assert page.heading == "Chi siamo"
    heading = page.by_id("h--more")
    assert (heading.text, heading.get("lang")) == ("More", "en")
    assert "Not translated yet" in page.text


def test_a_page_without_translation_says_so(visit: Visit) -> None:
    page = visit("pages.show", record_id="method", language="lt")
    assert "This page has not been translated yet." in page.text


def test_published_pages_stand_in_the_footer_in_their_order(visit: Visit) -> None:
    page = visit("home.index", language="it")
    footer = [each for each in page.links() if "/pages/" in each][-4:]
    assert footer == [f"/it/pages/{name}" for name in ("about", "method", "accessibility", "privacy")]


def test_an_unknown_page_is_not_found(visit: Visit) -> None:
    visit("pages.show", record_id="nowhere", status=404)
