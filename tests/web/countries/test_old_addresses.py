"""Addresses of countries from before the country became the second part of the path lead on in one step."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.page import Visit


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/en/countries/ee", "/en/ee/"),
        ("/lt/countries/PT", "/lt/pt/"),
        ("/it/countries/uk", "/it/gb/"),
        ("/en/countries/ee/situation", "/en/ee/situation"),
        ("/ro/help/ee", "/ro/ee/help"),
        ("/pt/help/EL", "/pt/gr/help"),
    ],
)
def test_an_old_address_leads_on_in_one_step(client: FlaskClient, visit: Visit, old: str, new: str) -> None:
    response = client.get(old)
    assert (response.status_code, response.headers["Location"]) == (301, new)
    visit(new)


def test_what_was_asked_goes_along(client: FlaskClient) -> None:
    assert client.get("/en/countries/ee/situation?theme=t1").headers["Location"] == "/en/ee/situation?theme=t1"
