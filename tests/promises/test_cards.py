"""Every page for readers has Open Graph metadata, which other sites show with a link to it."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.page import Page, Visit, address_of
from tests.promises.test_permissions import EVERYONE, audience
from tests.promises.test_routes import readable

WANTED = {
    *("og:title", "og:description", "og:type", "og:url", "og:site_name", "og:locale"),
    *("og:image", "og:image:width", "og:image:height", "og:image:alt"),
}
# Endpoints of pages that other sites embed in frames. Readers do not share links to them, so they need no metadata.
FRAMED = "embedding."
SITE = "http://localhost:5000"


def card(page: Page) -> dict[str, str]:
    """Return the Open Graph properties in the head of a page; each name must occur once."""
    found = [(name, each.get("content", "")) for each in page.elements("meta") if (name := each.get("property"))]
    assert len(found) == len(dict(found)), page.address
    return dict(found)


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "lt"])
def test_every_page_of_readers_has_a_whole_card(app: Flask, client: FlaskClient, visit: Visit, language: str) -> None:
    for endpoint, values in readable(app):
        address = address_of(app, endpoint, language=language, **values)
        if audience(endpoint) is not EVERYONE or endpoint.startswith(FRAMED):
            continue
        page = visit(address)
        found = card(page)
        assert found.keys() == WANTED, endpoint
        assert all(found.values()), endpoint
        assert found["og:locale"] == {"en": "en_GB", "lt": "lt_LT"}[language]
        assert found["og:title"] in page.title, endpoint
        assert all(found[name].startswith(f"{SITE}/") for name in ("og:url", "og:image")), endpoint


@pytest.mark.slow
def test_a_description_for_search_engines_is_that_of_the_card(app: Flask, client: FlaskClient, visit: Visit) -> None:
    for endpoint, values in readable(app):
        if audience(endpoint) is EVERYONE:
            page = visit(address_of(app, endpoint, language="en", **values))
            for each in page.elements("meta", name="description"):
                assert each.get("property") == "og:description", endpoint


def test_the_picture_is_there_small_and_of_the_usual_size(client: FlaskClient, visit: Visit) -> None:
    picture = card(visit("home.index"))["og:image"]
    data = client.get(picture.removeprefix(SITE)).data
    assert re.match(rb"\x89PNG\r\n\x1a\n....IHDR\x00\x00\x04\xb0\x00\x00\x02\x76", data, re.S)  # 1200 by 630
    assert len(data) <= 60_000


def test_a_practice_is_an_article_with_its_own_words(visit: Visit) -> None:
    found = card(visit("practices.show", record_id="stone-terraces", language="it"))
    assert found["og:type"] == "article"
    assert found["og:title"] == "Terrazze di pietra"
    assert found["og:url"] == f"{SITE}/it/practices/stone-terraces"
