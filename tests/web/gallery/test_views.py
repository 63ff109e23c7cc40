from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from tests.page import Visit


def test_the_gallery_shows_every_step_and_sign(visit: Visit) -> None:
    page = visit("gallery.index")
    shown = {address.removeprefix("#i--") for address in page.symbols("use", "href")}
    steps = {*(f"e{step}" for step in range(6)), *(f"t{step}" for step in range(5))}
    assert shown >= steps | {"pos", "mix", "non", "har", "nm"}


def test_a_site_in_use_has_no_gallery(app: Flask, client: FlaskClient) -> None:
    app.testing = False
    assert client.get("/en/gallery").status_code == 404
