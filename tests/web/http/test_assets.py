from __future__ import annotations

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from kb.web.http.assets import STATIC, fingerprint_of
from tests.page import Visit, address_of

FILES = sorted(str(path.relative_to(STATIC)) for path in STATIC.rglob("*") if path.is_file())


def test_every_file_is_sent_and_kept_for_a_year(app: Flask, client: FlaskClient) -> None:
    assert FILES
    wanted = (200, "max-age=31536000, public, immutable", "nosniff")
    sent = {}
    for name in FILES:
        with client.get(address_of(app, "static", filename=name)) as response:
            headers = (response.headers.get(each) for each in ("Cache-Control", "X-Content-Type-Options"))
            sent[name] = (response.status_code, *headers)
    assert {name: each for name, each in sent.items() if each != wanted} == {}


def test_the_sheets_of_the_screen_are_sent_as_one(app: Flask, client: FlaskClient) -> None:
    address = address_of(app, "static", filename="css/site.css")
    response = client.get(address)
    text = response.get_data(as_text=True)
    assert response.mimetype == "text/css"
    for name in ("tokens", "base", "layout", "components"):
        assert (STATIC / "css" / f"{name}.css").read_text(encoding="utf-8") in text
    assert response.headers["Cache-Control"] == "max-age=31536000, public, immutable"
    again = client.get(address, headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_a_file_of_another_version_is_sent_but_not_kept(client: FlaskClient) -> None:
    response = client.get("/static/000000000000/css/base.css")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-cache"
    response.close()


def test_nothing_outside_of_the_folder_is_sent(client: FlaskClient) -> None:
    assert client.get("/static/x/../../app.py").status_code == 404
    assert client.get("/static/x/%2e%2e/app.py").status_code == 404


def test_every_file_that_a_page_names_exists(visit: Visit, client: FlaskClient) -> None:
    page = visit("home.index")
    named = [each.get("href") or each.get("src") or "" for tag in ("link", "script") for each in page.elements(tag)]
    static = [address for address in named if address.startswith("/static/")]
    assert len(static) == 6
    for address in static:
        response = client.get(address)
        assert response.status_code == 200, address
        response.close()


def test_the_fingerprint_changes_with_names_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1", encoding="utf-8")
    first = fingerprint_of(tmp_path.iterdir())
    (tmp_path / "a").write_text("2", encoding="utf-8")
    second = fingerprint_of(tmp_path.iterdir())
    (tmp_path / "a").rename(tmp_path / "b")
    assert len({first, second, fingerprint_of(tmp_path.iterdir())}) == 3
