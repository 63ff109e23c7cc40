from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, url_for

from kb.web.http import i18n


@pytest.mark.parametrize("path", ["/en/", "/it/lt/tools", "/pt/practices"])
@pytest.mark.parametrize(
    ("endpoint", "values"),
    [
        ("search.index", {}),
        ("search.index", {"language": "ro", "home_country": None}),
        ("static", {"filename": "css/site.css"}),
        ("practices.show", {"record_id": "stone-terraces"}),
        ("practices.show", {"record_id": "some-id", "language": "lt"}),
        ("practices.show", {"record_id": "Ä?b"}),
        ("countries.show", {"record_id": "pt"}),
        ("lists.show", {"ids": "a"}),
        ("tools.show", {"record_id": "a", "_anchor": "b"}),
    ],
)
def test_an_address_from_memory_is_the_one_that_flask_builds(
    app: Flask, path: str, endpoint: str, values: dict[str, Any]
) -> None:
    with app.test_request_context(path):
        app.preprocess_request()
        built = Flask.url_for(app, endpoint, **values)
        assert [url_for(endpoint, **values) for _ in range(2)] == [built, built]


def test_after_a_change_of_language_addresses_are_in_that_one(app: Flask) -> None:
    with app.test_request_context("/en/"):
        app.preprocess_request()
        assert url_for("search.index") == "/en/search"
        i18n.speak("it")
        assert url_for("search.index") == "/it/search"


def test_only_addresses_that_every_reader_may_ask_for_are_in_memory(app: Flask) -> None:
    with app.test_request_context("/en/"):
        app.preprocess_request()
        for record_id in ("typed by somebody", "typed-by-somebody"):
            url_for("practices.show", record_id=record_id)
        url_for("search.index", q="typed by somebody")
    assert "typed" not in str(vars(app)["_addresses"])


def test_templates_share_the_names_of_their_environment(app: Flask) -> None:
    assert app.jinja_env.get_template("base.html").globals is app.jinja_env.globals
