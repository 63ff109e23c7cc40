from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.i18n import LANGUAGES
from kb.web.http.layout import PARTS_LIMIT
from kb.web.http.page_cache import Store
from tests.page import Visit
from tests.web.people import sign_in


def test_every_page_leads_to_itself_in_the_other_languages(visit: Visit) -> None:
    page = visit("practices.show", record_id="stone-terraces", language="ro")
    assert page.link("Lietuvių") == "/lt/practices/stone-terraces"
    assert [each.get("hreflang") for each in page.elements("a") if each.get("hreflang")][:5] == list(LANGUAGES)


def test_search_engines_are_told_where_each_language_is(visit: Visit) -> None:
    page = visit("home.index", language="lt")
    assert page.elements("link", rel="canonical")[0].get("href") == "http://localhost:5000/lt/"
    found = {
        each.get("hreflang"): each.get("href")
        for each in page.elements("link", rel="alternate")
        if each.get("hreflang")
    }
    assert found.keys() == {*LANGUAGES, "x-default"}
    assert found["x-default"] == "http://localhost:5000/en/"


def test_only_languages_that_a_record_really_has_are_told(visit: Visit) -> None:
    page = visit("practices.show", record_id="stone-terraces", language="pt")
    told = {each.get("hreflang") for each in page.elements("link", rel="alternate") if each.get("hreflang")}
    assert told == {"en", "it", "lt", "x-default"}
    assert page.elements("link", rel="canonical")[0].get("href", "").endswith("/en/practices/stone-terraces")


def test_the_way_out_is_the_second_stop_and_tells_nobody(visit: Visit) -> None:
    page = visit("practices.show", record_id="stone-terraces")
    first, second = page.elements("a")[:2]
    assert first.get("href") == "#site--main"
    assert second.get("href") == "https://en.wikipedia.org/"
    assert second.get("rel") == "nofollow noreferrer"


def test_the_menu_marks_where_one_is(visit: Visit) -> None:
    page = visit("practices.index")
    assert [each.text for each in page.elements("a", aria_current="page")] == ["Practices"]


def test_a_page_holds_only_the_symbols_it_shows(visit: Visit) -> None:
    page = visit("pages.show", record_id="about")
    used = page.symbols("use", "href")
    held = page.symbols("symbol", "id") | page.symbols("g", "id")
    assert used == {f"#{name}" for name in held} != set()


@pytest.mark.parametrize("query", ["q=a%26b", "q=%C5%A1&country=PT&country=LT", "q=%22%3E%3Cscript%3E", "q=><script>"])
def test_a_query_is_carried_over_unharmed(client: FlaskClient, query: str) -> None:
    html = client.get(f"/en/search?{query}").get_data(as_text=True)
    assert "<script>" not in html
    assert "/lt/search?q=" in html


def test_readers_see_a_way_to_sign_in_only_once_there_is_one(app: Flask, visit: Visit) -> None:
    page = visit("home.index")
    assert ("Sign in" in page.texts("a")) == ("account.sign_in" in app.view_functions)


def test_the_frame_that_readers_share_is_made_once_for_each_section_and_country(
    client: FlaskClient, app: Flask
) -> None:
    parts = app.extensions["frame parts"] = Store(PARTS_LIMIT)
    first = client.get("/en/practices").get_data(as_text=True)
    size = parts.size
    again = client.get("/en/practices?q=a").get_data(as_text=True)
    assert parts.size == size > 0
    assert again.count('aria-current="page"') == first.count('aria-current="page"') == 1
    client.get("/en/lt/tools")
    assert parts.size > size


def test_readers_are_never_sent_the_frame_of_somebody_who_is_signed_in(client: FlaskClient, app: Flask) -> None:
    parts = app.extensions["frame parts"] = Store(PARTS_LIMIT)
    sign_in(app, client)
    assert "Sign out" in client.get("/en/terms").get_data(as_text=True)
    assert parts.size == 0
    reader = app.test_client().get("/en/terms").get_data(as_text=True)
    assert "Sign out" not in reader
    assert "Sign in" in reader
    assert "Sign out" in client.get("/en/terms").get_data(as_text=True)
