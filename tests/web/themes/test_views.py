from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from kb.content_store.reference_data import ReferenceData
from tests.page import Visit, words


def test_all_areas_stand_on_one_page_with_their_numbers(visit: Visit) -> None:
    page = visit("themes.index")
    assert page.texts("h2") == ["referral", "secure communication", "needs assessment", "information for victims"]
    assert page.texts("p", class_="number")[0] == "2"
    assert page.link("multi-agency case conference") == "/en/themes/multi-agency-case-conference"


def test_every_area_has_a_page(visit: Visit, knowledge: ReferenceData) -> None:
    for term in knowledge.vocabularies.vocabulary("practice-areas").terms:
        visit("themes.show", record_id=term.id)


def test_a_theme_shows_its_models_with_what_is_known_of_their_practices(visit: Visit) -> None:
    page = visit("themes.show", record_id="referral")
    assert page.heading == "From one to the next"
    first, second = (words(each) for each in page.by_id("models").findall(".//details"))
    assert "Choose this when the path is short." in first
    assert "no practices yet" in first
    assert "1 practice" in second
    assert "Example: Stone terraces" in second


def test_a_theme_says_first_how_much_is_measured_and_shows_practices_side_by_side(visit: Visit) -> None:
    page = visit("themes.show", record_id="referral")
    assert page.texts("p", class_="verdict__word") == ["1 of 2 practices has a measured effect."]
    rows = [words(each) for each in page.by_id("practices").findall(".//tbody/tr")]
    assert "Stone terraces Portugal and Italy evaluated mixed effects Cost not known in use regionally" in rows
    assert not page.elements("svg", class_="square")


def test_the_practices_of_a_theme_can_be_sorted_and_the_readers_country_comes_first(visit: Visit) -> None:
    page = visit("/en/pt/themes/referral")
    assert words(page.by_id("practices").find(".//a[@aria-current='true']")) == "Portugal"
    page = visit("/en/themes/referral?sort=country")
    assert page.link("Evidence") == "/en/themes/referral#practices"
    countries = [words(each) for each in page.by_id("practices").findall(".//tbody/tr/td[1]")]
    assert countries == sorted(countries)


def test_a_theme_leads_to_the_answers_and_the_tool_of_the_readers_country(visit: Visit) -> None:
    page = visit("/en/ee/themes/referral")
    assert page.link("Must you refer? Choose the crime.") == "/en/ee/police"
    assert visit("/en/themes/referral").link("Estonia") == "/en/ee/themes/referral"


def test_a_theme_shows_the_law_the_victims_rights_directive_first(visit: Visit) -> None:
    law = visit("themes.show", record_id="referral").by_id("law")
    assert words(law.find(".//h3")) == "Victims' Rights Directive (VRD)"
    assert "Our summary, not yet checked against the official text." in words(law)
    assert "Article 8: Access to support services 1 practice" in words(law)


def test_an_area_without_a_record_has_its_definition_and_what_its_theme_says_of_it(visit: Visit) -> None:
    page = visit("themes.show", record_id="warm-referral", language="it")
    assert page.heading == "accompagnamento al servizio"
    assert "Da scegliere quando è buio." in page.text
    note = next(each for each in page.elements("span", lang="en") if words(each) == "It asks for a lamp.")
    assert note is not None
    assert page.link("indirizzamento con consenso") == "/it/themes/opt-in-referral"


def test_what_is_no_area_is_not_found(visit: Visit) -> None:
    for record_id in ("police", "nowhere", "x" * 300):
        visit("themes.show", record_id=record_id, status=404)


def test_a_theme_without_practices_leads_on(visit: Visit) -> None:
    page = visit("themes.show", record_id="secure-email")
    assert "No practices in this area have been documented yet." in page.text
    assert "no practices yet" in page.text


def test_a_practice_leads_to_its_area(visit: Visit) -> None:
    page = visit("practices.show", record_id="stone-terraces")
    assert page.link("warm referral") == "/en/themes/warm-referral"


def test_a_theme_is_found_and_leads_to_its_page(app: Flask, client: FlaskClient) -> None:
    html = client.get("/en/search?q=gate+house").get_data(as_text=True)
    assert 'href="/en/themes/referral"' in html
