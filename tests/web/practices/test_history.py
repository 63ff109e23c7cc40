"""Changes of a practice, and its published versions."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.history import log
from kb.publishing.actions import Edit, publish, retire
from kb.publishing.redact import Erasure, redact
from kb.records.files.paths import place_of
from kb.web.practices import history
from tests.house import NOW, a_curator
from tests.page import Visit, words

pytestmark = pytest.mark.slow  # every test has a site of its own

PLACE = place_of("practices/stone-terraces", "source")
WHERE: dict[str, Any] = {"record_id": "stone-terraces"}
RAISED = ("Q6: no", "Q6: yes, Q7: yes, Q8: no")


def change(session: Session, store: ContentStore, *replacements: tuple[str, str]) -> None:
    """Publish the text with some words replaced."""
    head = log.find_head(session, PLACE)
    assert head is not None
    text = head.text or ""
    for before, after in replacements:
        assert before in text
        text = text.replace(before, after)
    edit = Edit(PLACE, text, head.number, head.fingerprint)
    publish(session, store, a_curator(session, "other@example.org"), [edit], note="Because.", now=NOW)
    session.commit()


def test_a_practice_that_never_changed_was_first_published(visit: Visit) -> None:
    page = visit("practices.changes", **WHERE)
    assert page.heading == "Changes"
    assert "First published here" in page.text
    assert page.link("Read version 1") == "/en/practices/stone-terraces/versions/1"
    assert "noindex" in page.elements("meta", name="robots")[0].get("content", "")


def test_changes_are_told_in_words_and_without_names(visit: Visit, session: Session, store: ContentStore) -> None:
    figure = "  - {id: f2, value: 40 %, label: more who stayed, year: 2023, source: s2}\nsources:"
    change(session, store, ("\nsources:", f"\n{figure}"), ("on: 2026-11-20", "on: 2026-11-24"), RAISED)
    page = visit("practices.changes", **WHERE)
    first = words(page.elements("ol", class_="list")[0][0])
    assert "Evidence level raised from E3 evaluated to E4" in first
    assert "after an assessment on 24 November 2026" in first
    assert "1 new figure" in first
    assert "Curator" not in page.text
    assert "Because." not in page.text


def test_the_page_of_a_practice_says_the_last_change(visit: Visit, session: Session, store: ContentStore) -> None:
    change(session, store, ("title: Stone terraces", "title: Dry terraces"))
    page = visit("practices.show", **WHERE)
    assert "Version 2, 25 November 2026" in page.text
    assert "Text revised: Title" in page.text
    assert page.link("All changes and earlier versions") == "/en/practices/stone-terraces/changes"


def test_the_page_of_a_practice_needs_no_database(
    visit: Visit, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        message = "no connection"
        raise OperationalError(message, None, Exception())

    monkeypatch.setattr(history, "find_past", broken)
    monkeypatch.setattr(history, "get_version", broken)
    page = visit("practices.show", **WHERE)
    assert "Changes" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    for address in ("/changes", "/cite", "/versions/1", ".bib"):
        assert client.get(f"/en/practices/stone-terraces{address}").status_code == 503


def test_a_version_is_shown_as_it_was_published(visit: Visit, session: Session, store: ContentStore) -> None:
    change(session, store, ("title: Stone terraces", "title: Dry terraces"))
    page = visit("practices.version", **WHERE, number=1)
    assert page.heading == "Stone terraces"
    assert "This is version 1, from 25 November 2026. The latest version is 2." in page.text
    assert page.link("Read the latest version") == "/en/practices/stone-terraces"
    assert [each.get("content") for each in page.elements("meta", name="robots")] == ["noindex"]
    canonical = page.elements("link", rel="canonical")[0].get("href", "")
    assert canonical == "http://localhost:5000/en/practices/stone-terraces"
    assert page.headers["Cache-Control"] == "no-store"
    assert "ETag" not in page.headers


def test_the_newest_version_says_that_it_is_the_newest(visit: Visit) -> None:
    assert (
        "This is the latest version: version 1, from 25 November 2026."
        in visit("practices.version", **WHERE, number=1).text
    )


def test_a_version_has_the_translations_that_stood_then(visit: Visit, session: Session, store: ContentStore) -> None:
    change(session, store, ("title: Stone terraces", "title: Dry terraces"))
    page = visit("practices.version", language="lt", **WHERE, number=1)
    assert page.heading == "Akmeninės terasos"
    italian = visit("practices.version", language="it", **WHERE, number=1)
    assert italian.link("Read the original") == "/en/practices/stone-terraces/versions/1#how"


def test_an_erased_version_is_gone_and_says_so(visit: Visit, session: Session, store: ContentStore) -> None:
    change(session, store, ("title: Stone terraces", "title: Dry terraces"))
    change(session, store, ("title: Dry terraces", "title: Old terraces"))
    redact(session, store, None, Erasure(PLACE.record, "source", [2]), reason="on request", now=NOW)
    page = visit("practices.version", **WHERE, number=2, status=410)
    assert page.heading == "The text of this version was erased on request"
    assert "Dry" not in page.text
    assert "Dry" not in visit("practices.changes", **WHERE).text


@pytest.mark.parametrize("address", ["draft-idea/versions/1", "stone-terraces/versions/7", "nothing/versions/1"])
def test_what_was_never_published_has_no_version(visit: Visit, address: str) -> None:
    visit(f"/en/practices/{address}", status=404)


def test_numbers_too_large_for_any_database_are_no_version(client: FlaskClient) -> None:
    assert client.get(f"/en/practices/stone-terraces/versions/{10**30}").status_code == 404


def test_versions_of_a_retired_practice_stay_and_say_so(visit: Visit, session: Session, store: ContentStore) -> None:
    curator = a_curator(session, "other@example.org")
    retire(session, store, curator, PLACE.record, successor=None, note="Ended.", now=NOW)
    session.commit()
    page = visit("practices.version", **WHERE, number=1)
    assert "This is version 1, from 25 November 2026. The practice has since been retired." in page.text
    visit("practices.version", **WHERE, number=2, status=404)
    visit("practices.changes", **WHERE, status=410)
    visit("practices.cite", **WHERE, status=410)


@pytest.mark.parametrize("page", ["changes", "cite", "versions/1"])
def test_earlier_ids_lead_to_the_same_page(client: FlaskClient, page: str) -> None:
    response = client.get(f"/lt/practices/terrace-walls/{page}")
    assert (response.status_code, response.headers["Location"]) == (301, f"/lt/practices/stone-terraces/{page}")


def test_a_practice_the_log_does_not_know_is_shown_without_a_past(app: Flask, visit: Visit, session: Session) -> None:
    for revision in log.history(session, PLACE.record):
        session.delete(revision)
    session.commit()
    assert "Changes" not in visit("practices.show", **WHERE).text
    assert "No earlier versions are recorded." in visit("practices.changes", **WHERE).text
