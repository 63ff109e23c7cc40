"""The library: what is made of a record is made once, and a generation is read anew only where it changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kb.content_store.catalog import CatalogEntry
from kb.content_store.reference_data import ReferenceData
from kb.content_store.store import ContentStore
from kb.kinds.registry import KINDS
from kb.records.files.snapshot import Derived
from kb.records.record import Bundle
from kb.search.engine import SMALL_SEGMENTS
from kb.search.index.index_document import IndexDocument
from kb.search.query.search_query import SearchQuery
from tests.builders import a_bundle, a_translation_text

KEY = ("practices", "ask-before-referral")
ITALIAN = {"it": a_translation_text()}


@pytest.fixture
def opened(tmp_path: Path, knowledge: ReferenceData) -> Iterator[ContentStore]:
    """A store without records, its index built."""
    store = ContentStore(tmp_path / "content", tmp_path / "var", knowledge=knowledge)
    store.rebuild_index()
    yield store
    store.close()


def another(store: ContentStore, knowledge: ReferenceData) -> ContentStore:
    """Return the store of another process."""
    found = ContentStore(store.content.root, store.data, knowledge=knowledge)
    found.refresh()
    return found


def entry(store: ContentStore) -> CatalogEntry:
    return store.current().catalog.columns[KEY]


def with_bodies(store: ContentStore, bundle: Bundle, **bodies: str) -> None:
    """Let the snapshot hold other plain texts than those of the record."""
    row = store.snapshot.row(*bundle.key)
    assert row is not None
    store.snapshot.update([bundle], derived={bundle.key: Derived(row.columns, bodies)})


def test_the_plain_texts_of_a_record_are_kept_as_they_are_indexed(opened: ContentStore) -> None:
    bundle = a_bundle(ITALIAN)
    opened.derive([bundle])
    made = opened.documents(bundle)
    assert {document.language: document.body for document in made} == opened.snapshot.bodies(*KEY)
    assert opened.snapshot.body(*KEY, "it").startswith("Gli agenti chiedono")
    assert tuple(opened.all_documents()) == made


def test_a_rebuild_takes_the_texts_that_are_kept(opened: ContentStore) -> None:
    bundle = a_bundle(ITALIAN)
    opened.derive([bundle])
    with_bodies(opened, bundle, en="Something about zeppelins.", it="Di dirigibili.")
    assert [document.body for document in opened.all_documents()] == ["Something about zeppelins.", "Di dirigibili."]
    opened.rebuild_index()
    assert opened.engine.find(SearchQuery("zeppelins")).total == 1


def test_mending_takes_the_texts_that_are_kept(opened: ContentStore) -> None:
    bundle = a_bundle()
    opened.derive([bundle])
    with_bodies(opened, bundle, en="Something about zeppelins.")
    opened.engine.update([], [KEY])
    opened.refresh()
    assert opened.mend_index() == 1
    search = opened.current().search
    assert search is not None
    assert search.find(SearchQuery("zeppelins")).total == 1  # readers find it at once


def test_a_text_that_is_not_kept_is_made_anew(opened: ContentStore) -> None:
    bundle = a_bundle(ITALIAN)
    opened.derive([bundle])
    with_bodies(opened, bundle, en="Something about zeppelins.")
    assert tuple(opened.all_documents()) == opened.documents(bundle)


def test_what_is_not_published_has_no_text_and_stands_in_no_index(opened: ContentStore) -> None:
    opened.derive([a_bundle()])
    opened.derive([a_bundle(status="draft")])
    opened.refresh()
    assert opened.snapshot.bodies(*KEY) == {}
    assert list(opened.all_documents()) == []
    assert opened.stale_in_index() == ([], [])
    assert opened.engine.fingerprints() == {}
    assert entry(opened).facets["country"] == ("PT",)


def test_a_record_without_a_document_is_kept(
    tmp_path: Path, knowledge: ReferenceData, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_given: object) -> tuple[IndexDocument, ...]:
        message = "no document of this"
        raise ValueError(message)

    kinds = [replace(kind, documents=broken) for kind in KINDS]
    store = ContentStore(tmp_path / "content", tmp_path / "var", kinds, knowledge=knowledge)
    store.derive([a_bundle()])
    store.refresh()
    assert entry(store).title("en")[0] == "Police ask before they refer"
    assert list(store.all_documents()) == []
    assert "no document for the index can be made of practices/ask-before-referral" in caplog.text
    store.close()


def test_another_process_reads_only_what_changed(opened: ContentStore, knowledge: ReferenceData) -> None:
    opened.derive([a_bundle(), a_bundle(id="another-one")])
    other = another(opened, knowledge)
    before = other.current()
    assert not other.refresh()
    opened.derive([a_bundle(title="Police ask first")])
    assert other.refresh()
    after = other.current()
    assert entry(other).title("en")[0] == "Police ask first"
    assert after.catalog.columns["practices", "another-one"] is before.catalog.columns["practices", "another-one"]
    assert after.stamp != before.stamp
    opened.derive([], [KEY])
    assert other.refresh()
    assert set(other.current().catalog.columns) == {("practices", "another-one")}
    other.close()


def test_all_processes_give_a_generation_the_same_stamp(opened: ContentStore, knowledge: ReferenceData) -> None:
    opened.refresh()
    for title in ("One", "Two"):
        opened.derive([a_bundle(title=title), a_bundle(id="another-one")])
        opened.refresh()
    other = another(opened, knowledge)
    assert other.current().stamp == opened.current().stamp
    other.close()


def test_a_snapshot_that_was_thrown_away_is_read_whole(opened: ContentStore) -> None:
    opened.derive([a_bundle(), a_bundle(id="another-one")])
    opened.refresh()
    opened.close()
    for path in opened.data.glob("snapshot.sqlite*"):
        path.unlink()
    opened.derive([a_bundle(title="Police ask first")])
    assert not opened.refresh()  # readers keep all records until it is whole
    assert len(opened.current().catalog.columns) == 2
    opened.snapshot.complete()
    assert opened.refresh()
    assert {key: each.title("en")[0] for key, each in opened.current().catalog.columns.items()} == {
        KEY: "Police ask first"
    }


def test_publications_one_by_one_leave_few_segments_and_lose_nothing(opened: ContentStore) -> None:
    for number in range(25):
        opened.derive([a_bundle(id=f"practice-{number}", title=f"Terrace{number} of stone")])
        if number == 20:
            opened.derive([], [("practices", "practice-3")])
        opened.refresh()
        opened.merge_index()
    search = opened.current().search
    assert search is not None
    assert len(search.segments) <= SMALL_SEGMENTS + 2
    found = {hit.id for hit in search.find(SearchQuery("stone", per_page=50)).hits}
    assert found == {f"practice-{number}" for number in range(25) if number != 3}
    assert [search.find(SearchQuery(f"terrace{number}")).total for number in (0, 11, 24)] == [1, 1, 1]
