"""Other sites can frame no page except cards, which accept no input, and cards only if the settings allow it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.web.http.security import HEADERS, POLICY
from tests.safety.walking import Walker, addresses, rules

pytestmark = pytest.mark.slow
ORIGIN = "https://learning.example.org"


def in_frames(app: Flask, client: FlaskClient) -> set[str]:
    """Return the endpoints that another site could embed."""
    router = app.url_map.bind("localhost")
    found = set()
    for address in [*addresses(app, "GET"), "/en/nowhere", "/nowhere", "/en/embed/nowhere", "/en/embed/practices"]:
        response = client.get(address)
        policy = response.headers["Content-Security-Policy"]
        is_open = "frame-ancestors 'none'" not in policy or response.headers.get("X-Frame-Options") != "DENY"
        if is_open:
            found.add(router.match(address)[0])
            assert policy.endswith(f"; frame-ancestors {ORIGIN}"), address
            assert "script" not in policy, address
        response.close()
    return found


def test_without_the_setting_nothing_can(app: Flask, client: FlaskClient) -> None:
    assert in_frames(app, client) == set()


def test_with_it_cards_alone_can(app: Flask, client: FlaskClient) -> None:
    app.config["EMBED_ORIGINS"] = (ORIGIN,)
    assert in_frames(app, client) == {"embedding.practice", "embedding.workshop"}


def test_nor_can_a_page_of_somebody_signed_in(app: Flask, client: FlaskClient) -> None:
    app.config["EMBED_ORIGINS"] = (ORIGIN,)
    walker = Walker(app, client).sign_in()
    assert in_frames(app, client) <= {"embedding.practice", "embedding.workshop"}
    assert walker.token


def test_every_other_page_is_guarded_as_before(app: Flask, client: FlaskClient) -> None:
    app.config["EMBED_ORIGINS"] = (ORIGIN,)
    for address in ("/en/", "/en/practices/stone-terraces", "/en/sign-in", "/en/nowhere", "/oembed"):
        response = client.get(address)
        assert response.headers["Content-Security-Policy"] == POLICY
        assert {name: response.headers[name] for name in HEADERS if name != "Referrer-Policy"} == {
            name: value for name, value in HEADERS.items() if name != "Referrer-Policy"
        }


def test_a_card_takes_no_post(app: Flask) -> None:
    assert not [rule for rule in rules(app, "POST") if rule.endpoint.startswith(("embedding.", "oembed."))]
