"""Deleted files are restored, unless a user accepts the deletion."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import Role
from kb.content_store.store import ContentStore
from kb.errors import Forbidden, Rejected
from kb.history import log
from kb.history.model import Change
from kb.publishing.actions import restore
from kb.publishing.deletions import accept_deletions, delete_for_good, find_deletions, keep
from tests.house import (
    ITALIAN,
    ITALIAN_TEXT,
    NOW,
    RECORD,
    SOURCE_PLACE,
    TEXT,
    TestHouse,
    a_curator,
    catch_up_now,
    publish_text,
    remove,
)
from tests.invariants import violations


def test_an_accepted_deletion_takes_the_record_from_readers_and_stays_so(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    remove(house.store_paths().path(SOURCE_PLACE).parent)
    assert {place.part for place, _ in find_deletions(session, store, RECORD)} == {"source", "it"}
    assert len(accept_deletions(session, store, [RECORD], NOW)) == 2
    catch_up_now(session, store)
    assert store.current().catalog.find("pages", "stone-terraces") is None
    assert not house.store_paths().path(SOURCE_PLACE).exists()
    assert not list(violations(session, store, [TEXT], []))


def test_a_deletion_reaches_the_other_machine(house: TestHouse, session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    other = TestHouse(house.root, house.database, name="b", _engines=[house.engine()]).make()
    second = other.store()
    second.rebuild_index()
    catch_up_now(session, second)
    remove(house.store_paths().path(ITALIAN))
    accept_deletions(session, store, [RECORD], NOW)
    catch_up_now(session, second)
    assert not other.store_paths().path(ITALIAN).exists()
    assert not list(violations(session, second, [TEXT], []))


def test_a_deleted_text_can_be_restored(house: TestHouse, session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    remove(house.store_paths().path(SOURCE_PLACE))
    accept_deletions(session, store, [RECORD], NOW)
    restore(session, store, a_curator(session), SOURCE_PLACE, 1, note="", now=NOW)
    assert house.store_paths().path(SOURCE_PLACE).read_text(encoding="utf-8") == TEXT
    head = log.find_head(session, SOURCE_PLACE)
    assert head is not None
    assert head.number == 3


def test_a_deleted_id_may_be_created_anew_and_continues_its_history(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    remove(house.store_paths().path(SOURCE_PLACE))
    accept_deletions(session, store, [RECORD], NOW)
    house.write(TEXT)
    catch_up_now(session, store)
    head = log.find_head(session, SOURCE_PLACE)
    assert head is not None
    assert (head.number, head.text) == (3, TEXT)


def test_what_this_machine_has_not_written_yet_was_deleted_by_nobody(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    other = TestHouse(house.root, house.database, name="b", _engines=[house.engine()]).make()
    second = other.store()
    catch_up_now(session, second)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    assert find_deletions(session, second, RECORD) == []
    assert accept_deletions(session, second, [RECORD], NOW) == []


def put_back(house: TestHouse, session: Session, store: ContentStore) -> None:
    """Delete a record in the folder of a running site, and check that it is restored."""
    publish_text(session, store, TEXT)
    remove(house.store_paths().path(SOURCE_PLACE))
    for _ in range(2):  # the second run finds nothing wrong any more
        catch_up_now(session, store)
    assert house.store_paths().path(SOURCE_PLACE).exists()
    assert [place for place, _ in find_deletions(session, store, RECORD)] == [SOURCE_PLACE]


def test_what_was_put_back_is_deleted_for_good_by_whoever_may_and_says_why(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    put_back(house, session, store)
    publisher, curator = a_curator(session), a_curator(session, "c@example.org", Role.CURATOR)
    with pytest.raises(Forbidden):
        delete_for_good(session, store, curator, RECORD, note="Twice.", four_eyes=False, now=NOW)
    with pytest.raises(Rejected):
        delete_for_good(session, store, publisher, RECORD, note="", four_eyes=True, now=NOW)
    delete_for_good(session, store, publisher, RECORD, note="Twice.", four_eyes=True, now=NOW)
    catch_up_now(session, store)
    assert not house.store_paths().path(SOURCE_PLACE).exists()
    change = session.scalars(select(Change).order_by(Change.number.desc())).first()
    assert change is not None
    assert (change.author_id, change.note) == (publisher.id, "Twice.")
    assert not list(violations(session, store, [TEXT], []))


def test_what_was_kept_or_changed_since_is_deleted_by_nobody(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    put_back(house, session, store)
    keep(session, store, a_curator(session), RECORD)
    assert find_deletions(session, store, RECORD) == []
    put_back_again = house.store_paths().path(SOURCE_PLACE)
    remove(put_back_again)
    catch_up_now(session, store)
    publish_text(session, store, TEXT.replace("Walls", "Old walls"))
    with pytest.raises(Rejected):
        delete_for_good(session, store, a_curator(session), RECORD, note="", four_eyes=False, now=NOW)
    assert put_back_again.exists()
