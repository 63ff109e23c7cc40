"""The sitemap."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import islice
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from kb.content_store.catalog import Catalog
from kb.i18n import LANGUAGES
from kb.web.machines import sitemap
from kb.workshops.model import Visibility, Workshop
from tests.house import WORKSHOP
from tests.page import Visit

pytestmark = pytest.mark.slow  # every test has a site of its own

SITE = "http://localhost:5000"
NS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def read(client: FlaskClient, address: str = "/sitemap.xml") -> ET.Element:
    response = client.get(address)
    assert (response.status_code, response.content_type) == (200, "application/xml; charset=utf-8")
    return ET.fromstring(response.data)  # noqa: S314 - our own


def entries(root: ET.Element) -> dict[str, ET.Element]:
    return {url.findtext("s:loc", "", NS): url for url in root.findall("s:url", NS)}


def test_all_that_is_published_stands_in_the_map_in_each_language_it_has(client: FlaskClient) -> None:
    found = entries(read(client))
    assert {f"{SITE}/{code}/" for code in LANGUAGES} <= set(found)
    assert {f"{SITE}/{code}/practices" for code in LANGUAGES} <= set(found)
    assert {f"{SITE}/{code}{page}" for code in LANGUAGES for page in ("/help", "/ee/help")} <= set(found)
    assert f"{SITE}/en/pages/about" in found
    assert f"{SITE}/it/ee/lawyer/hate-crime" in found
    assert not [address for address in found if "/al/" in address]
    practice = {address for address in found if address.endswith("/stone-terraces")}
    assert practice == {f"{SITE}/{code}/practices/stone-terraces" for code in ("en", "it", "lt")}
    assert [address for address in found if "naktinis" in address] == [f"{SITE}/lt/practices/naktinis-autobusas"]
    assert not [address for address in found if "draft-idea" in address or "night-bus" in address]


def test_each_address_names_its_languages_and_when_it_changed(client: FlaskClient) -> None:
    found = entries(read(client))[f"{SITE}/it/practices/stone-terraces"]
    links = {link.get("hreflang"): link.get("href") for link in found.findall("x:link", NS)}
    assert links == {
        "en": f"{SITE}/en/practices/stone-terraces",
        "it": f"{SITE}/it/practices/stone-terraces",
        "lt": f"{SITE}/lt/practices/stone-terraces",
        "x-default": f"{SITE}/en/practices/stone-terraces",
    }
    assert found.findtext("s:lastmod", "", NS) == "2026-11-25"


def test_every_address_of_the_map_is_a_page_that_agrees_with_it(client: FlaskClient, visit: Visit) -> None:
    for address, url in islice(entries(read(client)).items(), 0, None, 23):  # coprime to the number of languages
        page = visit(address.removeprefix(SITE))
        assert page.elements("link", rel="canonical")[0].get("href") == address
        said = {(each.get("hreflang"), each.get("href")) for each in page.elements("link", rel="alternate")}
        in_map = {(link.get("hreflang"), link.get("href")) for link in url.findall("x:link", NS)}
        assert in_map == {each for each in said if each[0]}, address


def test_a_large_site_has_an_index_of_files(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "LIMIT", 40)
    store = app.extensions["store"]
    now = store.current()
    entry = now.catalog.find("practices", "stone-terraces")
    copies = [replace(entry, id=f"copy-{number}") for number in range(30)]
    monkeypatch.setattr(store, "_generation", replace(now, catalog=Catalog.of(copies, store.snapshot), stamp="x"))
    root = read(client)
    files = [each.text or "" for each in root.findall("s:sitemap/s:loc", NS)]
    assert files == [f"{SITE}/sitemap-{number}.xml" for number in range(1, len(files) + 1)]
    parts = [entries(read(client, file.removeprefix(SITE))) for file in files]
    together = [address for part in parts for address in part]
    assert all(part and len(part) <= 40 for part in parts)
    assert len(together) == len(set(together))
    assert {f"{SITE}/lt/practices/copy-{number}" for number in range(30)} <= set(together)
    per_file = 40 // len(LANGUAGES)
    assert len(files) == math.ceil(len({address.split("/", 4)[-1] for address in together}) / per_file)
    assert client.get(f"/sitemap-{len(files) + 1}.xml").status_code == 404


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999"])
def test_a_file_that_is_not_there_is_not_found(client: FlaskClient, number: str) -> None:
    assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_the_map_needs_no_database(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        message = "no connection"
        raise OperationalError(message, None, Exception())

    monkeypatch.setattr(sitemap, "last_changes", broken)
    assert f"{SITE}/en/practices/stone-terraces" in entries(read(client))


def test_terms_articles_and_parts_of_themes_are_on_the_map_too(client: FlaskClient) -> None:
    text = client.get("/sitemap.xml").get_data(as_text=True)
    for address in ("lt/terms/safe-contact", "en/rights/vrd/22", "en/rights/vrd", "ro/themes/opt-in-referral"):
        assert f"<loc>http://localhost:5000/{address}</loc>" in text, address


def test_public_workshops_have_a_map_of_their_own_that_is_kept_nowhere(
    client: FlaskClient, visit: Visit, session: Session
) -> None:
    """A workshop that is not public any more disappears at once, and no cache keeps the list."""
    response = client.get("/sitemap-workshops.xml")
    assert response.headers["Cache-Control"] == "no-store"
    found = entries(read(client, "/sitemap-workshops.xml"))
    assert set(found) == {f"{SITE}/{code}/workshops/{WORKSHOP}" for code in ("en", "lt")}
    for address, url in found.items():
        said = {(each.get("hreflang"), each.get("href")) for each in visit(address.removeprefix(SITE)).elements("link")}
        assert {(link.get("hreflang"), link.get("href")) for link in url.findall("x:link", NS)} <= said
    assert "/workshops/" not in client.get("/sitemap.xml").get_data(as_text=True)
    for visibility in (Visibility.LINK, Visibility.PRIVATE):
        session.get_one(Workshop, WORKSHOP).visibility = visibility
        session.commit()
        assert entries(read(client, "/sitemap-workshops.xml")) == {}
