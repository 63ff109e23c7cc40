"""The follower: each process sees within a second what another one published; broken data is repaired."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest
from sqlalchemy.orm import Session

from kb import fault_points
from kb.content_store.store import ContentStore
from kb.errors import Unavailable
from kb.history import log
from kb.publishing.follower import FOLDER, TICK, Follower
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from tests.house import NOW, RECORD, SOURCE_PLACE, TEXT, TestHouse, catch_up_now, publish_text
from tests.invariants import violations

SECOND = TEXT.replace("title: Stone terraces", "title: Terraces of stone")


def title(store: ContentStore) -> str:
    entry = store.current().catalog.find("pages", "stone-terraces")
    return entry.title("en")[0] if entry else ""


@contextmanager
def following(house: TestHouse, store: ContentStore) -> Iterator[Follower]:
    follower = Follower(store, house.session, now=lambda: NOW)
    follower.start()
    try:
        yield follower
    finally:
        follower.stop()


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.01)
    return False


def test_a_follower_sees_at_its_next_look_what_another_process_published(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    worker = house.store()  # another process of the same machine
    follower = Follower(worker, house.session, now=lambda: NOW)
    follower.walk()
    publish_text(session, store, SECOND)
    assert title(worker) == "Stone terraces"
    follower.look()
    assert title(worker) == "Terraces of stone"
    assert TICK < 1


def test_a_running_follower_sees_a_publication_without_being_asked(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    worker = house.store()
    with following(house, worker):
        assert wait_for(lambda: title(worker) == "Stone terraces", 20)
        publish_text(session, store, SECOND)
        assert wait_for(lambda: title(worker) == "Terraces of stone", 20)


def test_a_follower_records_a_file_that_changed_outside(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    follower = Follower(store, house.session, now=lambda: NOW)
    follower.walk()
    house.write(SECOND)
    follower.walk()
    assert title(store) == "Terraces of stone"
    session.rollback()
    head = log.find_head(session, SOURCE_PLACE)
    assert head is not None
    assert head.number == 2


def test_a_walk_without_changes_reads_no_file_and_changes_nothing(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    follower = Follower(store, house.session, now=lambda: NOW)
    follower.walk()
    before = store.current()
    follower.walk()
    assert store.current() is before


def test_what_is_no_file_of_a_record_is_told_for_as_long_as_it_is_there(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    strays = [house.content / "pages" / "Bad Name", house.content / "pages" / "stone-terraces" / "readme.txt"]
    for stray in strays:
        stray.write_text("x")
    follower = Follower(store, house.session, now=lambda: NOW)
    for _ in range(2):
        follower.walk()
        assert [problem.path for problem in store.problems.of(FOLDER)] == [
            "content/pages/Bad Name",
            "content/pages/stone-terraces/readme.txt",
        ]
    for stray in strays:
        stray.unlink()
    follower.walk()
    assert not store.problems.of(FOLDER)


@pytest.mark.parametrize("damage", ["remove", "spoil"])
def test_a_follower_builds_a_lost_index_again(
    damage: str, house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    if damage == "remove":
        shutil.rmtree(store.index_folder)
    else:
        (store.index_folder / "CURRENT").write_text("nonsense")
    worker = house.store()
    assert worker.engine.status().reason
    Follower(worker, house.session, now=lambda: NOW).walk()
    assert not worker.engine.status().reason
    assert not list(violations(session, worker, [TEXT], []))


def test_a_follower_mends_an_index_that_is_behind(house: TestHouse, session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    store.engine.update([], [("pages", "stone-terraces")])
    assert store.stale_in_index() == ([("pages", "stone-terraces")], [])
    Follower(store, house.session, now=lambda: NOW).walk()
    assert store.stale_in_index() == ([], [])


def test_a_publication_adds_to_the_index_and_the_follower_merges_it_later(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    # Each text is written by a publication of its own, and a merge while a publisher waits would take seconds.
    for name in ("stone-terraces", "clay-terraces", "sand-terraces", "turf-terraces"):
        place = RecordFile("pages", name, SOURCE)
        publish_text(session, store, TEXT.replace("id: stone-terraces", f"id: {name}"), place)
    added = len(store.engine.view().segments)
    assert added >= 4
    Follower(store, house.session, now=lambda: NOW).walk()
    assert len(store.engine.view().segments) < added
    assert not store.engine.records_to_merge()
    assert store.stale_in_index() == ([], [])


def test_a_lost_snapshot_is_made_again_from_the_log(house: TestHouse, session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    store.close()
    for path in house.data.glob("snapshot.sqlite*"):
        path.unlink()
    fresh = house.store()
    catch_up_now(session, fresh)
    assert title(fresh) == "Stone terraces"


def test_a_change_that_was_saved_but_not_applied_is_applied_by_the_follower(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    follower = Follower(store, house.session, now=lambda: NOW)
    follower.walk()
    # Another machine publishes into the same log.
    other = TestHouse(house.root, house.database, name="b", _engines=[house.engine()]).make()
    second = other.store()
    catch_up_now(session, second)
    publish_text(session, second, SECOND)
    follower.look()
    assert house.store_paths().path(SOURCE_PLACE).read_text(encoding="utf-8") == SECOND
    assert title(store) == "Terraces of stone"


def test_a_file_that_changes_while_others_are_met_is_seen_at_the_next_walk(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    follower = Follower(store, house.session, now=lambda: NOW)
    follower.walk()
    house.write(SECOND)
    third = TEXT.replace("title: Stone terraces", "title: Walls of stone")

    def somebody_saves() -> None:
        house.write(third)

    fault_points.arm("index-before-commit", do=somebody_saves)
    follower.walk()
    follower.walk()
    assert title(store) == "Walls of stone"


def test_one_record_that_cannot_be_read_stops_no_other(house: TestHouse, session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    other = house.content / "pages" / "other-terraces"
    other.mkdir()
    # A folder blocks the temporary file of the next revision, so writing fails as on a full disk.
    (house.content / "pages" / "stone-terraces" / ".page.md.part").mkdir()
    worker = TestHouse(house.root, house.database, name="b", _engines=[house.engine()]).make()
    publish_text(session, worker.store(), SECOND)
    (other / "page.md").write_text(TEXT.replace("id: stone-terraces", "id: other-terraces"))
    follower = Follower(store, house.session, now=lambda: NOW)
    follower.walk()
    assert store.current().catalog.find("pages", "other-terraces") is not None
    assert title(store) == "Terraces of stone"  # readers get the text of the log
    assert [problem.code for problem in store.problems.of(RECORD)] == ["record-failed"]
    (house.content / "pages" / "stone-terraces" / ".page.md.part").rmdir()
    follower.walk()
    assert house.store_paths().path(SOURCE_PLACE).read_text(encoding="utf-8") == SECOND
    assert not store.problems.of(RECORD)


def test_after_a_restore_from_a_backup_the_log_is_followed_again(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    store.applied.reach(500)
    worker = TestHouse(house.root, house.database, name="b", _engines=[house.engine()]).make()
    publish_text(session, worker.store(), SECOND)
    Follower(store, house.session, now=lambda: NOW).look()
    assert store.applied.reached() == 2
    assert title(store) == "Terraces of stone"


def test_a_damaged_snapshot_is_made_again(house: TestHouse, session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    store.close()
    for path in house.data.glob("snapshot.sqlite*"):
        path.unlink() if path.suffix != ".sqlite" else path.write_bytes(b"no database at all" * 100)
    fresh = house.store()
    catch_up_now(session, fresh)
    assert title(fresh) == "Stone terraces"


def test_what_is_wrong_with_a_file_is_known_after_a_restart_until_it_is_mended(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    house.write(TEXT.replace("language: en", "language: [en"))
    catch_up_now(session, store)
    again = house.store()  # before its first synchronisation
    assert [problem.code for problem in again.problems.of(RECORD)] == ["syntax"]
    house.write(TEXT)
    Follower(again, house.session, now=lambda: NOW).walk()
    assert store.problems.all() == {}
    again.close()


def test_a_record_that_was_read_just_now_is_read_once_until_something_is_published(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    Follower(store, house.session, now=lambda: NOW).walk()
    before = store.current().catalog.bundle("pages", "stone-terraces")
    assert store.current().catalog.bundle("pages", "stone-terraces") is before
    publish_text(session, store, TEXT.replace("Stone terraces", "Terraces of stone"))
    Follower(store, house.session, now=lambda: NOW).walk()
    assert store.current().catalog.bundle("pages", "stone-terraces").record != before.record


@pytest.mark.parametrize("damage", ["deleted", "garbage"])
def test_while_a_lost_snapshot_is_made_again_readers_are_asked_to_come_again(
    house: TestHouse, session: Session, store: ContentStore, damage: str
) -> None:
    publish_text(session, store, TEXT)
    follower = Follower(store, house.session, now=lambda: NOW)
    follower.walk()
    reading = store.current().catalog.reading
    assert store.current().catalog.find("pages", "stone-terraces")  # a record that was read just now would be kept
    if damage == "garbage":
        store.snapshot.close()  # an open connection would continue with its cached pages
    for path in house.data.glob("snapshot.sqlite*"):
        path.unlink() if damage == "deleted" or path.suffix != ".sqlite" else path.write_bytes(b"no database" * 9000)
    for _ in range(2):  # the first read may find the damage, the second one an empty file
        with pytest.raises(Unavailable):
            reading("pages", "stone-terraces", "en")
        with suppress(Unavailable):
            store.refresh()
        assert store.current().catalog.find("pages", "stone-terraces") is not None
    follower.walk()
    assert reading("pages", "stone-terraces", "en")
    assert title(store) == "Stone terraces"
