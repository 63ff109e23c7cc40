"""Deleted files: written again, unless somebody accepts the deletion."""

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
    house: TestHouse, session: Session, library: ContentStore
) -> None:
    publish_text(session, library, TEXT)
    publish_text(session, library, ITALIAN_TEXT, ITALIAN)
    remove(house.library_paths().path(SOURCE_PLACE).parent)
    assert {place.part for place, _ in find_deletions(session, library, RECORD)} == {"source", "it"}
    assert len(accept_deletions(session, library, [RECORD], NOW)) == 2
    catch_up_now(session, library)
    assert library.current().catalog.find("pages", "stone-terraces") is None
    assert not house.library_paths().path(SOURCE_PLACE).exists()
    assert not list(violations(session, library, [TEXT], []))


def test_a_deletion_reaches_the_other_machine(house: TestHouse, session: Session, library: ContentStore) -> None:
    publish_text(session, library, TEXT)
    publish_text(session, library, ITALIAN_TEXT, ITALIAN)
    other = TestHouse(house.root, house.database, name="b", _engines=[house.engine()]).make()
    second = other.library()
    second.rebuild_index()
    catch_up_now(session, second)
    remove(house.library_paths().path(ITALIAN))
    accept_deletions(session, library, [RECORD], NOW)
    catch_up_now(session, second)
    assert not other.library_paths().path(ITALIAN).exists()
    assert not list(violations(session, second, [TEXT], []))


def test_a_deleted_text_can_be_restored(house: TestHouse, session: Session, library: ContentStore) -> None:
    publish_text(session, library, TEXT)
    remove(house.library_paths().path(SOURCE_PLACE))
    accept_deletions(session, library, [RECORD], NOW)
    restore(session, library, a_curator(session), SOURCE_PLACE, 1, note="", now=NOW)
    assert house.library_paths().path(SOURCE_PLACE).read_text(encoding="utf-8") == TEXT
    head = log.find_head(session, SOURCE_PLACE)
    assert head is not None
    assert head.number == 3


def test_a_deleted_id_may_be_created_anew_and_continues_its_history(
    house: TestHouse, session: Session, library: ContentStore
) -> None:
    publish_text(session, library, TEXT)
    remove(house.library_paths().path(SOURCE_PLACE))
    accept_deletions(session, library, [RECORD], NOW)
    house.write(TEXT)
    catch_up_now(session, library)
    head = log.find_head(session, SOURCE_PLACE)
    assert head is not None
    assert (head.number, head.text) == (3, TEXT)


def test_what_this_machine_has_not_written_yet_was_deleted_by_nobody(
    house: TestHouse, session: Session, library: ContentStore
) -> None:
    publish_text(session, library, TEXT)
    other = TestHouse(house.root, house.database, name="b", _engines=[house.engine()]).make()
    second = other.library()
    catch_up_now(session, second)
    publish_text(session, library, ITALIAN_TEXT, ITALIAN)
    assert find_deletions(session, second, RECORD) == []
    assert accept_deletions(session, second, [RECORD], NOW) == []


def put_back(house: TestHouse, session: Session, library: ContentStore) -> None:
    """Delete a record in the folder of a site that serves."""
    publish_text(session, library, TEXT)
    remove(house.library_paths().path(SOURCE_PLACE))
    for _ in range(2):  # the second look finds nothing wrong any more
        catch_up_now(session, library)
    assert house.library_paths().path(SOURCE_PLACE).exists()
    assert [place for place, _ in find_deletions(session, library, RECORD)] == [SOURCE_PLACE]


def test_what_was_put_back_is_deleted_for_good_by_whoever_may_and_says_why(
    house: TestHouse, session: Session, library: ContentStore
) -> None:
    put_back(house, session, library)
    publisher, curator = a_curator(session), a_curator(session, "c@example.org", Role.CURATOR)
    with pytest.raises(Forbidden):
        delete_for_good(session, library, curator, RECORD, note="Twice.", four_eyes=False, now=NOW)
    with pytest.raises(Rejected):
        delete_for_good(session, library, publisher, RECORD, note="", four_eyes=True, now=NOW)
    delete_for_good(session, library, publisher, RECORD, note="Twice.", four_eyes=True, now=NOW)
    catch_up_now(session, library)
    assert not house.library_paths().path(SOURCE_PLACE).exists()
    change = session.scalars(select(Change).order_by(Change.number.desc())).first()
    assert change is not None
    assert (change.author_id, change.note) == (publisher.id, "Twice.")
    assert not list(violations(session, library, [TEXT], []))


def test_what_was_kept_or_changed_since_is_deleted_by_nobody(
    house: TestHouse, session: Session, library: ContentStore
) -> None:
    put_back(house, session, library)
    keep(session, library, a_curator(session), RECORD)
    assert find_deletions(session, library, RECORD) == []
    put_back_again = house.library_paths().path(SOURCE_PLACE)
    remove(put_back_again)
    catch_up_now(session, library)
    publish_text(session, library, TEXT.replace("Walls", "Old walls"))
    with pytest.raises(Rejected):
        delete_for_good(session, library, a_curator(session), RECORD, note="", four_eyes=False, now=NOW)
    assert put_back_again.exists()
