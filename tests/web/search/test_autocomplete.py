from __future__ import annotations

import json
import shutil

from flask import Flask
from flask.testing import FlaskClient

from kb.content_store.store import ContentStore


def groups(client: FlaskClient, text: str, language: str = "en") -> dict[str, list[dict[str, str]]]:
    response = client.get(f"/{language}/search/suggest", query_string={"q": text})
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "no-store"
    return {group["label"]: group["options"] for group in json.loads(response.data)["groups"]}


def test_titles_lead_to_the_record(client: FlaskClient) -> None:
    options = groups(client, "stone te")["Practices"]
    assert {"text": "Stone terraces", "address": "/en/practices/stone-terraces"} in options


def test_a_title_in_another_language_says_so(client: FlaskClient) -> None:
    options = groups(client, "pergunt")["Practices"]
    assert options == [{"text": "Perguntar primeiro", "address": "/en/practices/ask-first", "language": "pt"}]


def test_terms_and_countries_lead_to_a_search(client: FlaskClient) -> None:
    assert {"text": "risk assessment", "address": "/en/search?q=risk+assessment"} in groups(client, "risk as")[
        "Glossary"
    ]
    assert groups(client, "portogal", "it") | groups(client, "portoga", "it")
    options = groups(client, "lithu")["Countries"]
    assert options == [{"text": "Lithuania", "address": "/en/search?country=LT"}]


def test_who_may_need_help_is_offered_the_numbers_first(client: FlaskClient) -> None:
    found = groups(client, "o meu marido bate-me")
    assert next(iter(found)) == "Need help now?"
    assert found["Need help now?"] == [
        {"text": "Numbers to call in each country", "address": "/en/help"},
        {"text": "Portugal", "address": "/en/pt/help"},
    ]
    assert next(iter(groups(client, "helpline", "ro").values()))[1]["address"] == "/ro/ro/help"
    assert json.loads(client.get("/en/search/suggest?q=help+me").data)["count"] == "5 suggestions"
    assert "Need help now?" not in groups(client, "risk assessment")


def test_the_number_is_said_in_words(client: FlaskClient) -> None:
    assert json.loads(client.get("/en/search/suggest?q=lithu").data)["count"] == "2 suggestions"
    assert json.loads(client.get("/en/search/suggest?q=zzyzx").data) == {"groups": [], "count": "No suggestions"}


def test_nothing_is_suggested_for_nothing(client: FlaskClient) -> None:
    for text in ("", " ", "a", "“", "\x00", "🙂", "x" * 5000):
        assert groups(client, text) == {}


def test_without_an_index_nothing_is_suggested(app: Flask, client: FlaskClient, store: ContentStore) -> None:
    shutil.rmtree(store.data / "index")
    bare = ContentStore(store.content.root, store.data, knowledge=None)
    bare.refresh()
    app.extensions["store"] = bare
    assert groups(client, "stone") == {}
    bare.close()
