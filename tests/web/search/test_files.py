from __future__ import annotations

import shutil
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, fromstring

from flask import Flask
from flask.testing import FlaskClient

from kb.content_store.store import ContentStore
from kb.search.query.search_query import SearchQuery
from tests.page import Visit

ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def feed(client: FlaskClient, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response.content_type == "application/atom+xml; charset=utf-8"
    root = fromstring(response.data)  # noqa: S314 - of our own making
    check(root)
    return root


def check(root: Element) -> None:
    """Check what RFC 4287 requires of every feed and entry."""
    assert root.tag == f"{ATOM}feed"
    assert text(root, "author/name")
    assert [each.get("rel") for each in root.findall(f"{ATOM}link")] == ["self", "alternate"]
    for each in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(each.findall(ATOM + name)) == 1
        assert urlsplit(text(each, "id")).scheme in ("http", "https")
        assert datetime.fromisoformat(text(each, "updated")).tzinfo is not None
        assert any(link.get("rel") == "alternate" for link in each.findall(f"{ATOM}link"))


def text(element: Element, path: str) -> str:
    found = element.find("/".join(ATOM + name for name in path.split("/")))
    assert found is not None, path
    return found.text or ""


def entries(root: Element) -> list[Element]:
    return root.findall(f"{ATOM}entry")


def test_a_search_is_a_feed_with_the_newest_first(app: Flask, client: FlaskClient) -> None:
    root = feed(client, "/en/search.atom?kind=practices")
    days = [text(each, "updated") for each in entries(root)]
    assert days == sorted(days, reverse=True)
    view = app.extensions["store"].current().search
    assert len(days) == view.find(SearchQuery(facets={"kind": ("practices",)})).total
    assert text(root, "updated") == days[0]
    assert text(root, "title") == "Praxis: Practices"


def test_an_entry_is_the_record_in_the_readers_language(client: FlaskClient) -> None:
    (entry, *_) = entries(feed(client, "/it/search.atom?q=terrazze"))
    assert text(entry, "title") == "Terrazze di pietra"
    assert text(entry, "id").endswith("/it/practices/stone-terraces")
    title = entry.find(f"{ATOM}title")
    assert title is not None
    assert title.get(LANGUAGE) == "it"


def test_words_with_signs_of_markup_are_written_so_that_they_can_be_read(client: FlaskClient) -> None:
    root = feed(client, "/en/search.atom?q=%3Cb%3E%26%22terraces%00%EF%BF%BF")
    assert text(root, "title") == 'Praxis: <b>&"terraces'


def test_a_search_without_a_result_is_an_empty_feed(client: FlaskClient) -> None:
    assert entries(feed(client, "/en/search.atom?q=zzyzx")) == []


def test_an_order_or_a_page_makes_no_other_feed(client: FlaskClient) -> None:
    plain = client.get("/en/search.atom?country=PT").data
    assert client.get("/en/search.atom?country=PT&sort=title&page=2").data == plain


def test_asking_again_costs_a_304(client: FlaskClient) -> None:
    tag = client.get("/en/search.atom?q=bus").headers["ETag"]
    assert client.get("/en/search.atom?q=bus", headers={"If-None-Match": tag}).status_code == 304


def test_a_page_of_results_names_its_feed(visit: Visit) -> None:
    page = visit("search.index", q="bus", country="LT", sort="title", page=1)
    (link,) = page.elements("link", type="application/atom+xml")
    assert link.get("href") == "/en/search.atom?q=bus&country=LT"
    assert link.get("rel") == "alternate"
    assert page.link("Feed of new results (Atom)") == link.get("href")


def test_without_an_index_the_feed_says_to_come_again(app: Flask, client: FlaskClient, store: ContentStore) -> None:
    shutil.rmtree(store.data / "index")
    bare = ContentStore(store.content.root, store.data, knowledge=None)
    bare.refresh()
    app.extensions["store"] = bare
    assert client.get("/en/search.atom?q=bus").status_code == 503
    bare.close()
