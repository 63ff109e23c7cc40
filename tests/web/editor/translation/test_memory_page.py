"""The page of the translation memory, and its link at each text."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.page import Page, Visit
from tests.web.people import sign_in


@pytest.fixture(autouse=True)
def curator(app: Flask, client: FlaskClient) -> int:
    return sign_in(app, client)


def memory(visit: Visit, phrase: str) -> Page:
    return visit("translating.memory", kind="practices", record_id="stone-terraces", part="it", q=phrase)


def test_each_text_of_the_editor_has_a_link_to_similar_translations(visit: Visit) -> None:
    page = visit("editor.edit", kind="practices", record_id="stone-terraces", part="it")
    links = [each.get("href", "") for each in page.elements("a") if each.get("data-memory") is not None]
    assert len(links) == len([each for each in page.elements("textarea") if each.get("name") != "note"])
    assert "Translations of similar texts" in visit(links[0]).text


def test_a_phrase_is_shown_with_its_translation_and_its_record(visit: Visit) -> None:
    page = memory(visit, "Stone terraces")
    assert "Terrazze di pietra" in page.text
    assert any("/desk/practices/stone-terraces" in each.get("href", "") for each in page.elements("a"))
    assert "No published text has this phrase" in memory(visit, "no such words").text


def test_a_language_that_is_no_translation_has_no_memory(client: FlaskClient) -> None:
    for part in ("en", "source", "xx"):
        assert client.get(f"/en/editor/practices/stone-terraces/{part}/memory").status_code == 404
    assert client.get("/en/editor/practices/nothing/it/memory").status_code == 404
