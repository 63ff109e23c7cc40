"""Citing a practice."""

from __future__ import annotations

import json

import pytest
import rispy
from flask import Flask
from flask.testing import FlaskClient
from pybtex.database import parse_string

from tests.page import Visit, words

ADDRESS = "http://localhost:5000/p/stone-terraces/1"


def test_the_citation_names_version_day_and_who_wrote_it(visit: Visit) -> None:
    page = visit("practices.cite", record_id="ask-first")
    assert words(page.by_id("reference")) == (
        "Praxis. (2026, November 25). Perguntar primeiro (Version 1). http://localhost:5000/p/ask-first/1"
    )
    title = page.by_id("reference").find("i")
    assert title is not None
    assert title.get("lang") == "pt"


def test_what_a_machine_wrote_or_translated_is_said(visit: Visit) -> None:
    line = words(visit("practices.cite", record_id="stone-terraces", language="lt").by_id("reference"))
    assert line.startswith("Praxis. (2026, lapkričio 25 d.). Akmeninės terasos (Version 1)")
    assert "[Text drafted by AI] [Translated by AI]. " in line
    assert line.endswith(ADDRESS)


def test_whoever_runs_the_site_is_an_author_too(app: Flask, visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "OPERATOR", "Ministry of Stone")
    line = words(visit("practices.cite", record_id="stone-terraces").by_id("reference"))
    assert line.startswith("Praxis & Ministry of Stone. (2026, November 25).")


def test_the_page_offers_three_files_and_two_addresses(visit: Visit) -> None:
    page = visit("practices.cite", record_id="stone-terraces")
    links = {words(each): each.get("href") for each in page.elements("a", class_="button") if each.get("href")}
    assert links["BibTeX"] == "/en/practices/stone-terraces.bib"
    assert links["RIS"] == "/en/practices/stone-terraces.ris"
    assert links["CSL-JSON"] == "/en/practices/stone-terraces.csl.json"
    assert page.texts("dd", class_="address") == [ADDRESS, "http://localhost:5000/p/stone-terraces"]


def test_the_files_can_be_read_by_programs(client: FlaskClient) -> None:
    bib = client.get("/en/practices/stone-terraces.bib")
    assert bib.content_type == "application/x-bibtex; charset=utf-8"
    assert bib.headers["Content-Disposition"] == 'attachment; filename="stone-terraces.bib"'
    entry = parse_string(bib.get_data(as_text=True), "bibtex").entries["praxis-stone-terraces-1"]
    assert entry.fields["url"] == ADDRESS
    assert entry.fields["note"] == "Text drafted by AI."
    (ris,) = rispy.loads(client.get("/lt/practices/stone-terraces.ris").get_data(as_text=True))
    assert (ris["title"], ris["language"]) == ("Akmeninės terasos", "lt")
    (csl,) = json.loads(client.get("/it/practices/stone-terraces.csl.json").data)
    assert (csl["title"], csl["URL"]) == ("Terrazze di pietra", ADDRESS)


def test_of_a_practice_without_translation_the_original_is_cited(client: FlaskClient) -> None:
    (csl,) = json.loads(client.get("/ro/practices/naktinis-autobusas.csl.json").data)
    assert (csl["title"], csl["language"]) == ("Žalias naktinis autobusas", "lt")


def test_earlier_ids_lead_to_the_file(client: FlaskClient) -> None:
    response = client.get("/lt/practices/terrace-walls.csl.json")
    assert (response.status_code, response.headers["Location"]) == (301, "/lt/practices/stone-terraces.csl.json")


@pytest.mark.parametrize("name", ["stone-terraces.doc", "draft-idea.bib", "nothing.ris"])
def test_what_is_not_there_is_not_found(client: FlaskClient, name: str) -> None:
    assert client.get(f"/en/practices/{name}").status_code == 404
