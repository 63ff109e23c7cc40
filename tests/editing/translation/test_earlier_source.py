"""Finds in the log the source text from which a stale translation was made."""

from __future__ import annotations

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.editing.translation import earlier_source
from kb.editing.translation.earlier_source import find_past
from kb.publishing.redact import Erasure, redact
from kb.records.record import Shape
from kb.records.segments import fingerprint
from tests.house import NOW, RECORD, TEXT, TestHouse, publish_text

WHAT = "## What it is\n\nWalls without mortar."


def shape(store: ContentStore) -> Shape:
    return store.kinds["pages"].shape


def published(session: Session, store: ContentStore, count: int = 2) -> None:
    for number in range(count):
        publish_text(session, store, TEXT.replace("mortar", "mortar" + "!" * number))


def test_words_and_sections_are_found_with_the_change_that_ended_them(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    changed = publish_text(session, store, TEXT.replace("mortar", "lime").replace("hold soil", "keep soil"))
    publish_text(session, store, TEXT.replace("mortar", "cement").replace("hold soil", "keep soil"))
    summary = "Walls of dry stone that hold soil and water on a slope."
    wanted = {"what": fingerprint(WHAT), "summary": fingerprint(summary)}
    found = find_past(session, shape(store), "stone-terraces", wanted)
    assert {name: past.text for name, past in found.items()} == {"what": WHAT, "summary": summary}
    assert {past.number for past in found.values()} == {1}
    for past in found.values():
        assert past.changed_by is not None
        assert past.changed_by.change_number == changed.number


def test_of_a_text_that_came_back_the_newest_is_found(session: Session, store: ContentStore) -> None:
    for text in (TEXT, TEXT.replace("mortar", "lime"), TEXT, TEXT.replace("mortar", "cement")):
        publish_text(session, store, text)
    found = find_past(session, shape(store), "stone-terraces", {"what": fingerprint(WHAT)})
    assert found["what"].number == 3


def test_a_text_that_never_stood_is_not_found(session: Session, store: ContentStore) -> None:
    published(session, store)
    assert find_past(session, shape(store), "stone-terraces", {"what": "0" * 16, "no.such.word": "1" * 16}) == {}


def test_an_erased_text_is_not_found(session: Session, store: ContentStore) -> None:
    published(session, store)
    redact(session, store, None, Erasure(RECORD, "source", [1]), reason="asked to", now=NOW)
    assert find_past(session, shape(store), "stone-terraces", {"what": fingerprint(WHAT)}) == {}


def test_nothing_is_asked_where_nothing_is_stale_and_little_where_something_is(
    house: TestHouse, session: Session, store: ContentStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(session, store, 5)
    statements: list[str] = []
    event.listen(house.engine(), "before_cursor_execute", lambda *arguments: statements.append(arguments[2]))
    assert find_past(session, shape(store), "stone-terraces", {}) == {}
    assert statements == []
    monkeypatch.setattr(earlier_source, "MOST", 4)
    monkeypatch.setattr(earlier_source, "_STEP", 2)
    assert find_past(session, shape(store), "stone-terraces", {"what": fingerprint(WHAT)}) == {}
    assert len([each for each in statements if "FROM revision" in each]) == 2
