from __future__ import annotations

from flask import Flask

from kb.search.query.search_query import SearchQuery
from kb.web.search.page import page_links
from kb.web.search.urls import address


def test_an_address_says_all_that_was_asked(app: Flask) -> None:
    query = SearchQuery(text="dry & wet", facets={"country": ("PT", "LT"), "area": ("referral",)}, page=2)
    with app.test_request_context("/lt/search"):
        assert address(query) == "/lt/search?q=dry+%26+wet&country=PT&country=LT&area=referral&page=2"


def test_links_lead_to_the_first_the_last_and_the_nearest_pages(app: Flask) -> None:
    with app.test_request_context("/en/search"):
        links = page_links(SearchQuery(text="bus", page=6), 6, 12)
    assert [each.number for each in links if each.address] == [1, 4, 5, 6, 7, 8, 12]
    assert [each.number for each in links if each.is_current] == [6]
    assert [each.number for each in links if not each.address] == [3, 11]


def test_a_single_page_needs_no_links(app: Flask) -> None:
    with app.test_request_context("/en/search"):
        assert page_links(SearchQuery(text="bus"), 1, 1) == ()
