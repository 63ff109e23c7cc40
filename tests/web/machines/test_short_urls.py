"""Permanent short addresses."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("/p/stone-terraces", "/lt/practices/stone-terraces"),
        ("/p/stone-terraces/1", "/lt/practices/stone-terraces/versions/1"),
        ("/p/terrace-walls", "/lt/practices/stone-terraces"),
        ("/p/terrace-walls/1", "/lt/practices/stone-terraces/versions/1"),
        ("/p/night-bus", "/lt/practices/night-bus"),
    ],
)
def test_short_addresses_lead_to_the_readers_language(client: FlaskClient, asked: str, found: str) -> None:
    response = client.get(asked, headers={"Accept-Language": "lt-LT,lt;q=0.9,en;q=0.5"})
    assert (response.status_code, response.headers["Location"]) == (303, found)
    assert "Accept-Language" in response.headers["Vary"]
    assert response.headers["Cache-Control"] == "no-cache"


def test_who_asks_for_no_language_of_ours_gets_english(client: FlaskClient) -> None:
    assert client.get("/p/stone-terraces").headers["Location"] == "/en/practices/stone-terraces"


@pytest.mark.parametrize("address", ["/p/nothing", "/p/draft-idea", "/p/draft-idea/1", "/p/stone-terraces/x", "/p/"])
def test_what_is_not_published_has_no_short_address(client: FlaskClient, address: str) -> None:
    response = client.get(address, headers={"Accept-Language": "it"})
    assert response.status_code == 404
    assert '<html lang="it"' in response.get_data(as_text=True)
