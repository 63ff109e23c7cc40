"""The Atom feed of the changes."""

from __future__ import annotations

from flask.testing import FlaskClient

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
