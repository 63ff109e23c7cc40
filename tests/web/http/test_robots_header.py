from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from kb.web.http.robots_header import RULES


def rules() -> Iterator[tuple[int, bool, re.Pattern[str]]]:
    """Yield length, permission and pattern of each rule, as RFC 9309 interprets them."""
    for line in RULES.splitlines()[1:]:
        name, _colon, path = line.partition(": ")
        yield len(path), name == "Allow", re.compile(".*".join(map(re.escape, path.split("*"))))


def is_allowed(address: str) -> bool:
    fitting = [(length, allows) for length, allows, path in rules() if path.match(address)]
    return max(fitting, default=(0, True))[1]


@pytest.mark.parametrize(
    "address",
    [
        "/en/",
        "/en/compare",
        "/en/list",
        "/en/search",
        "/it/search?q=bus",
        "/en/practices/stone-terraces",
        "/en/search.atom?q=bus&country=LT",
    ],
)
def test_pages_and_plain_searches_and_feeds_are_open(address: str) -> None:
    assert is_allowed(address)


@pytest.mark.parametrize(
    "address",
    [
        "/en/compare?ids=night-bus",
        "/en/list?ids=night-bus",
        "/en/list/edit?ids=night-bus",
        "/en/list.csv?ids=night-bus",
        "/en/search?country=LT",
        "/en/search?q=bus&country=LT",
        "/en/search?q=bus&page=2",
        "/lt/search?page=2",
        "/en/search?q=bus&off=LT",
        "/en/search/values?facet=country",
        "/en/search/suggest?q=bus",
        "/healthz",
    ],
)
def test_the_maze_of_filters_is_closed(address: str) -> None:
    assert not is_allowed(address)


def test_the_rules_are_text_at_the_root_of_the_site(client: FlaskClient) -> None:
    response = client.get("/robots.txt")
    assert response.content_type == "text/plain; charset=utf-8"
    assert response.get_data(as_text=True) == (
        f"{RULES}\nSitemap: http://localhost:5000/sitemap.xml\nSitemap: http://localhost:5000/sitemap-workshops.xml\n"
    )
    assert response.cache_control.max_age == 24 * 60 * 60
