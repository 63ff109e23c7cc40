from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from tests.page import Visit, words


def test_the_countries_with_services_or_helplines_can_be_chosen(visit: Visit) -> None:
    page = visit("organisations.index")
    assert page.link("Lithuania 4 services") == "/en/lt/organisations"
    assert page.link("Estonia 3 services") == "/en/ee/organisations"


def test_a_place_is_chosen_first_with_what_is_known_there(visit: Visit) -> None:
    page = visit("/en/lt/organisations")
    assert page.heading == "Who helps in Lithuania"
    assert page.link("Kauno apskritis 3 services") == "/en/lt/organisations?area=lt-ku"
    assert page.link("Utenos apskritis no local service known") == "/en/lt/organisations?area=lt-ut"
    shapes = page.elements("svg", class_="outline")[0].findall(".//a")
    assert "/en/lt/organisations?area=lt-ku" in [each.get("href") for each in shapes]
    assert len(page.elements("svg", class_="tiles")[0].findall(".//a")) == len(shapes) == 10


def test_the_services_near_come_before_those_of_the_country(visit: Visit) -> None:
    page = visit("/en/lt/organisations?area=lt-15&crime=domestic-violence")
    assert page.heading == "Who helps in Kauno miestas"
    assert [words(each) for each in page.elements("h3")[:3]] == ["Door Centre", "Roof", "Lamp House"]
    assert page.link("0800 100 200") == "tel:0800100200"
    assert "We read the county's list and found no house for children." in page.text
    assert "The order says nothing about quality." in page.text


def test_closed_services_are_left_out_and_the_page_is_not_kept(client: FlaskClient, visit: Visit) -> None:
    page = visit("/en/lt/organisations?area=lt-ku&now=1")  # the clock of the tests: a Wednesday at noon
    assert "Open now" in page.text
    response = client.get("/en/lt/organisations?area=lt-ku&now=1")
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
    assert "ETag" in client.get("/en/lt/organisations?area=lt-ku").headers


def test_a_municipality_has_papers_of_its_own_and_changes_can_be_followed(visit: Visit) -> None:
    page = visit("/en/lt/organisations?area=lt-15")
    assert {"/en/take/organisations/lt-15/wall-a3.pdf", "/en/take/organisations/lt-15/cards.docx"} <= set(page.links())
    followed = visit(page.link("What changed"))
    assert followed.texts("h2") or "Nothing changed that fits these filters." in followed.text


def test_what_does_not_exist_is_left_out_of_a_search_for_services(visit: Visit) -> None:
    page = visit("/en/lt/organisations?area=pt-13&crime=magic&who=dragons&need=gold")
    assert page.heading == "Who helps in Lithuania"


def test_an_area_shows_its_services_what_was_not_found_and_its_papers(visit: Visit) -> None:
    page = visit("organisations.show", record_id="lt-ku")
    assert page.heading == "Support services: Kauno apskritis"
    assert page.link("Find the fitting one") == "/en/lt/organisations?area=lt-ku"
    assert page.link("GeoJSON") == "/en/organisations/lt-ku.geojson"
    assert "Checked on 3 August 2025, more than a year ago" in page.text


def test_a_service_has_a_page_with_all_its_facts(visit: Visit) -> None:
    page = visit("organisations.service", record_id="lt-ku", service_id="lamp")
    assert page.heading == "Lamp House"
    said = page.text
    for each in (
        "Tuesday, 10:00–12:00",
        "Closed on public holidays",
        "By letter to the mailbox; they confirm within a day.",
        "Association or foundation",
        "The help is free",
        "No complaint to the police is needed",
        "Lithuanian; others with an interpreter",
        "Step-free entrance and Children may come along",
        "Ministry of Lamps, until 31 December 2027",
        "compared with its source by AI",
    ):
        assert each in said
    assert visit("organisations.service", record_id="lt-ku", service_id="roof").link("List of the county")


def test_a_service_that_does_not_exist_is_not_found(client: FlaskClient) -> None:
    for path in ("lt-ku/nothing", "lt-vl", "lt-vl/lamp", "lt-ku.exe"):
        assert client.get(f"/en/organisations/{path}").status_code == 404


def test_answers_countries_and_help_pages_show_who_is_near_once_a_place_is_chosen(visit: Visit) -> None:
    for path in ("/en/lt/police/domestic-violence", "/en/lt/", "/en/lt/help"):
        assert "Lamp House" not in visit(path).text
        page = visit(f"{path}?area=lt-ku")
        assert "Who helps in Kauno apskritis" in page.text
        assert "Lamp House" in page.text
    assert "Who helps near here" not in visit("/en/ee/").text, "Estonia has no areas"


def test_a_service_is_found_by_its_names(visit: Visit) -> None:
    assert "Kaunas County" in visit("search.index", q="Lamp House").text


def test_words_of_services_are_in_the_readers_language(app: Flask, visit: Visit) -> None:
    page = visit("/it/organisations/lt-ku/lamp")
    assert "Richiamano entro due giorni." in page.text
