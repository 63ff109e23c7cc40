"""A kill at any point of a publication loses nothing that was confirmed, and the next start repairs the rest."""

from __future__ import annotations

import signal

import pytest
from sqlalchemy.orm import Session

from kb import fault_points
from kb.content_store.store import ContentStore
from kb.history import log
from tests.house import ITALIAN, ITALIAN_TEXT, SOURCE_PLACE, TEXT, TestHouse, catch_up_now, publish_text
from tests.invariants import violations
from tests.worker import ITALIAN_SECOND, OTHER_PLACE, OUTSIDE, SECOND, run

pytestmark = pytest.mark.slow

# Fault points that only other tasks pass. A publication passes all the rest.
ONLY_IN = {
    "index-between-steps": "together",
    "build-before-swap": "rebuild",
    "build-after-swap": "rebuild",
    "delete-before-unlink": "deleted-elsewhere",
    "delete-after-unlink": "deleted-elsewhere",
}
COMMITTED = fault_points.POINTS.index("log-after-commit")


def start_again(house: TestHouse) -> ContentStore:
    store = house.store()
    with house.session() as session:
        catch_up_now(session, store)
        store.mend_index()
    return store


@pytest.mark.parametrize("fault", [name for name in fault_points.POINTS if name not in ONLY_IN])
def test_a_kill_while_publishing_loses_nothing(
    fault: str, house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    assert run(house, fault, "publish") == -signal.SIGKILL
    store = start_again(house)
    session.rollback()
    # A publication committed before the kill is complete; any other one has left no trace.
    is_saved = fault_points.POINTS.index(fault) >= COMMITTED
    expected = SECOND if is_saved else TEXT
    assert house.store_paths().path(SOURCE_PLACE).read_text(encoding="utf-8") == expected
    head = log.find_head(session, SOURCE_PLACE)
    assert head is not None
    assert head.number == (2 if is_saved else 1)
    assert not list(violations(session, store, [TEXT, *([SECOND] if is_saved else [])], []))


@pytest.mark.parametrize("fault", [name for name, task in ONLY_IN.items() if task == "together"])
def test_a_kill_while_the_index_follows_a_large_change_leaves_all_of_it_published(
    fault: str, house: TestHouse, session: Session, store: ContentStore
) -> None:
    other = TEXT.replace(f"id: {SOURCE_PLACE.id}", f"id: {OTHER_PLACE.id}")
    publish_text(session, store, TEXT)
    publish_text(session, store, other, OTHER_PLACE)
    assert run(house, fault, "together") == -signal.SIGKILL
    killed = house.store()
    killed.refresh()
    assert len(killed.stale_in_index()[0]) == 1
    killed.close()
    store = start_again(house)
    session.rollback()
    assert not list(violations(session, store, [TEXT, SECOND], []))


@pytest.mark.parametrize("fault", [name for name, task in ONLY_IN.items() if task == "rebuild"])
def test_a_kill_while_building_an_index_leaves_one_that_works(
    fault: str, house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    assert run(house, fault, "rebuild") == -signal.SIGKILL
    store = start_again(house)
    session.rollback()
    assert not list(violations(session, store, [TEXT], []))


@pytest.mark.parametrize("fault", [name for name, task in ONLY_IN.items() if task == "deleted-elsewhere"])
def test_a_kill_while_removing_a_file_removes_it_at_the_next_start(
    fault: str, house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    other = TestHouse(house.root, house.database, name="b").make()
    second = other.store()
    second.rebuild_index()
    catch_up_now(session, second)
    second.close()
    # Deleted on the first machine; the second one is killed while it synchronises.
    assert run(house, "build-after-swap", "delete") == 0
    assert run(other, fault, "restart", "b") == -signal.SIGKILL
    store = start_again(other)
    session.rollback()
    assert not other.store_paths().path(ITALIAN).exists()
    assert not list(violations(session, store, [TEXT], []))
    other.close()


@pytest.mark.parametrize("fault", ["apply-after-applied-mark", "log-before-commit", "log-after-commit"])
def test_an_outside_edit_survives_a_kill_while_it_is_recorded(
    fault: str, house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    run(house, fault, "outside")
    store = start_again(house)
    session.rollback()
    assert house.store_paths().path(SOURCE_PLACE).read_text(encoding="utf-8") == OUTSIDE
    assert not list(violations(session, store, [TEXT, OUTSIDE], []))


def test_a_kill_while_a_translation_is_published_for_the_first_time_loses_nothing(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    assert run(house, "replace-half-written", "translate") == -signal.SIGKILL
    store = start_again(house)
    session.rollback()
    text = house.store_paths().path(ITALIAN).read_text(encoding="utf-8")
    assert "secondo testo" in text
    assert "by: person" in text
    assert ITALIAN_SECOND.partition("---\n## ")[2] in text
    assert not list(violations(session, store, [TEXT], []))


def test_a_kill_while_a_new_file_has_two_names_leaves_nothing_behind(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    assert run(house, "replace-after-rename", "translate") == -signal.SIGKILL  # the first text of a new file
    store = start_again(house)
    session.rollback()
    assert list(store.content.leftovers()) == []
    for text in (ITALIAN_TEXT, ITALIAN_TEXT.replace("Muri senza", "Pareti senza")):
        publish_text(session, store, text, ITALIAN)
        assert list(store.content.leftovers()) == []
    live = house.store_paths().path(ITALIAN)
    assert not [path for path in store.replaced.folder.iterdir() if path.samefile(live)]


@pytest.mark.parametrize("fault", ["replace-after-rename", "replace-before-keep"])
def test_what_was_displaced_survives_a_kill_and_a_publication_before_any_sweep(
    fault: str, house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    assert run(house, fault, "displace") == -signal.SIGKILL
    session.rollback()
    # The next event is a publication, which checks only this record.
    publish_text(session, house.store(), TEXT.replace("Walls", "Fences"))
    assert not list(violations(session, start_again(house), [TEXT, SECOND], [], [OUTSIDE]))
