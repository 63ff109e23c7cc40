from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.app import create_app
from kb.config import Settings
from kb.content_store.store import ContentStore
from kb.web.http.current_user import set_person
from tests.house import NOW, a_curator
from tests.web.people import EMAIL, PASSWORD, add_person


@pytest.fixture
def posting(app: Flask) -> FlaskClient:
    """A browser without `Sec-Fetch-Site` and `Origin`, and a route that accepts POST."""

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


def test_behind_https_a_post_needs_its_token_and_no_referrer(settings: Settings, store: ContentStore) -> None:
    """Pages of the site make browsers send no referrer, and the proxy reports that the request used HTTPS."""
    secure = settings.model_copy(update={"url": "https://praxis.example", "proxies": 1})
    app = create_app(secure, follow=False, store=store, now=lambda: NOW)
    add_person(app)
    headers = {"Sec-Fetch-Site": "same-origin", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "praxis.example"}
    client, site = app.test_client(), "https://praxis.example"

    def post(address: str, data: dict[str, str]) -> int:
        return client.post(address, data=data, headers=headers, base_url=site).status_code

    assert post("/en/sign-in", {"email": EMAIL, "password": PASSWORD}) == 303
    html = client.get("/en/account", headers=headers, base_url=site).get_data(as_text=True)
    token = html.partition('name="csrf_token" value="')[2].partition('"')[0]
    assert post("/en/account", {"do": "end"}) == 400
    assert post("/en/account", {"do": "end", "csrf_token": token}) == 303
