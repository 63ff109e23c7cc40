"""What changed: the page and its filters."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.history import log
from kb.publishing.actions import Edit, publish, retire
from kb.records.files.paths import place_of
from kb.web.changes import recent
from tests.house import NOW, a_curator
from tests.page import Visit


def change(session: Session, store: ContentStore, record: str, before: str, after: str, *, now: datetime = NOW) -> None:
    """Publish a record with some words replaced."""
    place = place_of(record, "source")
    head = log.find_head(session, place)
    assert head is not None
    assert before in (head.text or "")
    edit = Edit(place, (head.text or "").replace(before, after), head.number, head.fingerprint)
    publish(session, store, a_curator(session, f"{len(after)}@example.org"), [edit], note="Because.", now=now)
    session.commit()


def test_the_first_texts_and_the_checks_of_a_country_are_told_by_day(visit: Visit) -> None:
    page = visit("what_changed.index")
    assert page.heading == "What changed"
    assert "First published here" in page.text
    assert page.link("Estonia") == "/en/ee/"
    assert {"25 November 2026", "20 November 2026"} <= set(page.texts("h2"))
    assert "Answers: compared with the source: 8" in page.text
    assert "Numbers to call: compared with the source: 2" in page.text


def test_a_role_sees_only_answers_for_it(visit: Visit) -> None:
    page = visit("/en/changes?role=police")
    assert "Answers: compared with the source: 7" in page.text
    assert "Numbers to call: compared" not in page.text
    assert "First published here" not in page.text
    assert [each.get("content") for each in page.elements("meta", name="robots")] == ["noindex, follow"]


def test_a_country_and_an_article_choose_their_changes(visit: Visit) -> None:
    page = visit("/en/changes?country=pt")
    assert page.link("Stone terraces") == "/en/practices/stone-terraces"
    assert "Answers:" not in page.text
    page = visit("/en/changes?article=vrd:22")
    assert page.link("Stone terraces") == "/en/practices/stone-terraces"
    assert "Estonia" not in page.texts("a")


@pytest.mark.parametrize("query", ["country=x", "role=nobody", "page=-1", "page=999", "article=none:1"])
def test_filters_that_do_not_exist_break_nothing(visit: Visit, query: str) -> None:
    visit(f"/en/changes?{query}")


def test_drafts_are_not_told(visit: Visit) -> None:
    assert "draft-idea" not in visit("what_changed.index").html


@pytest.mark.slow
def test_later_changes_are_told_without_names(visit: Visit, session: Session, store: ContentStore) -> None:
    change(session, store, "countries/ee", "The person chooses.", "The person chooses freely.")
    change(session, store, "practices/stone-terraces", "title: Stone terraces", "title: Dry terraces")
    page = visit("what_changed.index")
    assert "Answers: changed: 1" in page.text
    assert "Text revised: Title" in page.text
    assert "Curator" not in page.text
    assert "Because." not in page.text
    retire(
        session,
        store,
        a_curator(session, "r@example.org"),
        "practices/stone-terraces",
        successor=None,
        note="",
        now=NOW,
    )
    session.commit()
    page = visit("what_changed.index")
    assert "Retired" in page.text
    assert "/en/practices/stone-terraces" not in page.links()


def test_without_the_database_the_dates_in_the_records_remain(
    app: Flask, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        message = "no connection"
        raise OperationalError(message, None, Exception())

    app.extensions.pop("recent", None)
    monkeypatch.setattr(recent, "recent_sources", broken)
    page = visit("what_changed.index")
    assert "The list of changes is not complete now." in page.text
    assert "Answers: compared with the source: 8" in page.text
    assert page.headers["Cache-Control"] == "no-store"
