from __future__ import annotations

from flask import Flask

from kb.search.query.search_query import SearchQuery
from kb.web.http.search_urls import address
from kb.web.parts.pagination import page_links
from tests.page import Page, Visit, words


def test_an_address_says_all_that_was_asked(app: Flask) -> None:
    query = SearchQuery(text="dry & wet", facets={"country": ("PT", "LT"), "area": ("referral",)}, page=2)
    with app.test_request_context("/lt/search"):
        assert address(query) == "/lt/search?q=dry+%26+wet&country=PT&country=LT&area=referral&page=2"


def test_links_lead_to_the_first_the_last_and_the_nearest_pages(app: Flask) -> None:
    query = SearchQuery(text="bus", page=6)
    with app.test_request_context("/en/search"):
        links = page_links(6, 12, lambda number: address(query.on_page(number)))
    assert [each.number for each in links if each.address] == [1, 4, 5, 6, 7, 8, 12]
    assert [each.number for each in links if each.is_current] == [6]
    assert [each.number for each in links if not each.address] == [3, 11]


def test_a_single_page_needs_no_links() -> None:
    assert page_links(1, 1, str) == ()


def boxes(page: Page) -> dict[str, str]:
    found = {}
    for label in page.elements("label"):
        for each in label.iter("input"):
            found[each.get("value", "")] = words(label)
    return found


def hidden(page: Page, action: str) -> list[tuple[str | None, str | None]]:
    (form,) = [each for each in page.elements("form", action=action) if not each.get("role")]
    return [(each.get("name"), each.get("value")) for each in form.iter("input") if each.get("type") == "hidden"]


def test_all_values_are_there_with_what_each_would_leave(visit: Visit) -> None:
    page = visit("search.values", facet="country", kind="practices")
    assert page.heading == "Country"
    assert boxes(page) == {"LT": "Lithuania1", "PT": "Portugal2", "RO": "Romania1", "IT": "Italy1"}


def test_a_value_is_found_by_its_name_without_accents(visit: Visit) -> None:
    page = visit("search.values", facet="country", find="LIETUVÀ", language="lt")
    assert boxes(page) == {"LT": "Lietuva3"}
    assert visit(page.link("Show all values")).elements("input", value="PT")


def test_what_is_chosen_stays_and_the_rest_of_the_search_is_kept(visit: Visit) -> None:
    page = visit("search.values", facet="country", find="rom", country="PT", q="letter", kind="practices", page="3")
    assert "PT" in boxes(page)
    assert hidden(page, "/en/search") == [("q", "letter"), ("kind", "practices")]
    assert hidden(page, "/en/search/values") == [
        ("facet", "country"),
        ("q", "letter"),
        ("kind", "practices"),
        ("country", "PT"),
    ]
    assert page.elements("meta", name="robots")[0].get("content") == "noindex, nofollow"


def test_a_name_that_no_value_has_is_said(visit: Visit) -> None:
    assert "No results for “zzyzx”." in visit("search.values", facet="country", find="zzyzx").text


def test_a_facet_that_does_not_exist_is_taken_for_the_first(visit: Visit) -> None:
    assert visit("search.values", facet="nothing").heading == "Practice area"
