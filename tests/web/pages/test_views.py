from __future__ import annotations

import pytest
from flask import Flask

from tests.page import Visit, words


def test_about_says_that_nobody_is_named_as_long_as_the_settings_do_not(visit: Visit) -> None:
    page = visit("pages.show", record_id="about")
    assert "Who runs this site not stated" in page.text
    assert "Who runs this site" not in visit("pages.show", record_id="method").text


@pytest.mark.parametrize(
    ("contact", "address"),
    [("help@example.org", "mailto:help@example.org"), ("https://example.org/@us", "https://example.org/@us")],
)
def test_who_runs_the_site_is_named_on_its_pages_and_in_every_footer(
    app: Flask, visit: Visit, monkeypatch: pytest.MonkeyPatch, contact: str, address: str
) -> None:
    monkeypatch.setitem(app.config, "OPERATOR", "The House of Help, Vilnius")
    monkeypatch.setitem(app.config, "CONTACT", contact)
    page = visit("pages.show", record_id="privacy")
    assert "The House of Help, Vilnius" in page.text
    assert page.link(contact) == address
    assert "The House of Help, Vilnius" in visit("home.index").html


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
    heading = page.by_id("t--more")
    assert (heading.text, heading.get("lang")) == ("More", "en")
    assert "Not translated yet" in page.text


def test_a_page_without_translation_says_so(visit: Visit) -> None:
    page = visit("pages.show", record_id="method", language="lt")
    assert "This text has not been translated yet." in page.text


def test_published_pages_stand_in_the_footer_in_their_order(visit: Visit) -> None:
    page = visit("home.index", language="it")
    footer = [each for each in page.links() if "/pages/" in each][-4:]
    assert footer == [f"/it/pages/{name}" for name in ("about", "method", "accessibility", "privacy")]


def test_an_unknown_page_is_not_found(visit: Visit) -> None:
    visit("pages.show", record_id="nowhere", status=404)


def counted(visit: Visit) -> dict[str, list[str]]:
    """Return the numbers of the about page by kind."""
    page = visit("pages.show", record_id="about")
    return {words(row[0]): [words(cell) for cell in row[1:]] for row in page.elements("tr")}


def test_about_counts_what_is_here_and_no_other_page_does(visit: Visit) -> None:
    assert counted(visit)["Practices"] == ["4", "0", "1"]
    text = visit("pages.show", record_id="about").text
    assert "16 records are published here. 1 of them has been signed off by a person." in text
    assert "Languages: English, Italian, Lithuanian, Portuguese and Romanian." in text
    assert "The collection today" not in visit("pages.show", record_id="method").text


def test_the_numbers_follow_the_records(app: Flask, visit: Visit) -> None:
    store = app.extensions["store"]
    before = counted(visit)
    store.derive((), [("practices", "stone-terraces")])
    store.refresh()
    after = counted(visit)
    assert (before["Practices"][0], after["Practices"][0]) == ("4", "3")
    assert before["Themes"] == after["Themes"]
