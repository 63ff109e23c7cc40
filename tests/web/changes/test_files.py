"""The Atom feed of the changes."""

from __future__ import annotations

from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from tests.web.changes.test_views import change
from tests.web.search.test_files import entries, feed, text


def test_the_changes_are_a_feed_with_the_newest_first(client: FlaskClient) -> None:
    root = feed(client, "/en/changes.atom")
    days = [text(each, "updated") for each in entries(root)]
    assert days == sorted(days, reverse=True)
    assert len({text(each, "id") for each in entries(root)}) == len(days) > 5
    assert text(root, "title") == "Praxis: What changed"


def test_a_feed_has_the_filters_of_its_page(client: FlaskClient) -> None:
    root = feed(client, "/en/changes.atom?country=EE&role=police")
    assert text(root, "title") == "Praxis: What changed · Estonia · Police"
    assert {text(each, "title") for each in entries(root)} == {"Estonia"}
    assert all("Answers" in text(each, "summary") for each in entries(root))


def test_a_record_has_a_feed_of_its_own(client: FlaskClient, session: Session, store: ContentStore) -> None:
    address = "/en/changes.atom?kind=practices&record=stone-terraces"
    (first,) = entries(feed(client, address))
    change(session, store, "practices/stone-terraces", "title: Stone terraces", "title: Dry terraces")
    root = feed(client, address)
    assert text(root, "title") == "Praxis: What changed · Dry terraces"
    assert {text(each, "title") for each in entries(root)} == {"Dry terraces"}
    assert "Text revised: Title" in [text(each, "summary") for each in entries(root)]
    assert len(text(first, "id")) > 20


def test_a_country_has_a_feed_of_all_its_records(client: FlaskClient) -> None:
    titles = {text(each, "title") for each in entries(feed(client, "/en/changes.atom?country=PT"))}
    assert "Stone terraces" in titles
    assert len(titles) > 1
