from __future__ import annotations

import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("lt", "lt"),
        ("pt-BR, en;q=0.5", "pt"),
        ("de, fr;q=0.9, ro;q=0.4", "ro"),
        ("EN-gb", "en"),
        ("de", "en"),
        ("", "en"),
        ("*", "en"),
        ("it;q=0.2, lt;q=0.8", "lt"),
    ],
)
def test_the_bare_address_leads_to_the_readers_language(client: FlaskClient, wanted: str, found: str) -> None:
    response = client.get("/", headers={"Accept-Language": wanted} if wanted else {})
    assert (response.status_code, response.headers["Location"]) == (302, f"/{found}/")
    assert response.headers["Vary"] == "Accept-Language"
    assert "Set-Cookie" not in response.headers
