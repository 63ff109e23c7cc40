from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.web.visitor import set_person
from tests.house import a_curator


@pytest.fixture
def posting(app: Flask) -> FlaskClient:
    """A browser that says nothing of itself, and an address that takes posts."""

    @app.post("/<language:language>/take")
    def _take() -> str:
        return "taken"

    return app.test_client()


@pytest.mark.parametrize("address", ["/en/", "/en/nowhere", "/static/x/css/base.css", "/"])
def test_every_answer_is_guarded(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    for name in ("script-src", "style-src", "form-action"):
        assert f"{name} 'self'" in policy
    assert "unsafe" not in policy
    for name in ("Referrer-Policy", "X-Content-Type-Options", "Permissions-Policy", "Cross-Origin-Opener-Policy"):
        assert response.headers[name]
    assert "Strict-Transport-Security" not in response.headers
    response.close()


def test_no_other_site_learns_where_a_reader_came_from(client: FlaskClient) -> None:
    assert client.get("/en/").headers["Referrer-Policy"] == "no-referrer"


def test_pages_that_post_tell_us_where_they_came_from_while_there_is_no_https(app: Flask, client: FlaskClient) -> None:
    assert client.get("/en/sign-in").headers["Referrer-Policy"] == "same-origin"
    app.config["SESSION_COOKIE_SECURE"] = True
    assert client.get("/en/sign-in").headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost:5000"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://localhost:5000"}, 200),
        ({"Origin": "http://localhost:5001"}, 403),
        ({"Origin": "https://localhost:5000"}, 403),
        ({"Origin": "null"}, 403),
        ({}, 403),
    ],
)
def test_only_our_own_pages_change_something(posting: FlaskClient, headers: dict[str, str], status: int) -> None:
    assert posting.post("/en/take", headers=headers).status_code == status


def test_who_is_signed_in_brings_a_token_as_well(app: Flask, posting: FlaskClient, session: Session) -> None:
    curator = a_curator(session)
    app.before_request_funcs[None].insert(0, lambda: set_person(curator))
    response = posting.post("/en/take", headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 400
