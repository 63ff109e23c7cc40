"""Pages for readers set no cookies and do not vary by cookie."""

from __future__ import annotations

from flask import Flask, session
from flask.testing import FlaskClient

from tests.page import address_of
from tests.promises.test_routes import readable


def test_no_page_for_readers_sets_a_cookie_or_varies_by_one(app: Flask, client: FlaskClient) -> None:
    addresses = [address_of(app, endpoint, language="lt", **values) for endpoint, values in readable(app)]
    for address in [*addresses, "/", "/en/nowhere", "/nowhere", "/en/search?q=bus&country=LT"]:
        response = client.get(address)
        assert "Set-Cookie" not in response.headers, address
        assert "Cookie" not in response.headers.get("Vary", ""), address
        assert "csrf_token" not in response.get_data(as_text=True), address


def test_the_check_would_notice_a_cookie(app: Flask, client: FlaskClient) -> None:
    @app.get("/<language:language>/biscuit")
    def _biscuit() -> str:
        session["seen"] = True
        return "crumbs"

    response = client.get("/en/biscuit")
    assert "HttpOnly" in response.headers["Set-Cookie"]
    assert "SameSite=Lax" in response.headers["Set-Cookie"]
    assert "Cookie" in response.headers["Vary"]
