"""The reader's country in the path: links stay in it, and search engines are told the address without it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.kinds.practice.kind import KIND as PRACTICE
from kb.web.http.rendering import generation
from kb.web.themes.practice_table import own_first
from tests.page import Page, Visit


def canonical(page: Page) -> str:
    return page.elements("link", rel="canonical")[0].get("href", "").removeprefix("http://localhost:5000")


@pytest.mark.parametrize("path", ["tools", "themes/referral", "search"])
def test_a_page_in_a_country_names_it_and_leads_out_of_it(visit: Visit, path: str) -> None:
    page = visit(f"/en/ee/{path}")
    assert page.link("Estonia") == "/en/ee/"
    assert page.link("Change country") == f"/en/{path}"
    assert "Estonia" not in visit(f"/en/{path}").texts("nav", class_="frame home")
    if path != "search":
        assert canonical(page) == f"/en/{path}"
        assert f"/it/ee/{path}" in page.links()


def test_links_stay_in_the_country(visit: Visit) -> None:
    for address in ("/en/ee/", "/en/ee/tools", "/en/ee/police", "/en/ee/help"):
        assert "/en/ee/tools" in visit(address).links(), address
    assert "/en/tools" in visit("/en/").links()


def test_a_practice_has_one_address_and_keeps_the_country_as_a_parameter(visit: Visit) -> None:
    assert "/en/practices/stone-terraces?in=pt" in visit("/en/pt/").links()
    page = visit("/en/practices/stone-terraces?in=pt")
    assert page.link("Portugal") == "/en/pt/"
    assert page.link("Change country") == "/en/practices/stone-terraces"
    assert canonical(page) == "/en/practices/stone-terraces"
    assert "/it/practices/stone-terraces?in=pt" in page.links()
    assert "/en/pt/tools" in page.links()
    assert "Change country" not in visit("/en/practices/stone-terraces?in=nowhere").text


def test_a_tool_in_a_country_that_adapted_it_is_the_adaptation(visit: Visit) -> None:
    listed = visit("/en/ee/tools")
    assert "Estonia: ready to use" in listed.text
    page = visit("/en/ee/tools/gate-slip")
    assert page.heading == visit("/en/adaptations/gate-slip-ee").heading
    assert canonical(page) == "/en/adaptations/gate-slip-ee"
    assert visit("/en/lt/tools/gate-slip").heading == visit("/en/tools/gate-slip").heading
    assert "Lithuania: ready to use (0)" in visit("/en/lt/tools").text


def test_practices_of_the_country_come_first(app: Flask) -> None:
    with app.test_request_context("/en/lt/themes/referral"):
        app.preprocess_request()
        entries = generation().catalog.entries(PRACTICE)
        codes = [entry.facets["country"] for entry in own_first(entries)]
    assert [each == ("LT",) for each in codes] == sorted((each == ("LT",) for each in codes), reverse=True)
    assert ("LT",) in codes[:1]
    assert len(codes) == len(entries)


@pytest.mark.parametrize("address", ["/en/zz/tools", "/en/zz/search", "/en/zz/themes/referral"])
def test_what_is_no_country_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404
