"""Countries: the map with its table, and a page for each country, however little is known about it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.kinds.country.membership import EUROPE
from kb.search.query.search_query import SearchQuery
from kb.web.parts.tile_map import SIZE, STEP, codes, shade, tiles
from tests.page import Page, Visit, words


def names(page: Page) -> list[str]:
    return [words(each) for each in page.elements("th") if each.get("scope") == "row"]


def row(page: Page, name: str) -> list[str]:
    line = next(each for each in page.elements("tr") if any(words(cell) == name for cell in each.iter("th")))
    return [words(cell) for cell in line.iter("td")]


def test_every_country_has_a_tile_and_a_row(visit: Visit) -> None:
    page = visit("countries.index")
    assert len(codes()) == len(set(codes())) == 39
    assert {"Portugal", "Iceland", "Liechtenstein", "Ukraine"} <= set(names(page))
    assert page.link("Portugal") == "/en/pt/"


def test_the_table_says_how_many_practices_whether_bound_and_which_numbers(visit: Visit) -> None:
    page = visit("countries.index")
    assert row(page, "Portugal") == ["2", "Yes", "not checked yet"]
    assert row(page, "Estonia")[2].startswith("3 numbers")
    assert row(page, "Denmark")[1] == "No, despite being a Member State (recital 71)"
    assert row(page, "Ireland")[1] == "Yes, opted in (recital 70)"
    assert row(page, "Norway")[1] == "No, not a Member State"
    assert row(page, "United Kingdom")[1] == "No longer"


def test_counts_are_those_of_the_search(app: Flask, visit: Visit) -> None:
    view = app.extensions["store"].current().search
    page = visit("countries.index")
    for name, code in (("Portugal", "PT"), ("Lithuania", "LT"), ("Italy", "IT"), ("France", "FR")):
        found = view.find(SearchQuery(facets={"kind": ("practices",), "country": (code,)})).total
        assert row(page, name)[0] == str(found), name


def test_names_stand_in_the_order_of_the_readers_alphabet(visit: Visit) -> None:
    lithuanian = names(visit("countries.index", language="lt"))
    assert (
        lithuanian.index("Čekija")
        < lithuanian.index("Danija")
        < lithuanian.index("Šveicarija")
        < lithuanian.index("Turkija")
    )


@pytest.mark.parametrize(
    ("sort", "first", "heading"),
    [
        ("country", "Albania", "Country"),
        ("practices", "Portugal", "Practices"),
        ("bound", "Austria", "Bound by the Directive?"),
        ("help", "Estonia", "Numbers to call"),
    ],
)
def test_the_table_is_sorted_by_plain_links(visit: Visit, sort: str, first: str, heading: str) -> None:
    page = visit("countries.index", sort=sort)
    assert names(page)[0] in (first, "Lithuania")
    sorted_by = [words(each) for each in page.elements("th") if each.get("aria-sort")]
    assert sorted_by == [heading]


def test_an_order_that_does_not_exist_is_that_of_names(visit: Visit) -> None:
    assert names(visit("countries.index", sort="x" * 500))[0] == "Albania"


def test_a_tile_says_what_it_shows_and_whether_the_country_is_a_member(app: Flask) -> None:
    with app.test_request_context("/en/countries"):
        by_code = {tile.code: tile for tile in tiles({"PT": 3})}
    assert by_code["PT"].label == "PT 3: Portugal, 3 practices"
    assert by_code["NO"].label == "NO 0: Norway, no practices yet, not a Member State"
    assert (by_code["NO"].is_member, by_code["NO"].shade, by_code["PT"].shade) == (False, 0, 2)
    assert by_code["PT"].address == "/en/pt/"


def test_no_two_tiles_stand_in_the_same_place_and_all_stand_on_the_map(app: Flask) -> None:
    with app.test_request_context("/en/countries"):
        found = tiles({})
    places = {(tile.x, tile.y) for tile in found}
    assert len(places) == len(found)
    assert max(x for x, _y in places) + SIZE < 395
    assert max(y for _x, y in places) + SIZE < 352
    assert SIZE < STEP
    assert set(codes()) <= EUROPE


@pytest.mark.parametrize(
    ("count", "expected"), [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (8, 3), (9, 4), (99, 4)]
)
def test_shades_are_those_of_the_legend(count: int, expected: int) -> None:
    assert shade(count) == expected


def test_a_country_with_practices_and_no_record_has_a_page(visit: Visit) -> None:
    page = visit("countries.show", record_id="pt")
    assert page.heading == "Portugal"
    ways = page.elements("ul", class_="roads")[-1]
    titles = [words(each) for each in ways.iter("b")]
    assert "Stone terraces" in titles
    assert len(titles) == 2
    assert page.link("Search all 2 practices from this country") == "/en/pt/search?kind=practices&country=PT"
    assert "In an emergency, call 112. We have not checked other numbers yet." in page.text
    assert "We have not collected any rule, service or number." in page.text


def test_a_country_of_which_nothing_is_known_is_no_dead_end(visit: Visit) -> None:
    page = visit("countries.show", record_id="by")
    assert "We have not checked any numbers yet." in page.text
    assert "We do not know of any practices from this country yet." in page.text
    assert page.link("Search all practices") == "/en/by/search"
    assert page.link("Lithuania") == "/en/lt/"


def test_a_country_with_a_record_shows_its_numbers_texts_and_sources(visit: Visit) -> None:
    page = visit("countries.show", record_id="ee")
    assert page.heading == "Estonia"
    assert "tel:116006" in page.links()
    assert {"About these numbers", "Sources"} <= set(page.texts("h3"))
    assert "After any crime" in page.texts("b")
    assert page.by_id("source-s2") is not None
    assert page.link("For a person who was harmed: numbers to call (3)") == "/en/ee/help"
    assert "This text was drafted by AI from the sources below." in page.text


def test_the_short_answer_is_that_of_the_guidance(visit: Visit) -> None:
    page = visit("countries.show", record_id="ee")
    verdict = words(page.elements("section", class_="verdict")[0])
    assert verdict.startswith("Police: must you refer? Yes: domestic and partner violence")
    assert "Not known: hate crime" in verdict
    assert verdict.endswith("Yes, if the person agrees: all other crimes")
    assert page.link("What must I do?") == "/en/ee/police"
    nothing = words(visit("countries.show", record_id="by").elements("section", class_="verdict")[0])
    assert nothing.startswith("Police: must you refer? Not collected yet")


def test_a_tool_adapted_to_the_country_is_ready_as_a_file(visit: Visit) -> None:
    page = visit("countries.show", record_id="ee")
    assert "Ready for Estonia" in page.texts("h2")
    files = [each for each in page.elements("button") if "/adaptations/gate-slip-ee/" in (each.get("formaction") or "")]
    assert {each.get("value") for each in files} == {"en"}
    assert page.by_id("crime") is not None


def test_a_country_is_read_in_other_languages(visit: Visit) -> None:
    page = visit("countries.show", record_id="ee", language="it")
    assert "Numeri inventati per i test." in page.text
    fallback = visit("countries.show", record_id="ee", language="lt")
    assert "This text has not been translated yet." in fallback.text


def test_what_the_directive_means_is_said_with_its_recital(visit: Visit) -> None:
    assert "recital 71 of the Directive, Protocol No 22" in visit("countries.show", record_id="dk").text
    ireland = visit("countries.show", record_id="ie").text
    assert "It opted in to Directive 2012/29/EU and is bound by it (recital 70" in ireland
    assert "left the European Union" in visit("countries.show", record_id="gb").text
    assert "not a Member State" in visit("countries.show", record_id="no").text


def test_every_country_of_europe_has_a_page_and_a_page_for_help(visit: Visit) -> None:
    bad = []
    for code in sorted(EUROPE):
        for endpoint in ("countries.show", "help.show"):
            try:
                visit(endpoint, record_id=code.lower())
            except AssertionError as error:
                bad.append((endpoint, code, str(error)))
    assert bad == []


@pytest.mark.parametrize("page", ["", "help", "situation", "police", "police/hate-crime"])
@pytest.mark.parametrize(("given", "target"), [("PT", "pt"), ("Pt", "pt"), ("uk", "gb"), ("EL", "gr")])
def test_other_ways_to_write_a_code_lead_to_the_page(client: FlaskClient, page: str, given: str, target: str) -> None:
    response = client.get(f"/lt/{given}/{page}")
    assert (response.status_code, response.headers["Location"]) == (301, f"/lt/{target}/{page}")


@pytest.mark.parametrize("record_id", ["zz", "us", "x" * 500, "pt-pt", "%00", "..%2F"])
def test_what_is_no_country_of_europe_is_not_found(client: FlaskClient, record_id: str) -> None:
    assert client.get(f"/en/countries/{record_id}").status_code == 404
    assert client.get(f"/en/help/{record_id}").status_code == 404


def test_a_country_is_found_by_search_and_named_for_what_it_is(visit: Visit) -> None:
    page = visit("search.index", q="Estonia 116 006")
    assert page.link("Estonia") == "/en/ee/"
    assert "Country" in page.text
