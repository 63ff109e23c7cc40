"""Changes of many records at once, all or nothing, and how to undo them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb import fault_points
from kb.accounts.model import Role
from kb.content_store.store import ContentStore
from kb.errors import Conflict, Forbidden, NotFound, Rejected
from kb.history import log
from kb.history.change_contents import sizes, touched
from kb.history.model import Change, ChangeKind, Draft
from kb.publishing.actions import Edit
from kb.publishing.bulk_changes import find_problems, publish_many, undo_change
from kb.publishing.redact import Erasure, redact
from kb.records.files.paths import RecordFile, place_of
from kb.search.query.search_query import SearchQuery
from tests.house import NOW, TEXT, TestHouse, a_curator, an_edit, publish_text
from tests.invariants import violations

IDS = ("stone-terraces", "dry-walls", "green-roofs")
PLACES = tuple(place_of(f"pages/{name}", "source") for name in IDS)


def a_text(place: RecordFile, title: str = "Stone terraces") -> str:
    return TEXT.replace("id: stone-terraces", f"id: {place.id}").replace("title: Stone terraces", f"title: {title}")


@pytest.fixture
def pages(session: Session, store: ContentStore) -> ContentStore:
    for place in PLACES:
        publish_text(session, store, a_text(place), place)
    return store


def edits(session: Session, title: str, places: tuple[RecordFile, ...] = PLACES) -> list[Edit]:
    return [an_edit(session, a_text(place, title), place) for place in places]


def count(session: Session) -> int:
    return session.scalar(select(func.count(Change.number))) or 0


def titles(store: ContentStore) -> set[str]:
    return {store.current().catalog.reading("pages", name, "en").text("title") for name in IDS}


def test_many_records_are_one_change_in_log_files_catalog_and_index(
    house: TestHouse, session: Session, pages: ContentStore
) -> None:
    before = count(session)
    change = publish_many(session, pages, a_curator(session), edits(session, "New"), note=" All new ", now=NOW)
    assert count(session) == before + 1
    assert (change.kind, change.note, len(change.revisions)) == (ChangeKind.PUBLISH, "All new", 3)
    assert titles(pages) == {"New"}
    for place in PLACES:
        assert "title: New" in house.store_paths().path(place).read_text(encoding="utf-8")
    assert sizes(session, [change.number]) == {change.number: 3}
    assert not list(violations(session, pages, [a_text(place, "New") for place in PLACES], []))


def test_while_the_index_follows_a_large_change_others_publish_and_readers_search(
    house: TestHouse, session: Session, pages: ContentStore
) -> None:
    pages.step = 1
    place, seen = place_of("pages/wooden-terraces", "source"), list[set[str]]()

    def somebody_else() -> None:
        seen.append({hit.id for hit in pages.current().search.find(SearchQuery("zeppelins")).hits})  # type: ignore[union-attr]
        with house.session() as other:
            publish_text(other, pages, a_text(place, "Of wood"), place)

    def meanwhile() -> None:
        thread = Thread(target=somebody_else)
        thread.start()
        thread.join(timeout=20)

    fault_points.arm("index-between-steps", do=meanwhile)
    publish_many(session, pages, a_curator(session), edits(session, "Zeppelins"), note="All new", now=NOW)
    assert seen[0]  # search finds the first step by its new title already
    assert titles(pages) == {"Zeppelins"}
    confirmed = [*(a_text(each, "Zeppelins") for each in PLACES), a_text(place, "Of wood")]
    assert not list(violations(session, pages, confirmed, []))


def test_what_was_checked_before_the_lock_is_checked_again_if_anything_was_logged_meanwhile(
    house: TestHouse, session: Session, pages: ContentStore
) -> None:
    mine, lock = edits(session, "Mine"), pages.lock.held

    @contextmanager
    def late(timeout: float = 60.0) -> Iterator[None]:
        pages.lock.held = lock  # type: ignore[method-assign]
        with house.session() as other:
            publish_text(other, pages, a_text(PLACES[2], "Theirs"), PLACES[2])
        with lock(timeout):
            yield

    pages.lock.held = late  # type: ignore[method-assign]
    with pytest.raises(Conflict):
        publish_many(session, pages, a_curator(session), mine, note="Mine", now=NOW)
    assert titles(pages) == {"Stone terraces", "Theirs"}


def test_a_change_is_undone_and_done_again(session: Session, pages: ContentStore) -> None:
    editor = a_curator(session)
    change = publish_many(session, pages, editor, edits(session, "New"), note="New", now=NOW)
    back = undo_change(session, pages, editor, change.number, note="Back", now=NOW)
    assert (back.kind, len(back.revisions), titles(pages)) == (ChangeKind.RESTORE, 3, {"Stone terraces"})
    undo_change(session, pages, editor, back.number, note="Again", now=NOW)
    assert titles(pages) == {"New"}
    with pytest.raises(Rejected):
        undo_change(session, pages, editor, change.number, note="Too late", now=NOW)


def test_with_four_eyes_it_is_said_why_a_change_is_undone(session: Session, pages: ContentStore) -> None:
    editor = a_curator(session)
    change = publish_many(session, pages, editor, edits(session, "New"), note="New", now=NOW)
    with pytest.raises(Rejected) as caught:
        undo_change(session, pages, editor, change.number, note=" ", four_eyes=True, now=NOW)
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [("reason-needed", ("note",))]
    back = undo_change(session, pages, editor, change.number, note="They are wrong.", four_eyes=True, now=NOW)
    assert back.note == "They are wrong."


def test_one_record_that_moved_on_stops_all_of_them(session: Session, pages: ContentStore) -> None:
    mine = edits(session, "Mine")
    publish_text(session, pages, a_text(PLACES[1], "Theirs"), PLACES[1])
    before = count(session)
    with pytest.raises(Conflict) as caught:
        publish_many(session, pages, a_curator(session), mine, note="Mine", now=NOW)
    assert str(caught.value) == "pages/dry-walls"
    assert "title: Theirs" in caught.value.theirs
    assert count(session) == before
    assert titles(pages) == {"Stone terraces", "Theirs"}
    assert session.scalar(select(func.count(Draft.id))) == 0


def test_one_text_with_a_problem_stops_all_of_them_and_every_problem_is_named(
    session: Session, pages: ContentStore
) -> None:
    some = [
        *edits(session, "Fine", PLACES[:1]),
        *(Edit(each.place, each.text.replace("summary: ", "shoe: "), each.base_number, each.base_fingerprint)
          for each in edits(session, "Wrong", PLACES[1:])),
    ]  # fmt: skip
    before = count(session)
    with pytest.raises(Rejected) as caught:
        publish_many(session, pages, a_curator(session), some, note="Mixed", now=NOW)
    assert {problem.path for problem in caught.value.problems} == {"pages/dry-walls source", "pages/green-roofs source"}
    assert count(session) == before
    assert set(find_problems(session, pages, a_curator(session), some, now=NOW)) == {
        "pages/dry-walls",
        "pages/green-roofs",
    }


def test_an_undo_names_what_moved_on_and_changes_nothing(session: Session, pages: ContentStore) -> None:
    editor = a_curator(session)
    change = publish_many(session, pages, editor, edits(session, "New"), note="New", now=NOW)
    publish_text(session, pages, a_text(PLACES[2], "Move right"), PLACES[2])
    before = count(session)
    with pytest.raises(Rejected) as caught:
        undo_change(session, pages, editor, change.number, note="Back", now=NOW)
    assert [problem.params for problem in caught.value.problems] == [{"record": "pages/green-roofs"}]
    assert count(session) == before
    assert [each.is_newest for each in touched(session, change.number)] == [True, False, True]


def test_what_had_no_text_before_or_was_erased_is_not_put_back(session: Session, pages: ContentStore) -> None:
    editor = a_curator(session)
    first = log.get_revision(session, PLACES[0], 1).change_number
    with pytest.raises(Rejected):
        undo_change(session, pages, editor, first, note="", now=NOW)
    change = publish_many(session, pages, editor, edits(session, "New"), note="New", now=NOW)
    redact(session, pages, None, Erasure(PLACES[0].record, "source", (1,)), reason="Asked for", now=NOW)
    with pytest.raises(Rejected) as caught:
        undo_change(session, pages, editor, change.number, note="", now=NOW)
    assert [problem.code for problem in caught.value.problems] == ["nothing-to-restore"]
    with pytest.raises(NotFound):
        undo_change(session, pages, editor, 999, note="", now=NOW)


def test_each_record_has_to_be_in_the_editors_reach(session: Session, pages: ContentStore) -> None:
    some = edits(session, "New")
    limited = a_curator(session, "limited@example.org")
    limited.grants[0].languages = "lt"
    curator = a_curator(session, "curates@example.org", Role.CURATOR)
    session.commit()
    before = count(session)
    for editor in (limited, curator):
        with pytest.raises(Forbidden):
            publish_many(session, pages, editor, some, note="New", now=NOW)
    assert len(find_problems(session, pages, limited, some, now=NOW)) == 3
    change = publish_many(session, pages, a_curator(session), some, note="New", now=NOW)
    for editor in (limited, curator):
        with pytest.raises(Forbidden):
            undo_change(session, pages, editor, change.number, note="", now=NOW)
    assert count(session) == before + 1


def test_four_eyes_an_empty_note_no_edit_and_too_many_are_refused(session: Session, pages: ContentStore) -> None:
    editor = a_curator(session)
    some = edits(session, "New")
    for code, given, note, four_eyes in (
        ("four-eyes", some, "New", True),
        ("no-note", some, " ", False),
        ("nothing-changed", [], "New", False),
        ("too-many", some * 400, "New", False),
    ):
        with pytest.raises(Rejected) as caught:
            publish_many(session, pages, editor, given, note=note, four_eyes=four_eyes, now=NOW)
        assert [problem.code for problem in caught.value.problems] == [code]
    assert titles(pages) == {"Stone terraces"}
