from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask, Response
from flask.signals import template_rendered
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.web.http.page_cache import PageCache
from tests.house import catch_up_now

PAGE = "/en/practices/stone-terraces"


@pytest.fixture
def made(app: Flask) -> Iterator[list[str]]:
    """The names of the templates that were rendered."""
    names: list[str] = []

    def note(_sender: Flask, template: object, **_more: object) -> None:
        names.append(str(getattr(template, "name", "")))

    with template_rendered.connected_to(note, app):
        yield names


def test_a_page_is_made_once_and_is_the_same_for_the_next_reader(client: FlaskClient, made: list[str]) -> None:
    first, second = client.get(PAGE), client.get(PAGE)
    assert made == ["practices/show.html"]
    assert second.data == first.data
    assert sorted(second.headers) == sorted(first.headers)
    assert second.headers["Content-Security-Policy"]


def test_a_page_is_made_anew_when_a_record_changed(
    client: FlaskClient, store: ContentStore, session: Session, made: list[str]
) -> None:
    client.get(PAGE)
    path = store.content.root / "practices" / "stone-terraces" / "practice.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("title: ", "title: New ", 1), encoding="utf-8")
    catch_up_now(session, store)
    session.close()
    assert b"New " in client.get(PAGE).data
    assert len(made) == 2


def test_addresses_with_a_query_are_not_kept(client: FlaskClient, made: list[str]) -> None:
    for _visit in range(2):
        client.get(f"{PAGE}?from=somewhere")
    assert len(made) == 2


def test_results_of_a_search_are_made_once(client: FlaskClient, made: list[str]) -> None:
    client.get("/en/search?q=bridge")  # the first search reads the public workshops
    made.clear()
    first, second = client.get("/en/search?q=terrace"), client.get("/en/search?q=terrace")
    assert second.data == first.data
    assert made == ["search/index.html"]
    client.get("/en/search?q=wall")
    assert len(made) == 2


def test_the_cache_of_searches_has_no_typed_words(client: FlaskClient, app: Flask) -> None:
    client.get("/en/search?q=terrace")
    names = list(app.extensions["kept searches"]._pages._values)
    assert names
    assert "terrace" not in " ".join(names)


def test_who_brings_the_cookie_is_given_a_page_of_their_own(client: FlaskClient, made: list[str]) -> None:
    client.get(PAGE)
    client.set_cookie("praxis", "anything")
    assert "no-store" in client.get(PAGE).headers["Cache-Control"]
    client.delete_cookie("praxis")
    assert client.get(PAGE).headers["Cache-Control"] == "no-cache"
    assert len(made) == 2


def test_errors_are_made_each_time(client: FlaskClient, made: list[str]) -> None:
    assert [client.get("/en/practices/nowhere").status_code for _visit in range(2)] == [404, 404]
    assert len(made) == 2


def test_what_was_used_least_makes_room(app: Flask) -> None:
    kept = PageCache(limit=250)
    with app.test_request_context("/"):
        for name in ("a", "b"):
            kept.keep(name, "now", Response(name * 50))
        assert kept.find("a", "now") is not None
        for name in ("c", "d", "e", "f"):
            kept.find("a", "now")
            kept.keep(name, "now", Response(name * 50))
        assert kept.size <= 250
        assert kept.find("a", "now") is not None
        assert kept.find("b", "now") is None
        assert kept.find("a", "later") is None
