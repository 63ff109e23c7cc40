from __future__ import annotations

import gzip

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.web.http.current_user import set_person
from tests.house import a_curator
from tests.page import address_of

PAGE = "/en/practices/stone-terraces"
READS_GZIP = {"Accept-Encoding": "br, gzip"}


@pytest.mark.parametrize("address", [PAGE, "/en/search?q=stone"])
def test_a_page_is_sent_compressed_to_whoever_can_read_it(client: FlaskClient, address: str) -> None:
    plain = client.get(address)
    for _visit in range(2):  # the first one compresses, the second one comes from the cache
        packed = client.get(address, headers=READS_GZIP)
        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in packed.headers["Vary"]
        assert gzip.decompress(packed.data) == plain.data
        assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data) / 2
    assert "Content-Encoding" not in plain.headers


def test_who_refuses_it_gets_plain_text(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get(PAGE, headers={"Accept-Encoding": "gzip;q=0"}).headers


def test_style_sheets_and_scripts_are_compressed_and_fonts_are_not(app: Flask, client: FlaskClient) -> None:
    for name, is_text in (("css/components.css", True), ("js/site.js", True), ("fonts/atkinson-next.woff2", False)):
        response = client.get(address_of(app, "static", filename=name), headers=READS_GZIP)
        assert (response.headers.get("Content-Encoding") == "gzip") is is_text, name
        response.close()


def test_a_page_of_somebody_signed_in_is_never_compressed(app: Flask, client: FlaskClient, session: Session) -> None:
    curator = a_curator(session)
    app.before_request_funcs.setdefault(None, []).insert(0, lambda: set_person(curator))
    assert "Content-Encoding" not in client.get(PAGE, headers=READS_GZIP).headers


def test_a_page_for_whom_the_cookie_came_is_never_compressed(client: FlaskClient) -> None:
    client.set_cookie("praxis", "anything")
    assert "Content-Encoding" not in client.get(PAGE, headers=READS_GZIP).headers
