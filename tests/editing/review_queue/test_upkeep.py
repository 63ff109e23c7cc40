"""Maintenance tasks are counted from published records only."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kb.content_store.store import ContentStore
from kb.editing.review_queue.upkeep import overdue, unrated
from kb.records.files.paths import RecordFile
from tests.house import TEXT, a_house, publish_text


def test_overdue_reviews_come_by_keeper_the_longest_waiting_first(tmp_path: Path) -> None:
    house = a_house(tmp_path)
    store = house.store()
    with house.session() as session:
        for record_id, due in (("a", "2026-03-01"), ("b", "2026-01-01"), ("c", "2027-01-01"), ("d", "2026-02-01")):
            text = TEXT.replace("id: stone-terraces", f"id: {record_id}").replace(
                "status: published", f"status: {'draft' if record_id == 'd' else 'published'}\nreview_due: {due}"
            )
            publish_text(session, store, text, RecordFile("pages", record_id, "source"))
    (group,), number = overdue(store.current().catalog, date(2026, 6, 1))
    assert number == 2
    assert group.keeper == ""
    assert [entry.id for entry in group.entries] == ["b", "a"]  # c is not due yet, d is not published
    store.close()
    house.close()


def test_nothing_is_overdue_before_its_day(store: ContentStore) -> None:
    assert overdue(store.current().catalog, date(2000, 1, 1)) == ((), 0)


def test_practices_without_a_level_are_named(store: ContentStore) -> None:
    catalog = store.current().catalog
    found, number = unrated(catalog)
    assert number == len(found)
    for entry in catalog.entries("practices"):
        has_level = bool(entry.facets.get("evidence"))
        assert (entry in found) is not has_level
