"""The eight rules that synchronise files and log, by name; then failures during synchronisation."""

from __future__ import annotations

import pytest
import sqlalchemy
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb import fault_points
from kb.content_store.store import ContentStore
from kb.history import log
from kb.history.model import ChangeOrigin, Draft, DraftOrigin
from tests.house import (
    ITALIAN,
    ITALIAN_TEXT,
    RECORD,
    SOURCE_PLACE,
    TEXT,
    TestHouse,
    catch_up_now,
    publish_text,
    remove,
)
from tests.invariants import violations

SECOND = TEXT.replace("Walls without mortar.", "Walls without mortar, second text.")
THIRD = TEXT.replace("Walls without mortar.", "Walls without mortar, third text.")


def number_of(session: Session) -> int:
    head = log.find_head(session, SOURCE_PLACE)
    return head.number if head else 0


def file_text(house: TestHouse) -> str:
    return house.store_paths().path(SOURCE_PLACE).read_text(encoding="utf-8")


def set_aside(session: Session) -> list[str]:
    return list(session.scalars(select(Draft.text).where(Draft.origin == DraftOrigin.FILE)))


def all_agree(session: Session, store: ContentStore) -> bool:
    return not list(violations(session, store, (), ()))


def test_rule_1_a_file_that_the_log_does_not_know_becomes_revision_1_from_a_file(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    house.write(TEXT)
    catch_up_now(session, store)
    head = log.find_head(session, SOURCE_PLACE)
    assert head is not None
    assert (head.number, head.text, head.origin) == (1, TEXT, ChangeOrigin.FILE)
    assert store.current().catalog.find("pages", "stone-terraces") is not None


def test_rule_1_records_source_and_translation_in_one_change(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    house.write(TEXT)
    house.write(ITALIAN_TEXT, ITALIAN)
    catch_up_now(session, store)
    assert len({revision.change_number for revision in log.history(session, RECORD)}) == 1
    reading = store.current().catalog.reading("pages", "stone-terraces", "it")
    assert reading.text("title") == "Terrazze di pietra"


def test_rule_2_a_file_that_equals_the_head_sets_the_marker(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    house.write(TEXT)
    catch_up_now(session, store)
    remove(store.applied.path)
    fresh = house.store()
    catch_up_now(session, fresh)
    marker = fresh.applied.find(SOURCE_PLACE)
    assert marker is not None
    assert marker.number == 1
    assert number_of(session) == 1


def test_rule_3_a_file_that_was_applied_here_follows_the_log(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    house.write(TEXT)
    catch_up_now(session, store)
    before = house.store_paths().path(SOURCE_PLACE).read_bytes()
    publish_text(session, store, SECOND)
    # The state after a crash between commit and replacement: the old file, and the old marker.
    house.store_paths().path(SOURCE_PLACE).write_bytes(before)
    store.applied.done(SOURCE_PLACE, 1, log.get_revision(session, SOURCE_PLACE, 1).fingerprint)
    catch_up_now(session, store)
    assert file_text(house) == SECOND
    assert not set_aside(session)


def test_rule_3_a_file_that_was_being_applied_follows_the_log(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    house.write(TEXT)
    catch_up_now(session, store)
    publish_text(session, store, SECOND)
    publish_text(session, store, THIRD)
    # The state after a crash while the second text was being applied; the third one was published meanwhile.
    house.write(SECOND)
    store.applied.done(SOURCE_PLACE, 1, log.get_revision(session, SOURCE_PLACE, 1).fingerprint)
    store.applied.begin(SOURCE_PLACE, log.get_revision(session, SOURCE_PLACE, 2).fingerprint)
    catch_up_now(session, store)
    assert file_text(house) == THIRD
    assert not set_aside(session)


def test_rule_4_a_new_machine_with_an_older_file_takes_the_head(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    house.write(TEXT)
    catch_up_now(session, store)
    publish_text(session, store, SECOND)
    other = TestHouse(house.root, house.database, name="b", _engines=[house.engine()]).make()
    other.write(TEXT)
    catch_up_now(session, other.store())
    assert file_text(other) == SECOND
    assert number_of(session) == 2
    assert not set_aside(session)


def test_rule_5_an_outside_change_of_the_newest_text_is_the_next_revision(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    house.write(TEXT)
    catch_up_now(session, store)
    house.write(SECOND)
    catch_up_now(session, store)
    head = log.find_head(session, SOURCE_PLACE)
    assert head is not None
    assert (head.number, head.text, head.origin) == (2, SECOND, ChangeOrigin.FILE)


def test_rule_5_an_old_text_put_back_from_outside_is_a_revision_too(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    house.write(TEXT)
    catch_up_now(session, store)
    publish_text(session, store, SECOND)
    house.write(TEXT)
    catch_up_now(session, store)
    assert number_of(session) == 3
    assert file_text(house) == TEXT


def test_rule_5_an_outside_change_is_set_aside_where_the_log_has_moved_on(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    house.write(TEXT)
    catch_up_now(session, store)
    publish_text(session, store, SECOND)
    # This machine has not applied the second text yet, and another program wrote a third one into its file.
    store.applied.done(SOURCE_PLACE, 1, log.get_revision(session, SOURCE_PLACE, 1).fingerprint)
    house.write(THIRD)
    catch_up_now(session, store)
    assert set_aside(session) == [THIRD]
    assert file_text(house) == SECOND
    assert number_of(session) == 2


def test_rule_5_an_unknown_text_without_a_marker_is_set_aside(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    house.write(TEXT)
    catch_up_now(session, store)
    other = TestHouse(house.root, house.database, name="b", _engines=[house.engine()]).make()
    other.write(THIRD)
    catch_up_now(session, other.store())
    assert set_aside(session) == [THIRD]
    assert file_text(other) == TEXT


def test_rule_6_what_is_replaced_is_kept(house: TestHouse, session: Session, store: ContentStore) -> None:
    house.write(TEXT)
    catch_up_now(session, store)
    publish_text(session, store, SECOND)
    kept = [path.read_text(encoding="utf-8") for path in store.replaced.folder.iterdir()]
    assert kept == [TEXT]


@pytest.mark.parametrize("moment", ["apply-before-applying-mark", "replace-before-temporary", "replace-before-rename"])
def test_rule_6_what_is_displaced_although_nobody_read_it_is_set_aside(
    moment: str, house: TestHouse, session: Session, store: ContentStore
) -> None:
    house.write(TEXT)
    catch_up_now(session, store)

    def somebody_saves() -> None:
        house.write(THIRD)

    fault_points.arm(moment, do=somebody_saves)
    publish_text(session, store, SECOND)
    assert file_text(house) == SECOND
    assert set_aside(session) == [THIRD]


def test_rule_7_a_missing_file_is_a_problem_and_is_written_again(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    house.write(TEXT)
    catch_up_now(session, store)
    remove(house.store_paths().path(SOURCE_PLACE).parent)
    result = catch_up_now(session, store)
    assert [problem.code for problem in result.problems] == ["file-missing"]
    assert file_text(house) == TEXT


def test_rule_7_a_broken_file_is_a_problem_and_readers_keep_the_last_good_text(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    house.write(TEXT)
    catch_up_now(session, store)
    broken = TEXT.replace("title: Stone terraces", "title: [")
    house.write(broken)
    result = catch_up_now(session, store)
    assert [(problem.path, problem.code) for problem in result.problems] == [
        ("content/pages/stone-terraces/page.md", "syntax")
    ]
    assert file_text(house) == broken
    assert number_of(session) == 1
    assert store.current().catalog.reading("pages", "stone-terraces", "en").text("title") == "Stone terraces"


def test_rule_8_two_machines_that_see_the_same_file_agree(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    other = TestHouse(house.root, house.database, name="b", _engines=[house.engine()]).make()
    house.write(TEXT)
    other.write(TEXT)
    catch_up_now(session, store)
    catch_up_now(session, other.store())
    assert number_of(session) == 1
    house.write(SECOND)
    other.write(SECOND)
    catch_up_now(session, store)
    catch_up_now(session, other.store())
    assert number_of(session) == 2
    assert not set_aside(session)


def test_publishing_over_a_broken_file_keeps_the_broken_text(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    house.write(TEXT)
    catch_up_now(session, store)
    broken = TEXT.replace("title: Stone terraces", "title: [")
    house.write(broken)
    publish_text(session, store, SECOND)
    assert file_text(house) == SECOND
    assert set_aside(session) == [broken]


def test_a_file_that_is_no_text_is_a_problem_with_its_line(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    path = house.write(TEXT)
    path.write_bytes(TEXT.encode() + b"\xff\xfe")
    result = catch_up_now(session, store)
    assert [(problem.code, problem.line) for problem in result.problems] == [("encoding", TEXT.count("\n") + 1)]
    assert number_of(session) == 0


def test_a_good_record_is_served_beside_a_broken_one(house: TestHouse, session: Session, store: ContentStore) -> None:
    house.write(TEXT)
    other = house.content / "pages" / "broken-one" / "page.md"
    other.parent.mkdir()
    other.write_text("no front matter")
    result = catch_up_now(session, store)
    assert [problem.code for problem in result.problems] == ["no-front-matter"]
    assert [entry.id for entry in store.current().catalog.entries("pages")] == ["stone-terraces"]


def test_a_picture_is_kept_in_the_log_and_written_to_a_new_machine(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    house.write(TEXT)
    picture = house.content / "pages" / "stone-terraces" / "slope.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n picture")
    catch_up_now(session, store)
    other = TestHouse(house.root, house.database, name="b", _engines=[house.engine()]).make()
    catch_up_now(session, other.store())
    assert (other.content / "pages" / "stone-terraces" / "slope.png").read_bytes() == picture.read_bytes()


def test_catching_up_twice_changes_nothing(house: TestHouse, session: Session, store: ContentStore) -> None:
    house.write(TEXT)
    house.write(ITALIAN_TEXT, ITALIAN)
    catch_up_now(session, store)
    before, stamp = log.last_number(session), store.current().stamp
    catch_up_now(session, store)
    assert (log.last_number(session), store.current().stamp) == (before, stamp)
    assert all_agree(session, store)


def test_two_content_folders_follow_one_log(house: TestHouse, session: Session, store: ContentStore) -> None:
    house.write(TEXT)
    catch_up_now(session, store)
    other = TestHouse(house.root, house.database, name="b", _engines=[house.engine()]).make()
    second = other.store()
    second.rebuild_index()
    catch_up_now(session, second)
    for number, (mine, text) in enumerate([(store, SECOND), (second, THIRD), (store, SECOND)], start=2):
        publish_text(session, mine, text)
        catch_up_now(session, store)
        catch_up_now(session, second)
        assert number_of(session) == number
        assert file_text(house) == file_text(other) == text
    assert all_agree(session, store)
    assert all_agree(session, second)


def test_a_database_that_was_lost_begins_again_from_the_files(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    house.write(TEXT)
    catch_up_now(session, store)
    publish_text(session, store, SECOND)
    session.execute(sqlalchemy.text("DELETE FROM revision"))
    session.execute(sqlalchemy.text("DELETE FROM change"))
    session.commit()
    catch_up_now(session, store)
    assert number_of(session) == 1
    assert file_text(house) == SECOND
